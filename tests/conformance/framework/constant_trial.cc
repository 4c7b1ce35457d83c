#include "framework/constant_trial.h"

#include <algorithm>
#include <array>
#include <string>

#include "framework/check.h"
#include "framework/kinds.h"
#include "framework/outcome.h"

namespace everysock::conformance {
namespace {

constexpr std::array kKinds = {sock_stream, sock_dgram, sock_raw, sock_seqpacket, sock_rdm};

// ---- sockets that take the options of a level ----

struct SocketForm {
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
};

std::vector<SocketForm> forms_for(OptionLevel level) {
  if (level == sol_socket) return {{af_inet, sock_stream, {}}, {af_unix, sock_stream, {}}, {af_inet, sock_dgram, {}}};
  if (level == OptionLevel(ipproto_ip)) return {{af_inet, sock_dgram, {}}, {af_inet, sock_raw, ipproto_icmp}};
  if (level == OptionLevel(ipproto_ipv6)) return {{af_inet6, sock_dgram, {}}, {af_inet6, sock_raw, ipproto_icmpv6}};
  if (level == OptionLevel(ipproto_tcp)) return {{af_inet, sock_stream, {}}};
  if (level == OptionLevel(ipproto_udp)) return {{af_inet, sock_dgram, {}}};
  if (level == OptionLevel(ipproto_udplite)) return {{af_inet, sock_dgram, ipproto_udplite}};
  if (level == sol_local) return {{af_unix, sock_stream, {}}};
  if (level == sol_can_raw) return {{af_can, sock_raw, can_raw}};
  if (level == sol_can_j1939) return {{af_can, sock_dgram, can_j1939}};
  if (level == sol_tipc) return {{af_tipc, sock_rdm, {}}};
  if (level == sol_alg) return {{af_alg, sock_seqpacket, {}}};
  if (level == OptionLevel(af_vsock)) return {{af_vsock, sock_stream, {}}};
  if (level == sol_rds) return {{af_rds, sock_seqpacket, {}}};
  if (level == sol_ipx) return {{af_ipx, sock_dgram, {}}};
  if (level == sol_hci) return {{af_bluetooth, sock_raw, btproto_hci}};
  if (level == sol_sco) return {{af_bluetooth, sock_seqpacket, btproto_sco}};
  if (level == sol_rfcomm) return {{af_bluetooth, sock_stream, btproto_rfcomm}};
  if (level == sol_l2cap || level == sol_bluetooth) return {{af_bluetooth, sock_seqpacket, btproto_l2cap}};
  if (level == OptionLevel(hv_protocol_raw)) return {{af_hyperv, sock_stream, hv_protocol_raw}};
  return {};
}

// Some options can only be set, and take a struct; zeros do no harm.
void try_option(Trial& trial, Socket& s, Option option) {
  const std::string zeros(64, '\0');
  (void)(trial.attempt(s.getsockopt(option.level(), option)) ||
         trial.attempt(s.getsockopt(option.level(), option, 256)) ||
         trial.attempt(s.setsockopt(option.level(), option, 0)) ||
         trial.attempt(s.setsockopt(option.level(), option, zeros)));
}

// ---- the calls that constants are for ----

std::vector<AddressFamily> families_of_protocol(std::string_view name) {
  if (name.starts_with("CAN_")) return {af_can};
  if (name.starts_with("BTPROTO_")) return {af_bluetooth};
  if (name.starts_with("NETLINK_")) return {af_netlink};
  if (name.starts_with("HV_")) return {af_hyperv};
  if (name.starts_with("SYSPROTO_")) return {pf_system};
  return {af_inet, af_inet6};
}

void try_constant(Context& t, Trial& trial, const ConstantInfo& constant) {
  const auto value = static_cast<std::uint32_t>(constant.value);
  switch (constant.kind) {
    case ConstantKind::family:
      for (SocketKind kind : kKinds) {
        for (Protocol protocol : {Protocol(), can_raw, can_bcm, hv_protocol_raw, sysproto_control}) {
          if (trial.attempt(socket(AddressFamily(value), kind, protocol, t.backend()))) return;
        }
      }
      return;
    case ConstantKind::socket_kind:
      for (AddressFamily family : {af_inet, af_unix, af_tipc}) {
        if (trial.attempt(socket(family, SocketKind(value), {}, t.backend()))) return;
      }
      (void)trial.attempt(socket(af_inet, sock_stream | SocketKind(value), {}, t.backend()));  // a creation flag
      return;
    case ConstantKind::protocol:
      for (AddressFamily family : families_of_protocol(constant.name)) {
        for (SocketKind kind : kKinds) {
          if (trial.attempt(socket(family, kind, Protocol(value), t.backend()))) return;
        }
      }
      return;
    case ConstantKind::option:
      for (const SocketForm& form : forms_for(constant.level)) {
        Result<Socket> s = socket(form.family, form.kind, form.protocol, t.backend());
        if (s) {
          try_option(trial, *s, Option(constant.level, value));
        } else if (is_refusal(s.error())) {
          (void)trial.attempt(s);
        }
      }
      return;
    case ConstantKind::message_flag: {
      Connection c = t.connected(tcp4);
      REQUIRE_OK(c.client.setblocking(false));
      if (!trial.attempt(c.client.recv(1, MessageFlags(value))))
        (void)trial.attempt(c.client.send("x", MessageFlags(value)));
      return;
    }
    case ConstantKind::shutdown_how: {
      Connection c = t.connected(tcp4);
      (void)trial.attempt(c.client.shutdown(ShutdownHow(value)));
      return;
    }
    case ConstantKind::io_control: {
      Socket s = t.open(tcp4);
      const IoControl command(value);
      (void)trial.attempt(command == sio_keepalive_vals ? s.ioctl(command, KeepaliveVals{}) : s.ioctl(command, 0u));
      return;
    }
    default:
      fail_case(EVERYSOCK_HERE, std::string(constant.name) + ": no call is known for constants of its kind");
  }
}

}  // namespace

bool Trial::attempt_failed(Error error) {
  if (is_refusal(error)) {
    refusals_.push_back(error);
    return false;
  }
  if (error.domain() != ErrorDomain::system) {
    fail_case(EVERYSOCK_HERE, std::string(constant_.name) + ": " + error.message(), error);
  }
  return taken_ = true;
}

bool Trial::names_it(Error refusal) const {
  const ConstantInfo* const named = find_constant(refusal.constant());
  if (named == nullptr) return false;
  // The sentence about it is whole: "...: SO_RTABLE on the backend posix (documented for: OpenBSD)".
  const std::string tail = ": " + std::string(named->name) + " on the backend " +
                           std::string(context_.backend().name()) +
                           " (documented for: " + std::string(named->availability) + ")";
  if (!refusal.message().ends_with(tail)) return false;
  const bool itself =
      named->kind == constant_.kind && named->value == constant_.value && named->level == constant_.level;
  const bool owner = named->kind == ConstantKind::family || named->kind == ConstantKind::socket_kind ||
                     named->kind == ConstantKind::protocol || named->kind == ConstantKind::level;
  const bool owned = constant_.kind == ConstantKind::protocol || constant_.kind == ConstantKind::option ||
                     constant_.kind == ConstantKind::message_flag;
  return itself || (owner && owned && named->kind != constant_.kind);
}

void Trial::conclude() const {
  if (taken_) return context_.taken(constant_.name);
  const auto named = std::ranges::find_if(refusals_, [this](Error refusal) { return names_it(refusal); });
  if (named == refusals_.end()) {
    const std::string said = refusals_.empty() ? "nothing was tried" : refusals_.back().message();
    fail_case(EVERYSOCK_HERE, std::string(constant_.name) + " was neither taken nor refused by its name: " + said);
  }
  context_.refused(constant_.name, *named);
}

void try_constants(Context& t, bool (*chosen)(const ConstantInfo&)) {
  int tried = 0;
  for (const ConstantInfo& constant : all_constants()) {
    if (!chosen(constant)) continue;
    Trial trial(t, constant);
    try_constant(t, trial, constant);
    trial.conclude();
    ++tried;
  }
  REQUIRE_NE(tried, 0);
}

}  // namespace everysock::conformance
