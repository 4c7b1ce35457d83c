// The AF_UNIX names of one machine: abstract names, and paths, which lie in a namespace of its own and are no files.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UNIX_NAMES_H_
#define EVERYSOCK_BACKENDS_MEMORY_UNIX_NAMES_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "backends/memory/random.h"
#include "everysock/constants.h"
#include "everysock/error.h"

namespace everysock::memory {

class UnixSocket;

// Names are as UnixAddress has them: abstract ones begin with NUL.
class UnixNames {
 public:
  explicit UnixNames(Random& random);

  // For a path, what is wrong with the directory it would lie in: ENOENT, ENOTDIR; or EADDRINUSE: it exists.
  Errc obstacle(std::string_view name) const;
  // False: the name exists.
  bool add(std::string_view name, UnixSocket& socket);
  // The socket of that name. ENOENT, ENOTDIR: no such path. ECONNREFUSED: no such abstract name, or the path is there
  // and its socket is closed (or it is a directory).
  // EPROTOTYPE: the path is of a socket of another kind. (Each kind has its own abstract names.)
  Result<UnixSocket*> find(Operation operation, std::string_view name, SocketKind kind) const;
  // The socket is gone: an abstract name goes with it, a path stays.
  void abandon(std::string_view name, const UnixSocket& socket);

  // False: no such path, or a directory.
  bool unlink(std::string_view path);
  void make_directories(std::string_view path);

  // A free abstract name: NUL and five hexadecimal digits. None when all are taken.
  std::optional<std::string> free_abstract_name(SocketKind kind) const;

 private:
  Errc check_directory(const std::string& path) const;

  Random& random_;
  std::map<std::string, UnixSocket*, std::less<>> names_;  // by key: paths in their shortest form
  std::set<std::string, std::less<>> directories_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UNIX_NAMES_H_
