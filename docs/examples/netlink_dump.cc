// Asks the kernel for its network interfaces or its IPv4 routes and decodes the answer: rtnetlink(7).
//   netlink_dump links     INDEX NAME MTU HARDWARE-ADDRESS of each interface, as in `ip link`
//   netlink_dump routes    DESTINATION via GATEWAY dev INDEX of each route of the main table, as in `ip route`
#include <everysock/inet.h>
#include <everysock/socket.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

using namespace everysock;

// Of linux/netlink.h, linux/rtnetlink.h, linux/if_link.h: all numbers are in the order of the machine.
struct Header {
  std::uint32_t length;
  std::uint16_t type;
  std::uint16_t flags;
  std::uint32_t sequence;
  std::uint32_t port;
};
struct LinkMessage {
  std::uint8_t family, padding;
  std::uint16_t hardware;
  std::int32_t index;
  std::uint32_t flags, change;
};
struct RouteMessage {
  std::uint8_t family, destination_bits, source_bits, tos, table, protocol, scope, type;
  std::uint32_t flags;
};
constexpr std::uint16_t kError = 2, kDone = 3, kNewLink = 16, kGetLink = 18, kNewRoute = 24, kGetRoute = 26;
constexpr std::uint16_t kRequestAndDump = 0x301;
constexpr std::uint16_t kLinkAddress = 1, kLinkName = 3, kLinkMtu = 4;
constexpr std::uint16_t kRouteDestination = 1, kRouteInterface = 4, kRouteGateway = 5;
constexpr std::uint8_t kMainTable = 254;

template <typename T>
T read(std::string_view bytes) {
  T value{};
  std::memcpy(&value, bytes.data(), std::min(sizeof(value), bytes.size()));
  return value;
}

// Things in an answer begin at multiples of four.
std::string_view skip(std::string_view bytes, std::size_t length) {
  return bytes.substr(std::min(bytes.size(), (length + 3) / 4 * 4));
}

std::map<std::uint16_t, std::string_view> attributes(std::string_view bytes) {
  std::map<std::uint16_t, std::string_view> result;
  while (bytes.size() >= 4) {
    const auto length = read<std::uint16_t>(bytes);
    if (length < 4 || length > bytes.size()) break;
    result[read<std::uint16_t>(bytes.substr(2))] = bytes.substr(4, length - 4u);
    bytes = skip(bytes, length);
  }
  return result;
}

// Calls `take` with the body of each message of the type `answer`.
void dump(std::uint16_t request, std::uint16_t answer, std::uint8_t family,
          const std::function<void(std::string_view)>& take) {
  Socket s = socket(af_netlink, sock_raw, netlink_route).value();
  s.settimeout(5.0).value();
  s.bind(NetlinkAddress{}).value();
  struct {
    Header header{sizeof(Header) + 16, 0, kRequestAndDump, 1, 0};
    std::uint8_t body[16] = {};
  } message;
  message.header.type = request;
  message.body[0] = family;
  s.sendto({&message, sizeof(message)}, NetlinkAddress{}).value();
  for (;;) {
    const std::string received = s.recv(1 << 16).value();
    for (std::string_view rest = received; rest.size() >= sizeof(Header);) {
      const auto header = read<Header>(rest);
      if (header.type == kDone) return;
      if (header.length < sizeof(Header) || header.length > rest.size()) {
        std::cerr << "netlink: a message that is cut off\n";
        std::exit(1);
      }
      if (header.type == kError) {
        std::cerr << "netlink: " << std::strerror(-read<std::int32_t>(rest.substr(sizeof(Header)))) << "\n";
        std::exit(1);
      }
      if (header.type == answer) take(rest.substr(sizeof(Header), header.length - sizeof(Header)));
      rest = skip(rest, header.length);
    }
  }
}

void print_link(std::string_view body) {
  const auto of = attributes(skip(body, sizeof(LinkMessage)));
  const std::string_view name = of.at(kLinkName);
  std::cout << read<LinkMessage>(body).index << " " << name.substr(0, name.find('\0')) << " "
            << read<std::uint32_t>(of.at(kLinkMtu));
  if (const auto address = of.find(kLinkAddress); address != of.end() && !address->second.empty()) {
    char separator = ' ';
    for (const char byte : address->second) {
      constexpr std::string_view digits = "0123456789abcdef";
      std::cout << separator << digits[static_cast<std::uint8_t>(byte) >> 4] << digits[byte & 15];
      separator = ':';
    }
  }
  std::cout << "\n";
}

void print_route(std::string_view body) {
  const auto message = read<RouteMessage>(body);
  if (message.table != kMainTable) return;
  const auto of = attributes(skip(body, sizeof(RouteMessage)));
  if (const auto destination = of.find(kRouteDestination); destination != of.end()) {
    std::cout << inet_ntop(af_inet, destination->second).value() << "/" << int{message.destination_bits};
  } else {
    std::cout << "default";
  }
  if (const auto gateway = of.find(kRouteGateway); gateway != of.end()) {
    std::cout << " via " << inet_ntop(af_inet, gateway->second).value();
  }
  if (const auto interface = of.find(kRouteInterface); interface != of.end()) {
    std::cout << " dev " << read<std::int32_t>(interface->second);
  }
  std::cout << "\n";
}

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "links";
  if (what == "links") {
    dump(kGetLink, kNewLink, 0, print_link);
  } else if (what == "routes") {
    dump(kGetRoute, kNewRoute, static_cast<std::uint8_t>(af_inet.value()), print_route);
  } else {
    std::cerr << "usage: netlink_dump [links | routes]\n";
    return 2;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
