// Names, services and interfaces: the part of a backend that is not about one socket.
#ifndef EVERYSOCK_RESOLVER_H_
#define EVERYSOCK_RESOLVER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "everysock/address.h"
#include "everysock/constants.h"
#include "everysock/error.h"

namespace everysock {

// One result of getaddrinfo: the documented 5-tuple, ready for socket() and connect().
struct AddressInfo {
  AddressFamily family;
  SocketKind type;
  Protocol proto;
  std::string canonname;  // "" unless ai_canonname was asked for
  Address address;        // InetAddress or Inet6Address, numeric

  friend bool operator==(const AddressInfo&, const AddressInfo&) = default;
};

struct AddressInfoQuery {
  std::optional<std::string> host;     // none: loopback, or the wildcard with ai_passive
  std::optional<std::string> service;  // a service name or a decimal port; none: port 0
  AddressFamily family;                // af_unspec: any
  SocketKind type;                     // SocketKind(): any
  Protocol proto;                      // Protocol(): any
  AddressInfoFlags flags;
};

struct NameInfo {
  std::string host;
  std::string service;

  friend bool operator==(const NameInfo&, const NameInfo&) = default;
};

// What the host database says of one host: the documented triple of gethostbyname_ex() and gethostbyaddr().
struct HostEntry {
  std::string hostname;                 // the primary name
  std::vector<std::string> aliaslist;   // its other names, often none
  std::vector<std::string> ipaddrlist;  // its addresses, all of one family, as text; at least one

  friend bool operator==(const HostEntry&, const HostEntry&) = default;
};

struct InterfaceName {
  std::uint32_t index;
  std::string name;

  friend bool operator==(const InterfaceName&, const InterfaceName&) = default;
};

// All functions may be called from any thread at the same time, and may block for as long as the lookup takes: seconds
// where a name server does not answer. They use no socket of the caller's.
class Resolver {
 public:
  virtual ~Resolver() = default;

  // Every address of `query`, in the order in which they should be tried, never empty. Numeric hosts are answered
  // without asking anybody. Errors: GaiErrc; a system error in place of EAI_SYSTEM.
  virtual Result<std::vector<AddressInfo>> getaddrinfo(const AddressInfoQuery& query) = 0;

  // The names of a numeric `address`. Errors: GaiErrc (noname where ni_namereqd finds none; family for a form without
  // host and port).
  virtual Result<NameInfo> getnameinfo(const Address& address, NameInfoFlags flags) = 0;

  // The entry of an IPv4 host called `name`, which is neither numeric nor empty. Errors: HostErrc. EOPNOTSUPP, here and
  // below, where the backend has no such database.
  virtual Result<HostEntry> gethostbyname_ex(const std::string& name) = 0;
  // The entry of the host with a numeric `address`, whose port is of no account. Errors: HostErrc (host_not_found where
  // the address has no name).
  virtual Result<HostEntry> gethostbyaddr(const Address& address) = 0;

  // Services and protocols, as services(5) and protocols(5) have them. Without a protocol any one will do. Errors:
  // UsageErrc service_not_found, port_not_found, protocol_not_found.
  virtual Result<std::uint16_t> getservbyname(const std::string& name, const std::optional<std::string>& protocol) = 0;
  virtual Result<std::string> getservbyport(std::uint16_t port, const std::optional<std::string>& protocol) = 0;
  virtual Result<Protocol> getprotobyname(const std::string& name) = 0;

  // The name of this machine, as far as the backend has one.
  virtual Result<std::string> gethostname() = 0;
  // Gives it another. EPERM, EACCES (not allowed), EINVAL (too long).
  virtual Result<void> sethostname(std::string_view name) = 0;

  // Every network interface. EOPNOTSUPP where there are none to speak of.
  virtual Result<std::vector<InterfaceName>> if_nameindex() = 0;
  // ENODEV for a name that no interface has.
  virtual Result<std::uint32_t> if_nametoindex(std::string_view name) = 0;
  // ENXIO for an index that no interface has.
  virtual Result<std::string> if_indextoname(std::uint32_t index) = 0;
};

}  // namespace everysock

#endif  // EVERYSOCK_RESOLVER_H_
