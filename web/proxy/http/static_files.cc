#include "web/proxy/http/static_files.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "platform/file_path.h"
#include "web/proxy/http/mime_type.h"
#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

namespace fs = std::filesystem;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = text::lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

// The path below the root that a target without its query names; nothing where it names none that may be served.
std::optional<fs::path> relative_path(std::string_view target) {
  const auto decoded = percent_decode(target);
  if (!decoded || !decoded->starts_with("/")) return std::nullopt;
  fs::path path;
  const std::vector<std::string_view> segments = text::split(std::string_view(*decoded).substr(1), '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string_view segment = segments[i];
    // Only the last one may be empty: the slash after a directory.
    if (segment.empty() && i + 1 < segments.size()) return std::nullopt;
    if (segment.starts_with(".")) return std::nullopt;
    const auto forbidden = [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '\\' || c == ':'; };
    if (std::any_of(segment.begin(), segment.end(), forbidden)) return std::nullopt;
    const auto name = platform::file_path(segment);
    if (!name) return std::nullopt;
    if (!name->empty()) path /= *name;
  }
  return path;
}

bool is_below(const fs::path& path, const fs::path& root) {
  return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

HttpResponse not_found() { return HttpResponse::text(404, "There is no such file here."); }

std::string entity_tag(std::uint64_t size, fs::file_time_type modified) {
  return text::join("\"", size, "-", modified.time_since_epoch().count(), "\"");
}

}  // namespace

Parsed<StaticFiles> StaticFiles::open(const std::string& directory) {
  std::error_code error;
  const auto path = platform::file_path(directory);
  if (!path) error = std::make_error_code(std::errc::illegal_byte_sequence);
  const fs::path root = path ? platform::real_path(*path, error) : fs::path();
  if (error) {
    return tl::unexpected(text::join("expected a directory, but '", directory, "': ", error.message()));
  }
  if (!fs::is_directory(root, error)) {
    return tl::unexpected(text::join("expected a directory, but '", directory, "' is none"));
  }
  return StaticFiles(root);
}

HttpResponse StaticFiles::respond(const HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    HttpResponse response = HttpResponse::text(405, "Files are served to GET and HEAD.");
    response.fields.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  const std::string_view target = std::string_view(request.target).substr(0, request.target.find_first_of("?#"));
  const auto relative = relative_path(target);
  if (!relative || platform::is_alias(root_ / *relative)) return not_found();
  std::error_code error;
  fs::path path = platform::real_path(root_ / *relative, error);
  if (error || !is_below(path, root_)) return not_found();
  if (fs::is_directory(path, error)) {
    if (!target.ends_with("/")) {
      HttpResponse response = HttpResponse::text(301, "A directory: its name ends with a slash.");
      response.fields.emplace_back("Location", text::join(target, "/"));
      return response;
    }
    path = platform::real_path(path / "index.html", error);
    if (error || !is_below(path, root_)) return not_found();
  } else if (target.ends_with("/")) {
    return not_found();
  }
  if (!fs::is_regular_file(path, error)) return not_found();

  const std::uint64_t size = fs::file_size(path, error);
  if (error) return not_found();
  const auto modified = fs::last_write_time(path, error);
  if (error) return not_found();
  const std::string tag = entity_tag(size, modified);
  HttpResponse response;
  response.fields.emplace_back("ETag", tag);
  if (request.lists_token("If-None-Match", tag) || request.lists_token("If-None-Match", "*")) {
    response.status = 304;
    return response;
  }
  response.fields.emplace_back("Content-Type", mime_type(platform::path_text(path.extension())));
  response.file.emplace(path, std::ios::binary);
  response.file_size = size;
  if (!*response.file) return HttpResponse::text(403, "The file cannot be read.");
  return response;
}

}  // namespace everysock::proxy
