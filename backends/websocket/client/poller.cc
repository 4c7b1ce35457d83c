#include "backends/websocket/client/poller.h"

#include <algorithm>

#include "backends/websocket/client/backend.h"

namespace everysock::websocket {

void Watch::wake() { poller.propose(shared_from_this()); }

void Watch::retire() {
  const auto self = shared_from_this();
  socket->unwatch(*this);
  retired = true;
  poller.watches_.erase(handle);
}

WebsocketPoller::WebsocketPoller(WebsocketBackend& backend) : backend_(backend) {}

WebsocketPoller::~WebsocketPoller() {
  Session::Lock lock(backend_.session_);
  for (auto& [handle, watch] : watches_) watch->socket->unwatch(*watch);
}

Result<void> WebsocketPoller::add(Handle handle, Interest interest, std::uint64_t token) {
  Session::Lock lock(backend_.session_);
  const auto entry = backend_.handles_.find(handle);
  if (entry == backend_.handles_.end()) return fail(Operation::select, Errc::ebadf);
  if (watches_.contains(handle)) return fail(Operation::select, Errc::eexist);
  auto watch = std::make_shared<Watch>(*this, handle, entry->second.socket);
  watch->interest = interest;
  watch->token = token;
  watch->socket->watchers.push_back(watch.get());
  auto& watches = entry->second.watches;
  std::erase_if(watches, [](const auto& weak) { return weak.expired(); });
  watches.push_back(watch);
  watches_.emplace(handle, watch);
  propose(watch);
  return {};
}

Result<void> WebsocketPoller::modify(Handle handle, Interest interest, std::uint64_t token) {
  Session::Lock lock(backend_.session_);
  const auto found = watches_.find(handle);
  if (found == watches_.end()) return fail(Operation::select, Errc::enoent);
  const std::shared_ptr<Watch> watch = found->second;
  watch->interest = interest;
  watch->token = token;
  propose(watch);
  return {};
}

Result<void> WebsocketPoller::remove(Handle handle) {
  Session::Lock lock(backend_.session_);
  const auto found = watches_.find(handle);
  if (found == watches_.end()) return fail(Operation::select, Errc::enoent);
  found->second->retire();
  return {};
}

// Takes the candidates that are ready. They stay candidates: readiness is reported as long as it lasts.
std::size_t WebsocketPoller::collect(std::span<ReadyEvent> events) {
  std::size_t count = 0;
  for (std::size_t left = candidates_.size(); left > 0 && count < events.size(); --left) {
    std::shared_ptr<Watch> watch = std::move(candidates_.front());
    candidates_.pop_front();
    const Interest ready = watch->retired ? Interest::none : watch->socket->readiness() & watch->interest;
    if (ready == Interest::none) {
      watch->candidate = false;
      continue;
    }
    events[count++] = {watch->token, ready};
    candidates_.push_back(std::move(watch));
  }
  return count;
}

Result<std::size_t> WebsocketPoller::wait(std::span<ReadyEvent> events, Deadline deadline) {
  Session::Lock lock(backend_.session_);
  announced_ = false;
  std::size_t count = collect(events);
  if (count > 0 || woken_ || events.empty() || deadline == Deadline::passed()) {
    woken_ = false;
    return count;
  }
  if (!lock.may_block()) return fail(Operation::select, UsageErrc::would_block_page);
  const Session::Borrowed waiter(backend_.session_);
  sleeper_ = waiter.get();
  while (count == 0 && !woken_ && lock.wait(*waiter, deadline)) count = collect(events);
  sleeper_ = nullptr;
  woken_ = false;
  return count;
}

void WebsocketPoller::wake() {
  Session::Lock lock(backend_.session_);
  woken_ = true;
  announce();
}

Result<void> WebsocketPoller::set_callback(std::function<void()> callback) {
  Session::Lock lock(backend_.session_);
  callback_ = callback ? std::make_shared<std::function<void()>>(std::move(callback)) : nullptr;
  announced_ = false;
  if (!candidates_.empty()) announce();
  return {};
}

void WebsocketPoller::propose(const std::shared_ptr<Watch>& watch) {
  if (!watch->candidate) {
    watch->candidate = true;
    candidates_.push_back(watch);
  }
  // It may have been a candidate that was not ready when it was looked at last.
  if ((watch->socket->readiness() & watch->interest) != Interest::none) announce();
}

void WebsocketPoller::announce() {
  if (sleeper_ != nullptr) sleeper_->wake();
  if (callback_ == nullptr || announced_) return;
  announced_ = true;
  backend_.session_.wake_list().callbacks.push_back(callback_);
}

Result<std::size_t> WebsocketBackend::wait(std::span<WaitItem> items, Deadline deadline) {
  Session::Lock lock(session_);
  std::vector<SocketPointer> sockets;
  sockets.reserve(items.size());
  for (const WaitItem& item : items) {
    auto socket = find(item.handle, Operation::select);
    if (!socket) return Unexpected(socket.error());
    sockets.push_back(std::move(*socket));
  }
  const auto look = [&] {
    std::size_t count = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      items[i].ready = sockets[i]->readiness() & items[i].interest;
      if (items[i].ready != Interest::none) ++count;
    }
    return count;
  };
  std::size_t count = look();
  if (count > 0 || deadline == Deadline::passed()) return count;
  if (!lock.may_block()) return fail(Operation::select, UsageErrc::would_block_page);
  const Session::Borrowed waiter(session_);
  for (const SocketPointer& socket : sockets) socket->watchers.push_back(waiter.get());
  while (count == 0 && lock.wait(*waiter, deadline)) count = look();
  for (const SocketPointer& socket : sockets) socket->unwatch(*waiter);
  return count;
}

Result<std::unique_ptr<Poller>> WebsocketBackend::new_poller() { return std::make_unique<WebsocketPoller>(*this); }

}  // namespace everysock::websocket
