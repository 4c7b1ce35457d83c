// Constants that are parts of addresses, frames and messages: the numbers and texts that their standards and the
// systems' headers say. What is done with them is in the cases of their families.
#include <array>

#include "everysock/constant_info.h"
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("constant/frame_types",
            Rows({"constant-group/ETHERTYPE_*", "constant/ETH_P_ALL", "constant/ETHERTYPE_ARP", "constant/ETHERTYPE_IP",
                  "constant/ETHERTYPE_IPV6", "constant/ETHERTYPE_VLAN"}),
            Needs{}) {
  REQUIRE_EQ(eth_p_all, 3);
  REQUIRE_EQ(ethertype_ip, 0x0800);  // the others: IEEE 802 numbers
  REQUIRE_EQ(ethertype_arp, 0x0806);
  REQUIRE_EQ(ethertype_vlan, 0x8100);
  REQUIRE_EQ(ethertype_ipv6, 0x86dd);
}

CONFORMANCE("constant/packet_types",
            Rows({"constant-group/PACKET_*", "constant/PACKET_HOST", "constant/PACKET_BROADCAST",
                  "constant/PACKET_MULTICAST", "constant/PACKET_OTHERHOST", "constant/PACKET_OUTGOING"}),
            Needs{}) {
  REQUIRE_EQ(PacketType{}, packet_host);  // an address that says nothing is for this machine
  std::uint32_t next = 0;
  for (PacketType type : {packet_host, packet_broadcast, packet_multicast, packet_otherhost, packet_outgoing,
                          packet_loopback, packet_fastroute}) {
    REQUIRE_EQ(type.value(), next++);
  }
}

CONFORMANCE("constant/broadcast_manager_numbers", Rows({"constant-group/CAN_BCM_*", "constant/CAN_BCM_CAN_FD_FRAME"}),
            Needs{}) {
  std::uint32_t next = 1;
  for (std::uint32_t operation : {can_bcm_tx_setup, can_bcm_tx_delete, can_bcm_tx_read, can_bcm_tx_send,
                                  can_bcm_rx_setup, can_bcm_rx_delete, can_bcm_rx_read, can_bcm_tx_status,
                                  can_bcm_tx_expired, can_bcm_rx_status, can_bcm_rx_timeout, can_bcm_rx_changed}) {
    REQUIRE_EQ(operation, next++);
  }
  std::uint32_t bit = 1;
  for (std::uint32_t flag :
       {can_bcm_settimer, can_bcm_starttimer, can_bcm_tx_countevt, can_bcm_tx_announce, can_bcm_tx_cp_can_id,
        can_bcm_rx_filter_id, can_bcm_rx_check_dlc, can_bcm_rx_no_autotimer, can_bcm_rx_announce_resume,
        can_bcm_tx_reset_multi_idx, can_bcm_rx_rtr_frame, can_bcm_can_fd_frame}) {
    REQUIRE_EQ(flag, bit);
    bit <<= 1;
  }
}

CONFORMANCE("constant/tipc_numbers",
            Rows({"constant-group/TIPC_*", "constant/TIPC_ADDR_NAMESEQ", "constant/TIPC_ADDR_NAME",
                  "constant/TIPC_ADDR_ID", "constant/TIPC_ZONE_SCOPE", "constant/TIPC_CLUSTER_SCOPE",
                  "constant/TIPC_NODE_SCOPE"}),
            Needs{}) {
  REQUIRE_EQ(tipc_addr_nameseq.value(), 1);
  REQUIRE_EQ(tipc_addr_name.value(), 2);
  REQUIRE_EQ(tipc_addr_id.value(), 3);
  REQUIRE_EQ(tipc_zone_scope.value(), 1);
  REQUIRE_EQ(tipc_cluster_scope.value(), 2);
  REQUIRE_EQ(tipc_node_scope.value(), 3);
  REQUIRE_EQ(tipc_top_srv, 1);  // the topology server, and what one says to it
  REQUIRE_EQ(tipc_sub_ports | tipc_sub_service | tipc_sub_cancel, 7);
  REQUIRE_EQ(tipc_wait_forever, ~std::uint32_t{0});
}

CONFORMANCE("constant/virtual_machine_numbers", Rows({"constant-group/VMADDR*"}), Needs{}) {
  REQUIRE_EQ(vmaddr_cid_any, ~std::uint32_t{0});
  REQUIRE_EQ(vmaddr_port_any, ~std::uint32_t{0});
  REQUIRE_EQ(vm_sockets_invalid_version, ~std::uint32_t{0});
  REQUIRE_EQ(vmaddr_cid_local, 1);
  REQUIRE_EQ(vmaddr_cid_host, 2);
}

CONFORMANCE("constant/bluetooth_addresses",
            Rows({"constant-group/HCI_* / BTPROTO_* / BDADDR_*", "constant/BDADDR_ANY", "constant/BDADDR_LOCAL"}),
            Needs{}) {
  REQUIRE_EQ(bdaddr_any, "00:00:00:00:00:00");
  REQUIRE_EQ(bdaddr_local, "00:00:00:FF:FF:FF");
  REQUIRE_EQ(bdaddr_bredr, 0);
  REQUIRE_EQ(bdaddr_le_public, 1);
  REQUIRE_EQ(bdaddr_le_random, 2);
}

CONFORMANCE("constant/hyperv_identifiers",
            Rows({"constant-group/HVSOCKET_* / HV_GUID_*", "constant/HVSOCKET_CONNECT_TIMEOUT_MAX",
                  "constant/HVSOCKET_ADDRESS_FLAG_PASSTHRU", "constant/HV_GUID_ZERO", "constant/HV_GUID_WILDCARD",
                  "constant/HV_GUID_BROADCAST", "constant/HV_GUID_CHILDREN", "constant/HV_GUID_LOOPBACK",
                  "constant/HV_GUID_PARENT"}),
            Needs{}) {
  REQUIRE_EQ(hvsocket_connect_timeout_max, 300'000);  // 5 minutes, in milliseconds
  REQUIRE_EQ(hvsocket_address_flag_passthru, 1);
  REQUIRE_EQ(hv_guid_zero, "00000000-0000-0000-0000-000000000000");
  REQUIRE_EQ(hv_guid_wildcard, hv_guid_zero);
  REQUIRE_EQ(hv_guid_broadcast, "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF");
  REQUIRE_EQ(hv_guid_children, "90DB8B89-0D35-4F79-8CE9-49EA0AC8B7CD");
  REQUIRE_EQ(hv_guid_loopback, "E0E16197-DD56-4A10-9195-5EE7A155A838");
  REQUIRE_EQ(hv_guid_parent, "A42E7CDA-D03F-480C-9CC2-A4DE20ABB878");
}

// ---- levels ----

CONFORMANCE("constant/option_levels", Rows({"constant-group/SOL_*", "constant/SOL_SOCKET"}),
            Needs{Feature::inet_stream, Feature::socket_options}) {
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.getsockopt(sol_socket, so_reuseaddr));
  int seen = 0;
  for (const ConstantInfo& constant : all_constants()) {
    if (constant.kind != ConstantKind::level) continue;
    const OptionLevel level(static_cast<std::uint32_t>(constant.value));
    // Nobody takes an option for one of another level.
    if (level != sol_socket) {
      REQUIRE_ERROR(s.getsockopt(level, so_reuseaddr), Errc::enoprotoopt);
      REQUIRE_ERROR(s.setsockopt(level, so_reuseaddr, 1), Errc::enoprotoopt);
    }
    // Nor one that no system has; Linux' IPv4 reads none of levels that it does not know (EOPNOTSUPP).
    const Option nobodys(level, 0x7ffffff0);
    const auto got = s.getsockopt(level, nobodys);
    const auto set = s.setsockopt(level, nobodys, 1);
    REQUIRE(!got && (got.error() == Errc::enoprotoopt || got.error() == Errc::eopnotsupp));
    REQUIRE(!set && (set.error() == Errc::enoprotoopt || set.error() == Errc::eopnotsupp));
    ++seen;
  }
  REQUIRE_GE(seen, 15);
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(sol_socket, so_reuseaddr)), 0);
}

CONFORMANCE("constant/levels_of_protocols", Rows({"constant-group/SOL_*", "constant/IPPROTO_TCP"}),
            Needs{Feature::inet_stream, Feature::tcp_options, Feature::ip_options}) {
  REQUIRE_EQ(OptionLevel(ipproto_tcp), sol_tcp);
  REQUIRE_EQ(OptionLevel(ipproto_ip), sol_ip);
  REQUIRE_EQ(OptionLevel(ipproto_udp), sol_udp);
  REQUIRE_EQ(OptionLevel(ipproto_ipv6), sol_ipv6);
  Socket s = t.open(tcp4);
  REQUIRE_OK(s.setsockopt(sol_tcp, tcp_nodelay, 1));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_tcp, tcp_nodelay)), 1);
  REQUIRE_OK(s.setsockopt(sol_ip, ip_ttl, 9));
  REQUIRE_EQ(REQUIRE_OK(s.getsockopt(ipproto_ip, ip_ttl)), 9);
}

}  // namespace
}  // namespace everysock::conformance
