#include "backends/memory/protocols.h"

#include <array>

namespace everysock::memory {
namespace {

struct ProtocolName {
  std::string_view name;
  std::string_view alias;
  std::uint32_t number;
};

constexpr std::array kProtocols = {
    ProtocolName{"ip", "IP", 0},
    ProtocolName{"icmp", "ICMP", 1},
    ProtocolName{"igmp", "IGMP", 2},
    ProtocolName{"ipencap", "IP-ENCAP", 4},
    ProtocolName{"tcp", "TCP", 6},
    ProtocolName{"egp", "EGP", 8},
    ProtocolName{"igp", "IGP", 9},
    ProtocolName{"pup", "PUP", 12},
    ProtocolName{"udp", "UDP", 17},
    ProtocolName{"hmp", "HMP", 20},
    ProtocolName{"xns-idp", "XNS-IDP", 22},
    ProtocolName{"rdp", "RDP", 27},
    ProtocolName{"dccp", "DCCP", 33},
    ProtocolName{"ipv6", "IPv6", 41},
    ProtocolName{"ipv6-route", "IPv6-Route", 43},
    ProtocolName{"ipv6-frag", "IPv6-Frag", 44},
    ProtocolName{"idrp", "IDRP", 45},
    ProtocolName{"rsvp", "RSVP", 46},
    ProtocolName{"gre", "GRE", 47},
    ProtocolName{"esp", "IPSEC-ESP", 50},
    ProtocolName{"ah", "IPSEC-AH", 51},
    ProtocolName{"ipv6-icmp", "IPv6-ICMP", 58},
    ProtocolName{"ipv6-nonxt", "IPv6-NoNxt", 59},
    ProtocolName{"ipv6-opts", "IPv6-Opts", 60},
    ProtocolName{"eigrp", "EIGRP", 88},
    ProtocolName{"ospf", "OSPFIGP", 89},
    ProtocolName{"ipip", "IPIP", 94},
    ProtocolName{"pim", "PIM", 103},
    ProtocolName{"ipcomp", "IPCOMP", 108},
    ProtocolName{"vrrp", "VRRP", 112},
    ProtocolName{"l2tp", "L2TP", 115},
    ProtocolName{"sctp", "SCTP", 132},
    ProtocolName{"mobility-header", "Mobility-Header", 135},
    ProtocolName{"udplite", "UDPLite", 136},
    ProtocolName{"mpls-in-ip", "MPLS-in-IP", 137},
};

}  // namespace

std::optional<std::uint32_t> protocol_number(std::string_view name) {
  for (const ProtocolName& protocol : kProtocols) {
    if (protocol.name == name || protocol.alias == name) return protocol.number;
  }
  return std::nullopt;
}

}  // namespace everysock::memory
