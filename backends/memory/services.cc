#include "backends/memory/services.h"

#include <array>

namespace everysock::memory {
namespace {

struct Service {
  std::string_view name;
  std::uint16_t port;
  bool tcp;
  bool udp;
};

constexpr std::array kServices = {
    Service{"echo", 7, true, true},
    Service{"discard", 9, true, true},
    Service{"systat", 11, true, false},
    Service{"daytime", 13, true, true},
    Service{"netstat", 15, true, false},
    Service{"chargen", 19, true, true},
    Service{"ftp-data", 20, true, false},
    Service{"ftp", 21, true, false},
    Service{"ssh", 22, true, false},
    Service{"telnet", 23, true, false},
    Service{"smtp", 25, true, false},
    Service{"time", 37, true, true},
    Service{"whois", 43, true, false},
    Service{"tacacs", 49, true, true},
    Service{"domain", 53, true, true},
    Service{"bootps", 67, false, true},
    Service{"bootpc", 68, false, true},
    Service{"tftp", 69, false, true},
    Service{"gopher", 70, true, false},
    Service{"finger", 79, true, false},
    Service{"http", 80, true, false},
    Service{"kerberos", 88, true, true},
    Service{"pop3", 110, true, false},
    Service{"sunrpc", 111, true, true},
    Service{"auth", 113, true, false},
    Service{"nntp", 119, true, false},
    Service{"ntp", 123, false, true},
    Service{"epmap", 135, true, true},
    Service{"imap2", 143, true, false},
    Service{"snmp", 161, true, true},
    Service{"snmp-trap", 162, true, true},
    Service{"bgp", 179, true, false},
    Service{"irc", 194, true, true},
    Service{"ldap", 389, true, true},
    Service{"https", 443, true, false},
    Service{"https", 443, false, true},
    Service{"microsoft-ds", 445, true, true},
    Service{"submissions", 465, true, false},
    Service{"shell", 514, true, false},
    Service{"syslog", 514, false, true},
    Service{"printer", 515, true, false},
    Service{"submission", 587, true, false},
    Service{"ldaps", 636, true, true},
    Service{"rsync", 873, true, false},
    Service{"imaps", 993, true, false},
    Service{"pop3s", 995, true, false},
    Service{"socks", 1080, true, false},
    Service{"ms-sql-s", 1433, true, false},
    Service{"mqtt", 1883, true, false},
    Service{"nfs", 2049, true, true},
    Service{"mysql", 3306, true, false},
    Service{"sip", 5060, true, true},
    Service{"xmpp-client", 5222, true, false},
    Service{"mdns", 5353, false, true},
    Service{"postgresql", 5432, true, false},
    Service{"amqp", 5672, true, true},
    Service{"x11", 6000, true, false},
    Service{"redis", 6379, true, false},
    Service{"http-alt", 8080, true, true},
};

bool on(const Service& service, Transport transport) { return transport == Transport::tcp ? service.tcp : service.udp; }

}  // namespace

std::optional<std::uint16_t> service_port(std::string_view name, Transport transport) {
  if (name == "www") name = "http";  // an alias everywhere
  for (const Service& service : kServices) {
    if (service.name == name && on(service, transport)) return service.port;
  }
  return std::nullopt;
}

std::string_view service_name(std::uint16_t port, Transport transport) {
  for (const Service& service : kServices) {
    if (service.port == port && on(service, transport)) return service.name;
  }
  return "";
}

}  // namespace everysock::memory
