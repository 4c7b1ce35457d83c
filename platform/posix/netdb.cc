#include "platform/posix/netdb.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>

#include <array>
#include <mutex>
#include <vector>

#include "platform/posix/errno.h"

namespace everysock::platform {
namespace {

const char* c_string(const std::optional<std::string>& text) { return text ? text->c_str() : nullptr; }

Error host_error(Operation operation, int code) {
  switch (code) {
    case HOST_NOT_FOUND:
      return Error(operation, HostErrc::host_not_found);
    case TRY_AGAIN:
      return Error(operation, HostErrc::try_again);
    case NO_DATA:
      return Error(operation, HostErrc::no_data);
#ifdef NETDB_INTERNAL
    case NETDB_INTERNAL:
      return last_error(operation);
#endif
    default:
      return Error(operation, HostErrc::no_recovery);
  }
}

Result<HostEntry> read_host(Operation operation, const hostent* found, int code) {
  if (found == nullptr) return Unexpected(host_error(operation, code));
  HostEntry entry;
  if (found->h_name != nullptr) entry.hostname = found->h_name;
  for (char** alias = found->h_aliases; alias != nullptr && *alias != nullptr; ++alias) {
    entry.aliaslist.emplace_back(*alias);
  }
  for (char** address = found->h_addr_list; address != nullptr && *address != nullptr; ++address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (::inet_ntop(found->h_addrtype, *address, text.data(), text.size()) == nullptr) {
      return Unexpected(last_error(operation));
    }
    entry.ipaddrlist.emplace_back(text.data());
  }
  if (entry.ipaddrlist.empty()) return fail(operation, HostErrc::no_data);
  return entry;
}

std::optional<std::uint16_t> read_port(const servent* found) {
  if (found == nullptr) return std::nullopt;
  return (::ntohs)(static_cast<std::uint16_t>(found->s_port));
}

std::optional<std::string> read_name(const servent* found) {
  if (found == nullptr) return std::nullopt;
  return std::string(found->s_name);
}

std::optional<std::uint32_t> read_number(const protoent* found) {
  if (found == nullptr) return std::nullopt;
  return static_cast<std::uint32_t>(found->p_proto);
}

#ifdef __GLIBC__

// glibc has a form of each call that puts its answer into the caller's memory, and says ERANGE while that is too small.
template <typename Entry, typename Call, typename Read>
auto ask(Call call, Read read) {
  constexpr std::size_t kMostMemory = 1 << 20;
  std::vector<char> memory(1024);
  for (;;) {
    Entry entry;
    Entry* found = nullptr;
    const int code = call(&entry, memory.data(), memory.size(), &found);
    if (code != ERANGE || memory.size() >= kMostMemory) return read(found);
    memory.resize(memory.size() * 2);
  }
}

#else

// Elsewhere the answer is in memory that calls share: of a thread or of the process.
std::mutex database;

#endif

}  // namespace

Result<HostEntry> host_by_name(const std::string& name) {
  constexpr Operation kOperation = Operation::gethostbyname_ex;
#ifdef __GLIBC__
  int error = 0;
  return ask<hostent>(
      [&](hostent* entry, char* memory, std::size_t size, hostent** found) {
        return ::gethostbyname_r(name.c_str(), entry, memory, size, found, &error);
      },
      [&](const hostent* found) { return read_host(kOperation, found, error); });
#else
  const std::lock_guard lock(database);
  const hostent* const found = ::gethostbyname(name.c_str());
  return read_host(kOperation, found, h_errno);
#endif
}

Result<HostEntry> host_by_address(int family, std::span<const std::uint8_t> address) {
  constexpr Operation kOperation = Operation::gethostbyaddr;
  const auto length = static_cast<socklen_t>(address.size());
#ifdef __GLIBC__
  int error = 0;
  return ask<hostent>(
      [&](hostent* entry, char* memory, std::size_t size, hostent** found) {
        return ::gethostbyaddr_r(address.data(), length, family, entry, memory, size, found, &error);
      },
      [&](const hostent* found) { return read_host(kOperation, found, error); });
#else
  const std::lock_guard lock(database);
  const hostent* const found = ::gethostbyaddr(address.data(), length, family);
  return read_host(kOperation, found, h_errno);
#endif
}

std::optional<std::uint16_t> service_port(const std::string& name, const std::optional<std::string>& protocol) {
#ifdef __GLIBC__
  return ask<servent>(
      [&](servent* entry, char* memory, std::size_t size, servent** found) {
        return ::getservbyname_r(name.c_str(), c_string(protocol), entry, memory, size, found);
      },
      read_port);
#else
  const std::lock_guard lock(database);
  return read_port(::getservbyname(name.c_str(), c_string(protocol)));
#endif
}

std::optional<std::string> service_name(std::uint16_t port, const std::optional<std::string>& protocol) {
  const int network_order = (::htons)(port);
#ifdef __GLIBC__
  return ask<servent>(
      [&](servent* entry, char* memory, std::size_t size, servent** found) {
        return ::getservbyport_r(network_order, c_string(protocol), entry, memory, size, found);
      },
      read_name);
#else
  const std::lock_guard lock(database);
  return read_name(::getservbyport(network_order, c_string(protocol)));
#endif
}

std::optional<std::uint32_t> protocol_number(const std::string& name) {
#ifdef __GLIBC__
  return ask<protoent>([&](protoent* entry, char* memory, std::size_t size,
                           protoent** found) { return ::getprotobyname_r(name.c_str(), entry, memory, size, found); },
                       read_number);
#else
  const std::lock_guard lock(database);
  return read_number(::getprotobyname(name.c_str()));
#endif
}

}  // namespace everysock::platform
