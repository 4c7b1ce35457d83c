#include "backends/websocket/engine/client_engine.h"

namespace everysock::websocket {
namespace {

constexpr std::string_view by_proxy = "the proxy's system does it";
constexpr std::string_view by_client = "the client does it by itself";

// What the client does, or does not do, whatever the server says.
std::optional<Support> own_claim(Feature feature) {
  switch (feature) {
    case Feature::duplicate:
    case Feature::msg_peek:
    case Feature::msg_waitall:
    case Feature::msg_dontwait:
    case Feature::msg_trunc:
    case Feature::blocking:
    case Feature::threads:
      return Support{SupportLevel::emulated, by_client};
    case Feature::adopt:
      return Support{SupportLevel::emulated,
                     "numbers of this backend's own sockets; descriptors are of another machine"};
    case Feature::inheritable:
      return Support{SupportLevel::ignored, "a child process cannot share the connection to the proxy"};
    case Feature::socketpair_inet:
      return Support{SupportLevel::unsupported, "no system has AF_INET pairs; they are AF_UNIX"};
    case Feature::raw:
      return Support{SupportLevel::unsupported, "the proxy gives no raw sockets"};
    case Feature::alg:
      return Support{SupportLevel::unsupported, "accept() without listen() is not in the protocol"};
    case Feature::msg_oob:
      return Support{SupportLevel::unsupported, "out-of-band data is not carried"};
    case Feature::ipv6_extension_headers:
      return Support{SupportLevel::unsupported, "the proxy sends and receives no extension headers"};
    case Feature::error_queue:
      return Support{SupportLevel::unsupported, "the error queue is not carried"};
    case Feature::send_file:
      return Support{SupportLevel::unsupported, "files are here, the socket is at the proxy"};
    case Feature::share:
      return Support{SupportLevel::unsupported, "the socket is at the proxy"};
    case Feature::ioctl:
      return Support{SupportLevel::unsupported, "Windows' commands are not carried"};
    case Feature::raw_constants:
      return Support{SupportLevel::emulated, "refused like a number that the proxy's system does not know either"};
    case Feature::virtual_clock:
      return Support{SupportLevel::unsupported, "the network is real"};
    default:
      return std::nullopt;
  }
}

bool is_ancillary(Feature feature) {
  return feature == Feature::control_messages || feature == Feature::pass_handles || feature == Feature::credentials ||
         feature == Feature::packet_info || feature == Feature::ip_ancillary || feature == Feature::timestamps;
}

}  // namespace

Support ClientEngine::supports(Feature feature) const {
  if (const auto own = own_claim(feature)) return *own;
  if (server_.supports.empty()) return {SupportLevel::proxied, by_proxy};  // no server has spoken yet
  if (is_ancillary(feature) && !carries_control()) {
    return {SupportLevel::unsupported, "the proxy carries no ancillary data"};
  }
  const auto index = static_cast<std::size_t>(feature);
  if (index >= server_.supports.size()) return {SupportLevel::unsupported, "the proxy does not know of it"};
  const Support& said = server_.supports[index];
  switch (said.level) {
    case SupportLevel::native:
    case SupportLevel::emulated:
    case SupportLevel::proxied:
      return {SupportLevel::proxied, said.reason.empty() ? by_proxy : said.reason};
    case SupportLevel::ignored:
    case SupportLevel::unsupported:
      return {said.level, said.reason.empty() ? "the proxy's system lacks it" : said.reason};
  }
  return said;
}

bool ClientEngine::refuses(MessageFlags flags) const {
  return flags.has(msg_oob) || (flags.has(msg_more) && supports(Feature::msg_more).level == SupportLevel::unsupported);
}

}  // namespace everysock::websocket
