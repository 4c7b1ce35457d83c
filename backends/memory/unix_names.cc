#include "backends/memory/unix_names.h"

#include <vector>

#include "backends/memory/unix_socket.h"

namespace everysock::memory {
namespace {

bool is_abstract(std::string_view name) { return name.empty() || name.front() == '\0'; }

// "a", "./a" and ".//a" are one path; ".." is taken by its word, as there are no links. A path from the current
// directory stays apart from those from the root, and the two directories themselves are "." and "/".
std::string shortest(std::string_view name) {
  if (is_abstract(name)) return std::string(name);
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start < name.size();) {
    const std::size_t end = std::min(name.find('/', start), name.size());
    const std::string_view part = name.substr(start, end - start);
    start = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string path = name.front() == '/' ? "" : ".";
  for (const std::string_view part : parts) path.append("/").append(part);
  return path.empty() ? "/" : path;
}

// Abstract names of different kinds are different names.
std::string key_of(std::string_view name, SocketKind kind) {
  if (!is_abstract(name)) return shortest(name);
  return std::string(name).append(1, static_cast<char>(kind.value()));
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

UnixNames::UnixNames(Random& random) : random_(random), directories_({"/", "."}) {
  for (const char* path : {"/dev/shm", "/home", "/run", "/tmp", "/var/run", "/var/tmp"}) make_directories(path);
}

void UnixNames::make_directories(std::string_view name) {
  for (std::string path = shortest(name); directories_.insert(path).second;) path = parent_of(path);
}

Errc UnixNames::check_directory(const std::string& path) const {
  if (path == "/" || path == ".") return Errc::ok;
  const std::string parent = parent_of(path);
  if (directories_.count(parent) != 0) return Errc::ok;
  return names_.count(parent) != 0 ? Errc::enotdir : Errc::enoent;
}

Errc UnixNames::obstacle(std::string_view name) const {
  if (is_abstract(name)) return Errc::ok;
  const std::string path = shortest(name);
  if (const Errc error = check_directory(path); error != Errc::ok) return error;
  return names_.count(path) != 0 || directories_.count(path) != 0 ? Errc::eaddrinuse : Errc::ok;
}

bool UnixNames::add(std::string_view name, UnixSocket& socket) {
  return names_.emplace(key_of(name, socket.kind()), &socket).second;
}

Result<UnixSocket*> UnixNames::find(Operation operation, std::string_view name, SocketKind kind) const {
  const std::string path = key_of(name, kind);
  const auto found = names_.find(path);
  if (found != names_.end() && found->second != nullptr) {
    if (found->second->kind() != kind) return fail(operation, Errc::eprototype);
    return found->second;
  }
  if (found != names_.end() || is_abstract(name) || directories_.count(path) != 0) {
    return fail(operation, Errc::econnrefused);
  }
  const Errc error = check_directory(path);
  return fail(operation, error == Errc::ok ? Errc::enoent : error);
}

void UnixNames::abandon(std::string_view name, const UnixSocket& socket) {
  const auto found = names_.find(key_of(name, socket.kind()));
  if (found == names_.end() || found->second != &socket) return;
  if (is_abstract(name)) {
    names_.erase(found);
  } else {
    found->second = nullptr;
  }
}

bool UnixNames::unlink(std::string_view path) { return !is_abstract(path) && names_.erase(shortest(path)) != 0; }

std::optional<std::string> UnixNames::free_abstract_name(SocketKind kind) const {
  constexpr std::uint64_t kCount = 0x100000;
  const std::uint64_t start = random_.below(kCount);
  for (std::uint64_t i = 0; i < kCount; ++i) {
    std::string name(6, '\0');
    std::uint64_t number = (start + i) % kCount;
    for (std::size_t digit = 5; digit > 0; --digit, number /= 16) name[digit] = "0123456789abcdef"[number % 16];
    if (names_.count(key_of(name, kind)) == 0) return name;
  }
  return std::nullopt;
}

}  // namespace everysock::memory
