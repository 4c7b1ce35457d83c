// What the proxy makes of the bytes of an HTTP client: requests, their answers, and the same whatever the pieces are
// that the bytes come in. The input is a byte that says how long those are, and the bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/input.h"
#include "web/proxy/http/http_parser.h"
#include "web/proxy/http/http_service.h"
#include "web/proxy/text.h"

using namespace everysock;
using namespace everysock::proxy;
using everysock::fuzz::Input;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

const HttpService& service() {
  static const HttpService made(Gate({"localhost:80", "[::1]:80"}, {"https://app.example", "null"}),
                                StaticFiles::open(EVERYSOCK_FUZZ_SITE).value(), MetricsAccess::loopback,
                                [] { return std::string("metric 1\n"); });
  return made;
}

// One field a line, and nothing that a client has said makes another of it.
void check_header(const HttpResponse& response, bool keep_alive) {
  const std::string header = serialize_header(response, keep_alive);
  must(header.starts_with("HTTP/1.1 ") && header.ends_with("\r\n\r\n"));
  const std::string_view lines = std::string_view(header).substr(0, header.size() - 4);
  for (std::string_view line : text::split(lines, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    must(!line.empty() && line.find('\r') == std::string_view::npos && line.find('\0') == std::string_view::npos);
  }
  must(header.find("\r\n\r\n") == header.size() - 4);
}

// All that may be served begins like this; what lies beside it does not.
void check_file(HttpResponse& response) {
  constexpr std::string_view beginning = "served: ";
  std::string begins(beginning.size(), '\0');
  must(bool(response.file->read(begins.data(), static_cast<std::streamsize>(begins.size()))));
  must(begins == beginning && response.file_size > beginning.size());
}

// What came of a connection: a line for each request, and how it ended.
std::vector<std::string> serve(std::string_view bytes, std::size_t piece) {
  std::vector<std::string> outcome;
  HttpParser parser;
  std::string pending;
  while (!bytes.empty() || !pending.empty()) {
    const std::string_view more = bytes.substr(0, piece);
    bytes.remove_prefix(more.size());
    pending += more;
    const std::size_t used = parser.feed(pending);
    must(used <= pending.size());
    pending.erase(0, used);
    if (parser.error()) {
      must(parser.error()->status >= 400);
      check_header(*parser.error(), false);
      outcome.push_back(std::to_string(parser.error()->status));
      return outcome;
    }
    if (parser.has_request()) {
      const HttpRequest request = parser.take_request();
      HttpResponse response = service().respond(request, InetAddress{"127.0.0.1", 9});
      must(response.status == 101 || (response.status >= 200 && response.status < 600));
      must(response.status != 101 || wants_websocket(request));
      if (response.file) check_file(response);
      check_header(response, request.keep_alive);
      outcome.push_back(std::to_string(response.status) + " " + request.method + " " + request.target);
      if (response.status == 101) return outcome;
    } else if (more.empty()) {
      // Nothing more comes, and what there is makes no request.
      must(pending.size() <= 2 * HttpParser::kMaxHeader);
      return outcome;
    }
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::size_t piece = std::size_t{input.byte()} + 1;
  const std::string bytes(input.bytes(size));
  must(serve(bytes, piece) == serve(bytes, size + 1));
  return 0;
}
