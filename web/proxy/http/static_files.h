// The files of one directory, for --serve.
#ifndef EVERYSOCK_WEB_PROXY_HTTP_STATIC_FILES_H_
#define EVERYSOCK_WEB_PROXY_HTTP_STATIC_FILES_H_

#include <filesystem>
#include <string>

#include "web/proxy/http/http_message.h"
#include "web/proxy/policy/rule.h"

namespace everysock::proxy {

class StaticFiles {
 public:
  // "expected a directory, but DIR does not exist".
  static Parsed<StaticFiles> open(const std::string& directory);

  // Answers GET and HEAD: 200 with the file (or its index.html), 301 to a directory's name with a slash, 304 where
  // If-None-Match has the present ETag, 404, 405. Nothing outside the directory is ever served, neither through ".." in
  // any spelling nor through a symbolic link, and no file or directory whose name starts with a dot.
  HttpResponse respond(const HttpRequest& request) const;

 private:
  explicit StaticFiles(std::filesystem::path root) : root_(std::move(root)) {}
  std::filesystem::path root_;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_HTTP_STATIC_FILES_H_
