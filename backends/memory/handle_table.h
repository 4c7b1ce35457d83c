// The numbers that a machine's programs know sockets by.
#ifndef EVERYSOCK_BACKENDS_MEMORY_HANDLE_TABLE_H_
#define EVERYSOCK_BACKENDS_MEMORY_HANDLE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "backends/memory/kernel_socket.h"

namespace everysock::memory {

// As descriptors: the lowest free number is given out first, from 3 (programs that print 0 to 2 mean something else).
class HandleTable {
 public:
  explicit HandleTable(std::int32_t limit) : limit_(limit) {}

  // EMFILE.
  Result<Handle> add(std::shared_ptr<KernelSocket> socket, Operation operation, bool inheritable = false) {
    while (lowest_ < entries_.size() && entries_[lowest_].socket != nullptr) ++lowest_;
    if (lowest_ >= static_cast<std::size_t>(limit_)) return fail(operation, Errc::emfile);
    if (lowest_ == entries_.size()) entries_.emplace_back();
    socket->add_handle();
    entries_[lowest_] = {std::move(socket), inheritable};
    return static_cast<Handle>(static_cast<std::int64_t>(lowest_++) + kFirst);
  }
  bool full() const noexcept {
    for (std::size_t i = lowest_; i < entries_.size(); ++i) {
      if (entries_[i].socket == nullptr) return false;
    }
    return entries_.size() >= static_cast<std::size_t>(limit_);
  }

  // Null where the handle is not open.
  KernelSocket* find(Handle handle) const noexcept {
    const std::size_t index = index_of(handle);
    return index < entries_.size() ? entries_[index].socket.get() : nullptr;
  }
  bool* inheritable(Handle handle) noexcept {
    return find(handle) == nullptr ? nullptr : &entries_[index_of(handle)].inheritable;
  }

  // The handle is open. Ends the watches on it, and the socket with its last handle.
  void remove(Handle handle) {
    const std::size_t index = index_of(handle);
    const std::shared_ptr<KernelSocket> socket = std::move(entries_[index].socket);
    entries_[index].socket = nullptr;
    if (index < lowest_) lowest_ = index;
    socket->watchers().handle_closed(handle);
    socket->drop_handle();
  }
  void remove_all() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].socket != nullptr) remove(static_cast<Handle>(static_cast<std::int64_t>(i) + kFirst));
    }
  }

 private:
  static constexpr std::int64_t kFirst = 3;
  struct Entry {
    std::shared_ptr<KernelSocket> socket;
    bool inheritable = false;
  };
  static std::size_t index_of(Handle handle) noexcept {
    return static_cast<std::size_t>(static_cast<std::int64_t>(handle) - kFirst);
  }

  const std::int32_t limit_;
  std::vector<Entry> entries_;
  std::size_t lowest_ = 0;  // no free entry below this one
};

}  // namespace everysock::memory

#endif  // EVERYSOCK_BACKENDS_MEMORY_HANDLE_TABLE_H_
