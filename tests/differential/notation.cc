#include "notation.h"

#include <cstdint>

namespace everysock::differential {

std::string Notation::port(int number) {
  if (number < 1024) return std::to_string(number);
  return ports_.emplace(number, "P" + std::to_string(ports_.size() + 1)).first->second;
}

std::string Notation::text_of(const Address& address) {
  if (const auto* inet = std::get_if<InetAddress>(&address)) return inet->host.str() + ":" + port(inet->port);
  if (const auto* inet6 = std::get_if<Inet6Address>(&address)) {
    return "[" + inet6->host.str() + "]:" + port(inet6->port) + " flow " + std::to_string(inet6->flowinfo) + " scope " +
           std::to_string(inet6->scope_id);
  }
  const auto* local = std::get_if<UnixAddress>(&address);
  if (local == nullptr) return std::holds_alternative<std::monostate>(address) ? "none" : to_string(address);
  if (local->is_unnamed()) return "unnamed";
  const std::string path = local->path.str();
  if (local->is_abstract()) {
    const std::string name = path.substr(1);
    if (name.starts_with(abstract_prefix_)) return "abstract " + name.substr(abstract_prefix_.size());
    return "abstract " + chosen_.emplace(name, "A" + std::to_string(chosen_.size() + 1)).first->second;
  }
  return "path " + (path.starts_with(directory_) ? path.substr(directory_.size()) : path);
}

std::string Notation::text_of(std::string_view data) {
  if (data.size() <= 32) return "\"" + std::string(data) + "\"";
  std::uint32_t sum = 2166136261u;  // FNV-1a
  for (const char c : data) sum = (sum ^ static_cast<unsigned char>(c)) * 16777619u;
  return std::to_string(data.size()) + " bytes #" + std::to_string(sum) + " \"" + std::string(data.substr(0, 8)) +
         "...\"";
}

std::string Notation::text_of(MessageFlags flags) {
  std::string text;
  if (flags.has(msg_trunc)) text += " MSG_TRUNC";
  if (flags.has(msg_ctrunc)) text += " MSG_CTRUNC";
  if (flags.has(msg_eor)) text += " MSG_EOR";
  if (flags.has(msg_oob)) text += " MSG_OOB";
  const MessageFlags rest = flags & ~(msg_trunc | msg_ctrunc | msg_eor | msg_oob);
  if (rest) text += " flags " + std::to_string(rest.value());
  return text;
}

std::string Notation::text_of(const Error& error) {
  std::string text = error.message();
  const std::string_view before = " on the backend ";
  const std::size_t start = text.find(before);
  if (start != std::string::npos) text.erase(start, text.find(' ', start + before.size()) - start);
  return text;
}

}  // namespace everysock::differential
