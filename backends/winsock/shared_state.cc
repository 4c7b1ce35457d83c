#include "backends/winsock/shared_state.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace everysock::winsock {

struct SharedState {
  std::vector<SOCKET> members;
  bool blocking = true;
  Directions ended;
  int accepting = 0;
};

namespace {

struct States {
  absl::Mutex mutex;
  absl::flat_hash_map<SOCKET, std::shared_ptr<SharedState>> by_member ABSL_GUARDED_BY(mutex);

  std::shared_ptr<SharedState>& of(SOCKET socket) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    std::shared_ptr<SharedState>& state = by_member[socket];
    if (!state) {
      state = std::make_shared<SharedState>();
      state->members = {socket};
    }
    return state;
  }

  void leave(SOCKET socket) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    const auto found = by_member.find(socket);
    if (found == by_member.end()) return;
    std::vector<SOCKET>& members = found->second->members;
    members.erase(std::remove(members.begin(), members.end(), socket), members.end());
    by_member.erase(found);
  }
};

// Of the process, as sockets are; never destroyed, for threads that outlive main().
States& states() {
  static States& instance = *new States;
  return instance;
}

}  // namespace

bool is_blocking(SOCKET socket) {
  States& all = states();
  absl::MutexLock lock(&all.mutex);
  const auto found = all.by_member.find(socket);
  return found == all.by_member.end() || found->second->blocking;
}

Directions ended(SOCKET socket) {
  States& all = states();
  absl::MutexLock lock(&all.mutex);
  const auto found = all.by_member.find(socket);
  return found == all.by_member.end() ? Directions() : found->second->ended;
}

std::vector<SOCKET> end(SOCKET socket, Directions directions) {
  States& all = states();
  absl::MutexLock lock(&all.mutex);
  SharedState& state = *all.of(socket);
  state.ended.receiving |= directions.receiving;
  state.ended.sending |= directions.sending;
  return state.members;
}

Accepting::Accepting(SOCKET socket)
    : state_([&] {
        States& all = states();
        absl::MutexLock lock(&all.mutex);
        const std::shared_ptr<SharedState> state = all.of(socket);
        ++state->accepting;
        return state;
      }()) {}

Accepting::~Accepting() {
  absl::MutexLock lock(&states().mutex);
  --state_->accepting;
}

bool is_accepting(SOCKET socket) {
  States& all = states();
  absl::MutexLock lock(&all.mutex);
  const auto found = all.by_member.find(socket);
  return found != all.by_member.end() && found->second->accepting > 0;
}

bool set_blocking_mode(SOCKET socket, bool blocking) {
  States& all = states();
  absl::MutexLock lock(&all.mutex);
  u_long nonblocking = blocking ? 0 : 1;
  if (::ioctlsocket(socket, FIONBIO, &nonblocking) != 0) return false;
  SharedState& state = *all.of(socket);
  state.blocking = blocking;
  for (const SOCKET member : state.members) {
    if (member != socket) (void)::ioctlsocket(member, FIONBIO, &nonblocking);
  }
  return true;
}

void share_state(SOCKET original, SOCKET duplicate) {
  States& all = states();
  absl::MutexLock lock(&all.mutex);
  all.leave(duplicate);
  const std::shared_ptr<SharedState> shared = all.of(original);
  shared->members.push_back(duplicate);
  all.by_member[duplicate] = shared;
  u_long nonblocking = shared->blocking ? 0 : 1;
  (void)::ioctlsocket(duplicate, FIONBIO, &nonblocking);
}

void forget_state(SOCKET socket) {
  States& all = states();
  absl::MutexLock lock(&all.mutex);
  all.leave(socket);
}

}  // namespace everysock::winsock
