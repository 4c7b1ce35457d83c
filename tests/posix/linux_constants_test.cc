// The constants whose numbers the library takes from Linux, held against Linux's own headers. Those of other numbers
// are not in the headers: Bluetooth, and what no released kernel has (ALG_SET_PUBKEY, ALG_OP_SIGN, ALG_OP_VERIFY).
#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/rds.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstdint>

#include "everysock/constants.h"

namespace everysock {
namespace {

constexpr std::uint64_t number(std::uint64_t n) { return n; }
template <typename C>
constexpr std::uint64_t number(C constant) requires requires {
  constant.value();
}
{ return constant.value(); }

#define SAME(constant, header) static_assert(number(constant) == static_cast<std::uint64_t>(header))

// constants/address_family.h
SAME(af_unspec, AF_UNSPEC);
SAME(af_unix, AF_UNIX);
SAME(af_inet, AF_INET);
SAME(af_ax25, AF_AX25);
SAME(af_ipx, AF_IPX);
SAME(af_appletalk, AF_APPLETALK);
SAME(af_netrom, AF_NETROM);
SAME(af_bridge, AF_BRIDGE);
SAME(af_atmpvc, AF_ATMPVC);
SAME(af_x25, AF_X25);
SAME(af_inet6, AF_INET6);
SAME(af_rose, AF_ROSE);
SAME(af_decnet, AF_DECnet);
SAME(af_netbeui, AF_NETBEUI);
SAME(af_security, AF_SECURITY);
SAME(af_key, AF_KEY);
SAME(af_netlink, AF_NETLINK);
SAME(af_route, AF_ROUTE);
SAME(af_packet, AF_PACKET);
SAME(af_ash, AF_ASH);
SAME(af_econet, AF_ECONET);
SAME(af_atmsvc, AF_ATMSVC);
SAME(af_rds, AF_RDS);
SAME(af_sna, AF_SNA);
SAME(af_irda, AF_IRDA);
SAME(af_pppox, AF_PPPOX);
SAME(af_wanpipe, AF_WANPIPE);
SAME(af_llc, AF_LLC);
SAME(af_can, AF_CAN);
SAME(af_tipc, AF_TIPC);
SAME(af_bluetooth, AF_BLUETOOTH);
SAME(af_alg, AF_ALG);
SAME(af_vsock, AF_VSOCK);
SAME(af_qipcrtr, AF_QIPCRTR);
SAME(pf_can, PF_CAN);
SAME(pf_packet, PF_PACKET);
SAME(pf_rds, PF_RDS);

// constants/socket_kind.h
SAME(sock_stream, SOCK_STREAM);
SAME(sock_dgram, SOCK_DGRAM);
SAME(sock_raw, SOCK_RAW);
SAME(sock_rdm, SOCK_RDM);
SAME(sock_seqpacket, SOCK_SEQPACKET);
SAME(sock_nonblock, SOCK_NONBLOCK);
SAME(sock_cloexec, SOCK_CLOEXEC);
SAME(shut_rd, SHUT_RD);
SAME(shut_wr, SHUT_WR);
SAME(shut_rdwr, SHUT_RDWR);

// constants/can.h
SAME(can_raw, CAN_RAW);
SAME(can_bcm, CAN_BCM);
SAME(can_isotp, CAN_ISOTP);
SAME(can_j1939, CAN_J1939);
SAME(sol_can_base, SOL_CAN_BASE);
SAME(sol_can_raw, SOL_CAN_RAW);
SAME(can_raw_filter, CAN_RAW_FILTER);
SAME(can_raw_err_filter, CAN_RAW_ERR_FILTER);
SAME(can_raw_loopback, CAN_RAW_LOOPBACK);
SAME(can_raw_recv_own_msgs, CAN_RAW_RECV_OWN_MSGS);
SAME(can_raw_fd_frames, CAN_RAW_FD_FRAMES);
SAME(can_raw_join_filters, CAN_RAW_JOIN_FILTERS);
SAME(can_eff_flag, CAN_EFF_FLAG);
SAME(can_rtr_flag, CAN_RTR_FLAG);
SAME(can_err_flag, CAN_ERR_FLAG);
SAME(can_sff_mask, CAN_SFF_MASK);
SAME(can_eff_mask, CAN_EFF_MASK);
SAME(can_err_mask, CAN_ERR_MASK);
SAME(can_bcm_tx_setup, TX_SETUP);
SAME(can_bcm_tx_delete, TX_DELETE);
SAME(can_bcm_tx_read, TX_READ);
SAME(can_bcm_tx_send, TX_SEND);
SAME(can_bcm_rx_setup, RX_SETUP);
SAME(can_bcm_rx_delete, RX_DELETE);
SAME(can_bcm_rx_read, RX_READ);
SAME(can_bcm_tx_status, TX_STATUS);
SAME(can_bcm_tx_expired, TX_EXPIRED);
SAME(can_bcm_rx_status, RX_STATUS);
SAME(can_bcm_rx_timeout, RX_TIMEOUT);
SAME(can_bcm_rx_changed, RX_CHANGED);
SAME(can_bcm_settimer, SETTIMER);
SAME(can_bcm_starttimer, STARTTIMER);
SAME(can_bcm_tx_countevt, TX_COUNTEVT);
SAME(can_bcm_tx_announce, TX_ANNOUNCE);
SAME(can_bcm_tx_cp_can_id, TX_CP_CAN_ID);
SAME(can_bcm_rx_filter_id, RX_FILTER_ID);
SAME(can_bcm_rx_check_dlc, RX_CHECK_DLC);
SAME(can_bcm_rx_no_autotimer, RX_NO_AUTOTIMER);
SAME(can_bcm_rx_announce_resume, RX_ANNOUNCE_RESUME);
SAME(can_bcm_tx_reset_multi_idx, TX_RESET_MULTI_IDX);
SAME(can_bcm_rx_rtr_frame, RX_RTR_FRAME);
SAME(can_bcm_can_fd_frame, CAN_FD_FRAME);
SAME(j1939_no_name, J1939_NO_NAME);
SAME(j1939_no_pgn, J1939_NO_PGN);
SAME(j1939_pgn_request, J1939_PGN_REQUEST);
SAME(j1939_pgn_address_claimed, J1939_PGN_ADDRESS_CLAIMED);
SAME(j1939_pgn_address_commanded, J1939_PGN_ADDRESS_COMMANDED);
SAME(j1939_pgn_pdu1_max, J1939_PGN_PDU1_MAX);
SAME(j1939_pgn_max, J1939_PGN_MAX);
SAME(j1939_max_unicast_addr, J1939_MAX_UNICAST_ADDR);
SAME(j1939_idle_addr, J1939_IDLE_ADDR);
SAME(j1939_no_addr, J1939_NO_ADDR);
SAME(j1939_filter_max, J1939_FILTER_MAX);
SAME(so_j1939_filter, SO_J1939_FILTER);
SAME(so_j1939_promisc, SO_J1939_PROMISC);
SAME(so_j1939_send_prio, SO_J1939_SEND_PRIO);
SAME(so_j1939_errqueue, SO_J1939_ERRQUEUE);
SAME(scm_j1939_dest_addr, SCM_J1939_DEST_ADDR);
SAME(scm_j1939_dest_name, SCM_J1939_DEST_NAME);
SAME(scm_j1939_prio, SCM_J1939_PRIO);
SAME(scm_j1939_errqueue, SCM_J1939_ERRQUEUE);
SAME(j1939_nla_pad, J1939_NLA_PAD);
SAME(j1939_nla_bytes_acked, J1939_NLA_BYTES_ACKED);
SAME(j1939_ee_info_none, J1939_EE_INFO_NONE);
SAME(j1939_ee_info_tx_abort, J1939_EE_INFO_TX_ABORT);

// constants/tipc.h
SAME(sol_tipc, SOL_TIPC);
SAME(tipc_addr_nameseq, TIPC_ADDR_NAMESEQ);
SAME(tipc_addr_name, TIPC_ADDR_NAME);
SAME(tipc_addr_id, TIPC_ADDR_ID);
SAME(tipc_zone_scope, TIPC_ZONE_SCOPE);
SAME(tipc_cluster_scope, TIPC_CLUSTER_SCOPE);
SAME(tipc_node_scope, TIPC_NODE_SCOPE);
SAME(tipc_importance, TIPC_IMPORTANCE);
SAME(tipc_src_droppable, TIPC_SRC_DROPPABLE);
SAME(tipc_dest_droppable, TIPC_DEST_DROPPABLE);
SAME(tipc_conn_timeout, TIPC_CONN_TIMEOUT);
SAME(tipc_low_importance, TIPC_LOW_IMPORTANCE);
SAME(tipc_medium_importance, TIPC_MEDIUM_IMPORTANCE);
SAME(tipc_high_importance, TIPC_HIGH_IMPORTANCE);
SAME(tipc_critical_importance, TIPC_CRITICAL_IMPORTANCE);
SAME(tipc_cfg_srv, TIPC_CFG_SRV);
SAME(tipc_top_srv, TIPC_TOP_SRV);
SAME(tipc_sub_ports, TIPC_SUB_PORTS);
SAME(tipc_sub_service, TIPC_SUB_SERVICE);
SAME(tipc_sub_cancel, TIPC_SUB_CANCEL);
SAME(tipc_wait_forever, static_cast<std::uint32_t>(TIPC_WAIT_FOREVER));
SAME(tipc_published, TIPC_PUBLISHED);
SAME(tipc_withdrawn, TIPC_WITHDRAWN);
SAME(tipc_subscr_timeout, TIPC_SUBSCR_TIMEOUT);

// constants/alg.h
SAME(alg_set_key, ALG_SET_KEY);
SAME(alg_set_aead_authsize, ALG_SET_AEAD_AUTHSIZE);
SAME(alg_set_iv, ALG_SET_IV);
SAME(alg_set_op, ALG_SET_OP);
SAME(alg_set_aead_assoclen, ALG_SET_AEAD_ASSOCLEN);
SAME(alg_op_decrypt, ALG_OP_DECRYPT);
SAME(alg_op_encrypt, ALG_OP_ENCRYPT);

// constants/vsock.h
SAME(vmaddr_cid_any, static_cast<std::uint32_t>(VMADDR_CID_ANY));
SAME(vmaddr_cid_local, VMADDR_CID_LOCAL);
SAME(vmaddr_cid_host, VMADDR_CID_HOST);
SAME(vmaddr_port_any, static_cast<std::uint32_t>(VMADDR_PORT_ANY));
SAME(vm_sockets_invalid_version, static_cast<std::uint32_t>(VM_SOCKETS_INVALID_VERSION));
SAME(so_vm_sockets_buffer_size, SO_VM_SOCKETS_BUFFER_SIZE);
SAME(so_vm_sockets_buffer_min_size, SO_VM_SOCKETS_BUFFER_MIN_SIZE);
SAME(so_vm_sockets_buffer_max_size, SO_VM_SOCKETS_BUFFER_MAX_SIZE);
SAME(ioctl_vm_sockets_get_local_cid, IOCTL_VM_SOCKETS_GET_LOCAL_CID);

// constants/packet.h
SAME(packet_host, PACKET_HOST);
SAME(packet_broadcast, PACKET_BROADCAST);
SAME(packet_multicast, PACKET_MULTICAST);
SAME(packet_otherhost, PACKET_OTHERHOST);
SAME(packet_outgoing, PACKET_OUTGOING);
SAME(packet_loopback, PACKET_LOOPBACK);
SAME(packet_fastroute, PACKET_FASTROUTE);
SAME(eth_p_all, ETH_P_ALL);
SAME(ethertype_ip, ETHERTYPE_IP);
SAME(ethertype_arp, ETHERTYPE_ARP);
SAME(ethertype_vlan, ETHERTYPE_VLAN);
SAME(ethertype_ipv6, ETHERTYPE_IPV6);
SAME(netlink_route, NETLINK_ROUTE);
SAME(netlink_usersock, NETLINK_USERSOCK);
SAME(netlink_firewall, NETLINK_FIREWALL);
SAME(netlink_nflog, NETLINK_NFLOG);
SAME(netlink_xfrm, NETLINK_XFRM);
SAME(netlink_ip6_fw, NETLINK_IP6_FW);
SAME(netlink_dnrtmsg, NETLINK_DNRTMSG);
SAME(netlink_crypto, NETLINK_CRYPTO);

// constants/rds.h
SAME(rds_cancel_sent_to, RDS_CANCEL_SENT_TO);
SAME(rds_get_mr, RDS_GET_MR);
SAME(rds_free_mr, RDS_FREE_MR);
SAME(rds_recverr, RDS_RECVERR);
SAME(rds_cong_monitor, RDS_CONG_MONITOR);
SAME(rds_get_mr_for_dest, RDS_GET_MR_FOR_DEST);
SAME(rds_cmsg_rdma_args, RDS_CMSG_RDMA_ARGS);
SAME(rds_cmsg_rdma_dest, RDS_CMSG_RDMA_DEST);
SAME(rds_cmsg_rdma_map, RDS_CMSG_RDMA_MAP);
SAME(rds_cmsg_rdma_status, RDS_CMSG_RDMA_STATUS);
SAME(rds_rdma_readwrite, RDS_RDMA_READWRITE);
SAME(rds_rdma_fence, RDS_RDMA_FENCE);
SAME(rds_rdma_invalidate, RDS_RDMA_INVALIDATE);
SAME(rds_rdma_use_once, RDS_RDMA_USE_ONCE);
SAME(rds_rdma_dontwait, RDS_RDMA_DONTWAIT);
SAME(rds_rdma_notify_me, RDS_RDMA_NOTIFY_ME);
SAME(rds_rdma_silent, RDS_RDMA_SILENT);

// constants/protocol.h
SAME(ipproto_hopopts, IPPROTO_HOPOPTS);
SAME(ipproto_ip, IPPROTO_IP);
SAME(ipproto_icmp, IPPROTO_ICMP);
SAME(ipproto_igmp, IPPROTO_IGMP);
SAME(ipproto_ipip, IPPROTO_IPIP);
SAME(ipproto_tcp, IPPROTO_TCP);
SAME(ipproto_egp, IPPROTO_EGP);
SAME(ipproto_pup, IPPROTO_PUP);
SAME(ipproto_udp, IPPROTO_UDP);
SAME(ipproto_idp, IPPROTO_IDP);
SAME(ipproto_tp, IPPROTO_TP);
SAME(ipproto_ipv6, IPPROTO_IPV6);
SAME(ipproto_routing, IPPROTO_ROUTING);
SAME(ipproto_fragment, IPPROTO_FRAGMENT);
SAME(ipproto_rsvp, IPPROTO_RSVP);
SAME(ipproto_gre, IPPROTO_GRE);
SAME(ipproto_esp, IPPROTO_ESP);
SAME(ipproto_ah, IPPROTO_AH);
SAME(ipproto_icmpv6, IPPROTO_ICMPV6);
SAME(ipproto_none, IPPROTO_NONE);
SAME(ipproto_dstopts, IPPROTO_DSTOPTS);
SAME(ipproto_pim, IPPROTO_PIM);
SAME(ipproto_sctp, IPPROTO_SCTP);
SAME(ipproto_udplite, IPPROTO_UDPLITE);
SAME(ipproto_raw, IPPROTO_RAW);
SAME(ipproto_mptcp, IPPROTO_MPTCP);

}  // namespace
}  // namespace everysock
