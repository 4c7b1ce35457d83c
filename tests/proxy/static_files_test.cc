#include "web/proxy/http/static_files.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "platform/private_directory.h"
#include "web/proxy/http/mime_type.h"

namespace everysock::proxy {
namespace {

namespace fs = std::filesystem;

// A directory with a page, and beside it a file that must not be served.
class Site {
 public:
  Site() : top_(platform::make_private_directory()), root_(top_ / "site") {
    fs::create_directories(root_ / "sub");
    fs::create_directories(root_ / ".git");
    write(root_ / "index.html", "<html>");
    write(root_ / "app.wasm", "wasm");
    write(root_ / "with space.txt", "space");
    write(root_ / "sub" / "index.html", "sub");
    write(root_ / ".git" / "config", "hidden");
    write(top_ / "secret.txt", "secret");
    write(top_ / "site-secret.txt", "secret");
    fs::create_symlink(top_ / "secret.txt", root_ / "link.txt");
    fs::create_symlink(root_ / "app.wasm", root_ / "inside.wasm");
    fs::create_directory(root_ / "empty");
  }
  ~Site() { fs::remove_all(top_); }
  const fs::path& root() const { return root_; }

  HttpResponse get(const std::string& target, std::vector<std::pair<std::string, std::string>> fields = {},
                   const std::string& method = "GET") const {
    HttpRequest request;
    request.method = method;
    request.target = target;
    request.fields = std::move(fields);
    return StaticFiles::open(root_.string()).value().respond(request);
  }

 private:
  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }
  fs::path top_;
  fs::path root_;
};

std::string field(const HttpResponse& response, const std::string& name) {
  for (const auto& [field, value] : response.fields) {
    if (field == name) return value;
  }
  return "(none)";
}

std::string content(HttpResponse& response) {
  std::string text(response.file_size, '\0');
  response.file->read(text.data(), static_cast<std::streamsize>(text.size()));
  return text;
}

TEST_CASE("files, with their types") {
  const Site site;
  HttpResponse page = site.get("/");
  CHECK(page.status == 200);
  CHECK(content(page) == "<html>");
  CHECK(field(page, "Content-Type") == "text/html; charset=utf-8");
  CHECK(site.get("/app.wasm?proxy=ws://127.0.0.1:1/").status == 200);
  CHECK(site.get("/app.wasm/?v=1").status == 404);
  HttpResponse module = site.get("/app.wasm?v=1#x");
  CHECK(module.status == 200);
  CHECK(content(module) == "wasm");
  CHECK(field(module, "Content-Type") == "application/wasm");
  CHECK(site.get("/with%20space.txt").status == 200);
  CHECK(site.get("/inside.wasm").status == 200);
  CHECK(site.get("/sub/").status == 200);
  CHECK(mime_type(".JS") == "text/javascript; charset=utf-8");
  CHECK(mime_type(".unknown") == "application/octet-stream");
  CHECK(mime_type("") == "application/octet-stream");
}

TEST_CASE("a directory without its slash is elsewhere") {
  const Site site;
  const HttpResponse response = site.get("/sub?x");
  CHECK(response.status == 301);
  CHECK(field(response, "Location") == "/sub/");
}

TEST_CASE("nothing outside the directory is served") {
  const Site site;
  for (const char* target : {"/../secret.txt",
                             "/..",
                             "/sub/../../secret.txt",
                             "/%2e%2e/secret.txt",
                             "/%2e%2e%2fsecret.txt",
                             "/..%2fsecret.txt",
                             "/.%2e/secret.txt",
                             "/..\\secret.txt",
                             "/%5c..%5csecret.txt",
                             "/link.txt",
                             "/../site-secret.txt",
                             "/.git/config",
                             "/sub/%00",
                             "//etc/passwd",
                             "//example.org/",
                             "/sub//index.html",
                             "etc/passwd",
                             "",
                             "*",
                             "/%",
                             "/%4",
                             "/%zz",
                             "http://127.0.0.1/",
                             "/nothing",
                             "/empty/",
                             "/app.wasm/",
                             "/C:/x"}) {
    CAPTURE(target);
    const HttpResponse response = site.get(target);
    CHECK(response.status == 404);
    CHECK_FALSE(response.file.has_value());
  }
}

TEST_CASE("methods and validators") {
  const Site site;
  const HttpResponse post = site.get("/", {}, "POST");
  CHECK(post.status == 405);
  CHECK(field(post, "Allow") == "GET, HEAD");
  const std::string tag = field(site.get("/app.wasm"), "ETag");
  CHECK(tag.size() > 4);
  CHECK(site.get("/app.wasm", {{"If-None-Match", tag}}).status == 304);
  CHECK(site.get("/app.wasm", {{"if-none-match", "\"other\", " + tag}}).status == 304);
  CHECK(site.get("/app.wasm", {{"If-None-Match", "\"other\""}}).status == 200);
  std::ofstream(site.root() / "app.wasm") << "wasm, changed";
  CHECK(site.get("/app.wasm", {{"If-None-Match", tag}}).status == 200);
}

TEST_CASE("what cannot be served is said at the start") {
  CHECK(StaticFiles::open("/nonexistent").error() ==
        "expected a directory, but '/nonexistent': No such file or directory");
  CHECK(StaticFiles::open("/etc/passwd").error() == "expected a directory, but '/etc/passwd' is none");
}

}  // namespace
}  // namespace everysock::proxy
