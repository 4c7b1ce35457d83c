// The pollers of a backend and the waits under way, which are told of the sockets that it closes and shuts down.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_POLLER_LIST_H_
#define EVERYSOCK_BACKENDS_WINSOCK_POLLER_LIST_H_

#include <algorithm>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

#include "everysock/backend.h"

namespace everysock::winsock {

class PollerList {
 public:
  class Member {
   public:
    virtual ~Member() = default;
    // `handle` is about to be closed, and its number may then be another socket's.
    virtual void forget(Handle handle) = 0;
    // shutdown() of `handle` has ended receiving, so that it is ready to read; the driver does not tell.
    virtual void receiving_ended(Handle handle) = 0;
  };

  void add(Member& member) {
    absl::MutexLock lock(&mutex_);
    members_.push_back(&member);
  }
  void remove(Member& member) {
    absl::MutexLock lock(&mutex_);
    members_.erase(std::remove(members_.begin(), members_.end(), &member), members_.end());
  }
  void forget(Handle handle) {
    absl::MutexLock lock(&mutex_);
    for (Member* member : members_) member->forget(handle);
  }
  void receiving_ended(Handle handle) {
    absl::MutexLock lock(&mutex_);
    for (Member* member : members_) member->receiving_ended(handle);
  }

 private:
  absl::Mutex mutex_;
  std::vector<Member*> members_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_POLLER_LIST_H_
