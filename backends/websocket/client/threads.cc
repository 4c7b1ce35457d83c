#include <thread>

#include "backends/websocket/client/backend.h"

namespace everysock::websocket {

void WebsocketBackend::thread_finished() {
  Session::Lock lock(session_);
  finished_threads_.insert(std::hash<std::thread::id>()(std::this_thread::get_id()));
  for (Waiter* const waiter : joining_) waiter->wake();
}

void WebsocketBackend::thread_joins(std::uint64_t thread, bool begins) {
  Session::Lock lock(session_);
  if (!begins) {
    finished_threads_.erase(thread);
    return;
  }
  if (!lock.may_suspend()) return;
  const Session::Borrowed waiter(session_);
  joining_.push_back(waiter.get());
  while (!finished_threads_.contains(thread)) lock.wait(*waiter, Deadline::never());
  std::erase(joining_, waiter.get());
}

}  // namespace everysock::websocket
