// The AF_UNIX names of one machine: paths, which are names in a namespace of its own and no files, and abstract names.
#ifndef EVERYSOCK_BACKENDS_MEMORY_UNIX_NAMES_H_
#define EVERYSOCK_BACKENDS_MEMORY_UNIX_NAMES_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "backends/memory/random.h"

namespace everysock::memory {

class UnixSocket;

class UnixNames {
 public:
  explicit UnixNames(Random& random) : random_(random) {}

  // False: the name exists.
  bool add(std::string_view name, UnixSocket& socket) {
    return names_.emplace(std::string(name), &socket).second;
  }
  bool contains(std::string_view name) const { return names_.find(name) != names_.end(); }
  // Null: no such name. A null inside: the path is still there, its socket is closed.
  UnixSocket* const* find(std::string_view name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : &found->second;
  }
  // The socket is gone: an abstract name goes with it, a path stays.
  void abandon(std::string_view name, const UnixSocket& socket) {
    const auto found = names_.find(name);
    if (found == names_.end() || found->second != &socket) return;
    if (name.front() == '\0') {
      names_.erase(found);
    } else {
      found->second = nullptr;
    }
  }
  // False: no such path.
  bool unlink(std::string_view path) {
    const auto found = names_.find(path);
    if (found == names_.end() || path.empty() || path.front() == '\0') return false;
    names_.erase(found);
    return true;
  }
  // A free abstract name: NUL and five hexadecimal digits. None when all are taken.
  std::optional<std::string> free_abstract_name() const;

 private:
  Random& random_;
  std::map<std::string, UnixSocket*, std::less<>> names_;
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_UNIX_NAMES_H_
