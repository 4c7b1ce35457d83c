#include "framework/check.h"

#include <array>
#include <cstdio>

namespace everysock::conformance {

void fail_case(Location at, std::string_view text, std::optional<Error> error) {
  std::string_view file = at.file;
  file.remove_prefix(file.find_last_of('/') + 1);  // npos + 1 is 0
  throw Failure{std::string(file) + ":" + std::to_string(at.line) + ": " + std::string(text), error};
}

std::string show(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string shown = "\"";
  for (char c : text.substr(0, longest)) {
    if (c == '"' || c == '\\') shown += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) {
      std::array<char, 8> escaped;
      std::snprintf(escaped.data(), escaped.size(), "\\x%02x", static_cast<unsigned char>(c));
      shown += escaped.data();
    } else {
      shown += c;
    }
  }
  shown += '"';
  if (text.size() > longest) shown += "... (" + std::to_string(text.size()) + " bytes)";
  return shown;
}

std::string show(bool value) { return value ? "true" : "false"; }
std::string show(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return text.data();
}
std::string show(const Address& address) { return to_string(address); }
std::string show(const Host& host) { return show(host.str()); }
std::string show(Errc code) { return code == Errc::ok ? "no error" : std::string(errc_name(code)); }
std::string show(GaiErrc code) { return Error(Operation::getaddrinfo, code).message(); }
std::string show(HostErrc code) { return Error(Operation::gethostbyaddr, code).message(); }
std::string show(UsageErrc code) { return Error(Operation::none, code).message(); }
std::string show(Operation operation) { return std::string(operation_name(operation)); }
std::string show(Interest interest) {
  constexpr std::array<const char*, 4> names = {"none", "read", "write", "read and write"};
  return names[static_cast<std::size_t>(interest) & 3];
}

}  // namespace everysock::conformance
