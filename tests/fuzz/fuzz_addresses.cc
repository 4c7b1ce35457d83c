// Addresses of the system's form and of the wire's: what is read from bytes is written as bytes that say the same. The
// first byte chooses the protocol of the socket, the rest is its struct sockaddr.
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <variant>

#include "backends/posix/sockaddr/codec.h"
#include "backends/websocket/protocol/frame_reader.h"
#include "backends/websocket/protocol/frame_writer.h"
#include "everysock/constants.h"
#include "tests/fuzz/input.h"

using namespace everysock;

namespace {

const Protocol protocols[] = {{},          can_raw,    can_bcm, can_isotp, can_j1939, btproto_l2cap, btproto_rfcomm,
                              btproto_hci, btproto_sco};

void must(bool holds) {
  if (!holds) std::abort();
}

std::string bytes_of(const posix::NativeAddress& native) {
  return {reinterpret_cast<const char*>(&native.storage), native.size};
}

void check_wire(const Address& address) {
  std::string message;
  websocket::append_frame(message, 1, websocket::Bind{1, address}, 0);
  websocket::FrameReader reader(message, websocket::Direction::to_server);
  const auto frame = reader.next();
  must(frame && reader.done());
  const auto* bind = std::get_if<websocket::Bind>(&frame->body);
  must(bind != nullptr && bind->address == address);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // It knows the interfaces by name.
  static const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  fuzz::Input input(data, size);
  const Protocol protocol = protocols[input.byte() % std::size(protocols)];
  posix::NativeAddress native;
  const std::string_view bytes = input.bytes(sizeof(native.storage));
  std::memcpy(&native.storage, bytes.data(), bytes.size());
  native.size = static_cast<socklen_t>(bytes.size());

  const Address address = posix::from_native(native, fd, protocol);
  must(!to_string(address).empty());
  check_wire(address);
  const auto again = posix::to_native(Operation::bind, address, fd);
  if (std::holds_alternative<std::monostate>(address)) {
    // A connect() that takes the peer away; no socket is called so.
    must(again && again->storage.ss_family == AF_UNSPEC);
    return 0;
  }
  if (!again) return 0;  // what a socket is called need not be what it can be given
  must(again->size <= sizeof(again->storage));
  must(posix::from_native(*again, fd, protocol) == address);
  const auto once_more = posix::to_native(Operation::bind, posix::from_native(*again, fd, protocol), fd);
  must(once_more && bytes_of(*once_more) == bytes_of(*again));
  return 0;
}
