// Audit hooks: functions of the program's that are told of what is about to happen, and may forbid it.
//
//   add_audit_hook([](const AuditEvent& event) -> Result<void> {
//     if (const auto* connect = std::get_if<audit::Connect>(&event)) {
//       std::clog << audit_event_name(event) << ' ' << to_string(connect->address) << '\n';
//       if (!expected(connect->address)) return fail(Operation::connect, Errc::eperm);
//     }
//     return {};
//   }).value();
//
// Hooks are for the whole process and all backends, cannot be removed, and are asked in the order in which they were
// added, on the thread that makes the call, after its arguments have been found sound (and, where the call takes an
// address, the host has been resolved) and before anything is done. The first error that one returns ends the call: it
// is what the call gives, under the call's own operation. connect_ex() gives it as an error, too, not as its value.
// A hook may use the library; calls that it makes raise events of their own.
//
// These calls raise events: socket(), socket_from_fileno(), fromfd(), fromshare(), socketpair() (one for each end),
// Socket::dup() and accept(); bind(), connect(), connect_ex(), sendto() and sendmsg(); and the functions about names
// that have a struct below. What is built of them (create_connection(), getfqdn()) raises theirs. Sending to and
// receiving from a connected peer raise none.
//
// Without hooks an event costs one relaxed load; the structs below are not even made.
//
// Source: Python documentation, "Audit events table", PEP 578 (spec rows behaviour/B65 to B77).
#ifndef EVERYSOCK_AUDIT_H_
#define EVERYSOCK_AUDIT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>

#include "everysock/address.h"
#include "everysock/constants.h"
#include "everysock/error.h"

namespace everysock {

class Socket;

// The events with their documented arguments. What they refer to is there until the hook returns.
namespace audit {

// A socket is about to be made. Nothing: socket_from_fileno() will ask the system (documented as -1), or fromshare()
// the data (documented as 0). For accept() the connection is there already; refused, it is closed.
struct SocketNew {
  static constexpr std::string_view name = "socket.__new__";
  std::optional<AddressFamily> family;
  std::optional<SocketKind> type;
  std::optional<Protocol> protocol;
};

// `address` is what the program gave: its host may be a name.
struct Bind {
  static constexpr std::string_view name = "socket.bind";
  const Socket& self;
  const Address& address;
};
struct Connect {  // connect() and connect_ex()
  static constexpr std::string_view name = "socket.connect";
  const Socket& self;
  const Address& address;
};
struct Sendto {
  static constexpr std::string_view name = "socket.sendto";
  const Socket& self;
  const Address& address;
};
struct Sendmsg {
  static constexpr std::string_view name = "socket.sendmsg";
  const Socket& self;
  const Address* address;  // null: the connected peer
};

struct Getaddrinfo {
  static constexpr std::string_view name = "socket.getaddrinfo";
  std::optional<std::string_view> host;
  std::optional<std::string_view> port;  // numbers as text
  AddressFamily family;
  SocketKind type;
  Protocol protocol;
};
struct Gethostbyname {  // gethostbyname() and gethostbyname_ex()
  static constexpr std::string_view name = "socket.gethostbyname";
  std::string_view hostname;
};
struct Gethostbyaddr {
  static constexpr std::string_view name = "socket.gethostbyaddr";
  std::string_view ip_address;
};
struct Gethostname {
  static constexpr std::string_view name = "socket.gethostname";
};
struct Sethostname {
  static constexpr std::string_view name = "socket.sethostname";
  std::string_view hostname;
};
struct Getnameinfo {
  static constexpr std::string_view name = "socket.getnameinfo";
  const Address& sockaddr;
};
struct Getservbyname {
  static constexpr std::string_view name = "socket.getservbyname";
  std::string_view servicename;
  std::optional<std::string_view> protocolname;
};
struct Getservbyport {
  static constexpr std::string_view name = "socket.getservbyport";
  std::int32_t port;
  std::optional<std::string_view> protocolname;
};

// Another hook is about to be added.
struct AddAuditHook {
  static constexpr std::string_view name = "sys.addaudithook";
};

}  // namespace audit

using AuditEvent =
    std::variant<audit::SocketNew, audit::Bind, audit::Connect, audit::Sendto, audit::Sendmsg, audit::Getaddrinfo,
                 audit::Gethostbyname, audit::Gethostbyaddr, audit::Gethostname, audit::Sethostname, audit::Getnameinfo,
                 audit::Getservbyname, audit::Getservbyport, audit::AddAuditHook>;

// Success lets the call go on. Called from any thread, from several at a time.
using AuditHook = std::function<Result<void>(const AuditEvent&)>;

// Adds `hook` behind those that are there, for good. They are asked first, and may refuse (their error). EINVAL for an
// empty function. Any thread, at any time; a call that is under way may not see the new hook.
Result<void> add_audit_hook(AuditHook hook);

// The documented name: "socket.connect".
std::string_view audit_event_name(const AuditEvent& event) noexcept;

}  // namespace everysock

#endif  // EVERYSOCK_AUDIT_H_
