#include "web/proxy/session/unix_names.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "platform/file_path.h"
#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxNames = 4096;

// The directories of every client's name space.
constexpr std::string_view kDirectories[] = {"", ".", "/", "/dev/shm", "/home", "/run", "/tmp", "/var/run", "/var/tmp"};

// Different spellings of one path are one name; a path ends at a NUL, an abstract name does not.
std::string key_of(const UnixAddress& name) {
  const std::string_view path = name.path.view();
  if (name.is_abstract()) return std::string(path);
  return normal_path(path.substr(0, path.find('\0')));
}

// The directory of a normal path.
std::string_view parent_of(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return path.substr(0, std::max<std::size_t>(slash, 1));
}

}  // namespace

std::string normal_path(std::string_view path) {
  if (path.empty()) return {};
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> names;
  bool slash_at_end = false;
  for (const std::string_view name : text::split(path, '/')) {
    slash_at_end = true;
    if (name.empty() || name == ".") continue;
    if (name != "..") {
      names.push_back(name);
      slash_at_end = false;
    } else if (!names.empty() && names.back() != "..") {
      names.pop_back();
    } else if (!absolute) {
      names.push_back(name);
    }
  }
  std::string normal = absolute ? "/" : "";
  for (std::size_t i = 0; i < names.size(); ++i) normal += text::join(i == 0 ? "" : "/", names[i]);
  if (slash_at_end && !names.empty() && names.back() != "..") normal += '/';
  return normal.empty() ? "." : normal;
}

UnixNames::~UnixNames() {
  std::error_code error;
  if (directory_made_) fs::remove_all(client_directory_path(), error);
}

std::string UnixNames::client_directory() const { return text::join(settings_.directory, "/", client_); }

std::filesystem::path UnixNames::client_directory_path() const {
  return platform::file_path(client_directory()).value_or(fs::path());
}

bool UnixNames::is_allowed(std::string_view path) const {
  if (settings_.allowed.empty() || path.empty()) return false;
  const auto name = platform::file_path(path);
  if (!name) return false;
  std::error_code error;
  const std::string real = platform::path_text(fs::weakly_canonical(*name, error));
  if (error) return false;
  return std::any_of(settings_.allowed.begin(), settings_.allowed.end(), [&](const std::string& allowed) {
    return allowed.ends_with('/') ? real.starts_with(allowed) : real == allowed;
  });
}

Result<UnixAddress> UnixNames::to_bind(const UnixAddress& name) {
  if (name.is_unnamed() || (!name.is_abstract() && is_allowed(name.path.view()))) return name;
  if (real_by_name_.contains(key_of(name))) return fail(Operation::bind, Errc::eaddrinuse);
  if (const auto missing = check_directory(Operation::bind, key_of(name)); !missing) return Unexpected(missing.error());
  if (real_by_name_.size() >= kMaxNames) return fail(Operation::bind, Errc::enospc);
  const std::uint64_t number = next_++;
  if (name.is_abstract()) {
    return UnixAddress{std::string(1, '\0') + text::join("everysock/", settings_.nonce, "/", client_, "/", number)};
  }
  if (settings_.directory.empty()) return UnixAddress{text::join("everysock-", client_, "-", number)};
  if (!directory_made_) {
    std::error_code error;
    fs::create_directory(client_directory_path(), error);
    if (error) return fail(Operation::bind, Errc::eacces);
    directory_made_ = true;
  }
  return UnixAddress{text::join(client_directory(), "/", number)};
}

void UnixNames::bound(const UnixAddress& name, const UnixAddress& real) {
  if (!name.is_abstract() && name == real && is_allowed(real.path.view())) return;  // everybody calls it so
  const UnixAddress& known_as = name.is_unnamed() ? real : name;
  real_by_name_[key_of(known_as)] = real.path.str();
  name_by_real_[real.path.str()] = known_as.path.str();
}

void UnixNames::closed(const UnixAddress& real) {
  if (!real.is_abstract()) return;
  const auto node = name_by_real_.extract(real.path.str());
  if (!node.empty()) real_by_name_.erase(key_of(UnixAddress{node.mapped()}));
}

bool UnixNames::is_private(const UnixAddress& real) const {
  const auto found = name_by_real_.find(real.path.str());
  return found != name_by_real_.end() && found->second != real.path.view();
}

Result<UnixAddress> UnixNames::to_reach(Operation operation, const UnixAddress& name) const {
  if (name.is_unnamed()) return name;
  if (const auto found = real_by_name_.find(key_of(name)); found != real_by_name_.end()) {
    return UnixAddress{found->second};
  }
  if (name.is_abstract()) return fail(operation, Errc::econnrefused);
  if (is_allowed(name.path.view())) return name;
  if (const auto missing = check_directory(operation, key_of(name)); !missing) return Unexpected(missing.error());
  return fail(operation, Errc::enoent);
}

Result<void> UnixNames::check_directory(Operation operation, const std::string& key) const {
  if (key.starts_with('\0')) return {};
  const std::string parent(parent_of(key));
  if (std::find(std::begin(kDirectories), std::end(kDirectories), parent) != std::end(kDirectories)) return {};
  return fail(operation, real_by_name_.contains(parent) ? Errc::enotdir : Errc::enoent);
}

UnixAddress UnixNames::to_client(const UnixAddress& real) const {
  if (const auto found = name_by_real_.find(real.path.str()); found != name_by_real_.end()) {
    return UnixAddress{found->second};
  }
  return !real.is_abstract() && is_allowed(real.path.view()) ? real : UnixAddress{};
}

}  // namespace everysock::proxy
