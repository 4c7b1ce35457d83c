// AF_UNIX names of one client: what it calls them, and where they really are.
#ifndef EVERYSOCK_WEB_PROXY_SESSION_UNIX_NAMES_H_
#define EVERYSOCK_WEB_PROXY_SESSION_UNIX_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "everysock/address.h"
#include "everysock/error.h"

namespace everysock::proxy {

struct UnixSettings {
  // A directory of the proxy's own, which nobody else may enter. "" where names are no files (the memory backend).
  std::string directory;
  // Unguessable: part of every abstract name.
  std::string nonce;
  // Real paths that clients may use as they are: exact, or all below a directory where it ends with a slash.
  std::vector<std::string> allowed;
};

// One spelling for each path: "/tmp/./a//../b" is "/tmp/b". As lexically_normal() of std::filesystem has it on Linux,
// wherever the proxy runs: the names are the client's.
std::string normal_path(std::string_view path);

// Every client has name spaces of its own, for paths and for abstract names, which begin empty: its servers and
// clients find each other, and nobody else's. To a path that the client binds belongs a file in a private directory; it
// stays until the client goes, as a file would (there is no unlinking it: EADDRINUSE when it is bound again). Of
// directories the name space has the usual ones: /tmp, /run and the like, the root and the current one.
class UnixNames {
 public:
  UnixNames(const UnixSettings& settings, std::uint64_t client) : settings_(settings), client_(client) {}
  // Removes the files.
  ~UnixNames();
  UnixNames(const UnixNames&) = delete;
  UnixNames& operator=(const UnixNames&) = delete;

  // Where `name` is to be bound. EADDRINUSE; ENOENT, ENOTDIR (its directory); ENOSPC beyond a number of paths; EACCES
  // if the private directory cannot be made.
  Result<UnixAddress> to_bind(const UnixAddress& name);
  // It has been: `real` now belongs to `name`. An unnamed `name` takes the name that the system has chosen.
  void bound(const UnixAddress& name, const UnixAddress& real);
  // The socket with this real name has been closed: abstract names end with it, paths stay.
  void closed(const UnixAddress& real);

  // Whether only this client can have connected to `real`: it has a name that nobody else can know.
  bool is_private(const UnixAddress& real) const;

  // Where `name` is to be found. ENOENT, ENOTDIR (a path), ECONNREFUSED (an abstract name): nobody has bound it.
  Result<UnixAddress> to_reach(Operation operation, const UnixAddress& name) const;

  // What the client calls it. Names that are not the client's show as unnamed.
  UnixAddress to_client(const UnixAddress& real) const;

 private:
  bool is_allowed(std::string_view path) const;
  Result<void> check_directory(Operation operation, const std::string& key) const;
  std::string client_directory() const;
  std::filesystem::path client_directory_path() const;

  const UnixSettings& settings_;
  const std::uint64_t client_;
  std::unordered_map<std::string, std::string> real_by_name_;
  std::unordered_map<std::string, std::string> name_by_real_;
  std::uint64_t next_ = 1;
  bool directory_made_ = false;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_SESSION_UNIX_NAMES_H_
