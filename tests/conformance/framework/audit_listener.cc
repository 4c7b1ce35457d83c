#include "framework/audit_listener.h"

#include <concepts>
#include <utility>

#include "everysock/constant_info.h"
#include "everysock/socket.h"
#include "framework/check.h"

namespace everysock::conformance {
namespace {

thread_local AuditListener* listener = nullptr;

std::string text(std::string_view value) { return show(value); }
std::string text(const Socket& value) { return repr(value); }
std::string text(const Address& value) { return to_string(value); }
std::string text(const Address* value) { return value == nullptr ? "none" : to_string(*value); }
std::string text(std::int32_t value) { return std::to_string(value); }
std::string text(Protocol value) { return std::to_string(value.value()); }
// The documented name, where there is one.
template <typename Constant>
requires std::same_as<Constant, AddressFamily> || std::same_as<Constant, SocketKind> std::string text(Constant value) {
  const ConstantInfo* const info = describe(value);
  return info == nullptr ? std::to_string(value.value()) : std::string(info->name);
}
template <typename T>
std::string text(const std::optional<T>& value) {
  return value ? text(*value) : "none";
}

template <typename... Arguments>
std::string listed(const Arguments&... arguments) {
  std::string list;
  ((list += (list.empty() ? "" : ", ") + text(arguments)), ...);
  return list;
}

struct ArgumentsOf {
  std::string operator()(const audit::SocketNew& e) { return listed(e.family, e.type, e.protocol); }
  std::string operator()(const audit::Bind& e) { return listed(e.self, e.address); }
  std::string operator()(const audit::Connect& e) { return listed(e.self, e.address); }
  std::string operator()(const audit::Sendto& e) { return listed(e.self, e.address); }
  std::string operator()(const audit::Sendmsg& e) { return listed(e.self, e.address); }
  std::string operator()(const audit::Getaddrinfo& e) { return listed(e.host, e.port, e.family, e.type, e.protocol); }
  std::string operator()(const audit::Gethostbyname& e) { return listed(e.hostname); }
  std::string operator()(const audit::Gethostbyaddr& e) { return listed(e.ip_address); }
  std::string operator()(const audit::Gethostname&) { return {}; }
  std::string operator()(const audit::Sethostname& e) { return listed(e.hostname); }
  std::string operator()(const audit::Getnameinfo& e) { return listed(e.sockaddr); }
  std::string operator()(const audit::Getservbyname& e) { return listed(e.servicename, e.protocolname); }
  std::string operator()(const audit::Getservbyport& e) { return listed(e.port, e.protocolname); }
  std::string operator()(const audit::AddAuditHook&) { return {}; }
};

}  // namespace

AuditListener::AuditListener() {
  static const Result<void> added = add_audit_hook(
      [](const AuditEvent& event) { return listener == nullptr ? Result<void>() : listener->hear(event); });
  REQUIRE_OK(added);
  listener = this;
}

AuditListener::~AuditListener() { listener = nullptr; }

std::vector<std::string> AuditListener::take() { return std::exchange(heard_, {}); }

Result<void> AuditListener::hear(const AuditEvent& event) {
  heard_.push_back(std::string(audit_event_name(event)) + '(' + std::visit(ArgumentsOf(), event) + ')');
  if (refuses_) return fail(Operation::none, Errc::eperm);
  return {};
}

}  // namespace everysock::conformance
