// What everysock-proxy does with names of files on Windows: names from clients and requests in UTF-8, second names of
// files, paths with a drive.
#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "platform/file_path.h"
#include "platform/private_directory.h"
#include "platform/windows/winsock_headers.h"
#include "web/proxy/http/static_files.h"
#include "web/proxy/options.h"
#include "web/proxy/session/unix_names.h"

namespace everysock::proxy {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUmlaut = "b\xc3\xbc";

// A directory that goes at the end.
class Directory {
 public:
  Directory() : path_(platform::file_path(platform::make_private_directory()).value()) {}
  ~Directory() { fs::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  const fs::path& path() const { return path_; }
  fs::path operator/(std::string_view name) const { return path_ / platform::file_path(name).value(); }

 private:
  fs::path path_;
};

void write(const fs::path& path) { std::ofstream(path) << "text"; }

int status(const fs::path& root, const std::string& target) {
  HttpRequest request;
  request.method = "GET";
  request.target = target;
  return StaticFiles::open(platform::path_text(root)).value().respond(request).status;
}

TEST_CASE("a text that is no UTF-8 names no file") {
  CHECK(platform::file_path(kUmlaut).value() == fs::path(L"b\u00fc"));
  CHECK(platform::path_text(L"C:\\b\u00fc") == std::string("C:/") + kUmlaut);
  for (const char* text : {"\xff", "a\xc3(", "\xed\xa0\x80", "\xc3"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(platform::file_path(text).has_value());
  }
}

TEST_CASE("files are served by their names in UTF-8") {
  const Directory top;
  const fs::path site = top / kUmlaut;
  fs::create_directories(site / "sub");
  write(site / "sub" / platform::file_path(std::string(kUmlaut) + ".txt").value());
  CHECK(status(site, "/sub/b%c3%bc.txt") == 200);
  CHECK(status(site, "/sub/b%c3%bd.txt") == 404);
  for (const char* target : {"/%ff", "/sub/%ff%41", "/%c3%28", "/%ed%a0%80"}) {
    CAPTURE(std::string(target));
    CHECK(status(site, target) == 404);
  }
}

TEST_CASE("second names of a file are none") {
  const Directory site;
  fs::create_directory(site / ".hidden");
  write(site / ".hidden" / "file");
  write(site / "page.html");
  CHECK(status(site.path(), "/page.html") == 200);
  CHECK(status(site.path(), "/page.html.") == 404);
  CHECK(status(site.path(), "/page.html%20") == 404);
  CHECK(status(site.path(), "/page.html::$DATA") == 404);
  CHECK(status(site.path(), "/nul") == 404);
  CHECK(status(site.path(), "/.hidden/file") == 404);
  // The short name begins with no dot.
  std::array<wchar_t, MAX_PATH> path{};
  REQUIRE(::GetShortPathNameW((site / ".hidden").c_str(), path.data(), static_cast<DWORD>(path.size())) != 0);
  const fs::path short_name = fs::path(path.data()).filename();
  REQUIRE(platform::path_text(short_name) != ".hidden");
  REQUIRE(fs::exists(site.path() / short_name / "file"));
  CHECK(status(site.path(), "/" + platform::path_text(short_name) + "/file") == 404);
}

TEST_CASE("a client's AF_UNIX names are the same on every proxy") {
  const Directory directory;
  const UnixSettings settings{platform::path_text(directory.path()), "nonce", {}};
  {
    UnixNames names(settings, 7);
    for (const char* path : {"/run/server.sock", "name", "/tmp/\xff", "\\x", "/tmp/b\xc3\xbc"}) {
      CAPTURE(std::string(path));
      const auto real = names.to_bind(UnixAddress{path});
      REQUIRE_MESSAGE(real, real.error().message());
      CHECK(real->path.view().starts_with(settings.directory + "/7/"));
      names.bound(UnixAddress{path}, *real);
      CHECK(names.to_reach(Operation::connect, UnixAddress{path}).value() == *real);
      CHECK(names.to_client(*real) == UnixAddress{path});
    }
    CHECK(names.to_bind(UnixAddress{"/run/./server.sock"}).error() == Errc::eaddrinuse);
    CHECK(names.to_bind(UnixAddress{"/nowhere/x"}).error() == Errc::enoent);
    CHECK(fs::exists(directory / "7"));
  }
  CHECK_FALSE(fs::exists(directory / "7"));
}

TEST_CASE("--allow-unix takes a path with a drive") {
  const Directory directory;
  const auto parse = [](const std::string& path) {
    return parse_command_line({"--allow-unix", path}, [](const std::string&) { return std::nullopt; });
  };
  CHECK(parse("name").text == "--allow-unix 'name': expected an absolute path");
  CHECK(parse("C:name").text == "--allow-unix 'C:name': expected an absolute path");
  const CommandLine line = parse(directory.path().string() + "\\");
  REQUIRE_MESSAGE(line.config.has_value(), line.text);
  const UnixSettings settings{"C:/none", "nonce", line.config->unix_paths};
  UnixNames names(settings, 7);
  const UnixAddress inside{platform::path_text(directory / "x")};
  CHECK(names.to_bind(inside).value() == inside);
  CHECK(names.to_reach(Operation::connect, inside).value() == inside);
  const UnixAddress outside{platform::path_text(directory.path().parent_path() / "x")};
  CHECK(names.to_reach(Operation::connect, outside).error() == Errc::enoent);
  CHECK(names.to_reach(Operation::connect, UnixAddress{platform::path_text(directory.path()) + "/\xff"}).error() ==
        Errc::enoent);
}

}  // namespace
}  // namespace everysock::proxy
