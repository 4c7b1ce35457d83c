#include "everysock/selector.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

#include "everysock/socket.h"
#include "src/renamed.h"
#include "src/timeout.h"

namespace everysock {
namespace {

constexpr Operation kOperation = Operation::select;

struct Watch {
  Socket* socket;
  Handle handle;
  void* data;
};

}  // namespace

struct Selector::State {
  Backend& backend;
  std::unique_ptr<Poller> poller;
  // By socket; the poller's token is the address of the watch, so that an event needs no look-up.
  absl::flat_hash_map<const Socket*, std::unique_ptr<Watch>> watches;
  std::vector<ReadyEvent> ready;
  std::vector<Event> events;
};

Selector::Selector(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
Selector::Selector(Selector&&) noexcept = default;
Selector& Selector::operator=(Selector&&) noexcept = default;
Selector::~Selector() = default;

Result<Selector> Selector::create(Backend& backend) {
  auto poller = backend.new_poller();
  if (!poller) return Unexpected(poller.error().in(kOperation));
  return Selector(std::make_unique<State>(State{backend, std::move(*poller), {}, {}, {}}));
}

Result<void> Selector::add(Socket& socket, Interest interest, void* data) {
  if (interest == Interest::none) return fail(kOperation, UsageErrc::no_interest);
  if (socket.handle() == Handle::invalid) return fail(kOperation, Errc::ebadf);
  if (socket.backend() != &state_->backend) return fail(kOperation, UsageErrc::mixed_backends);
  const auto [entry, fresh] = state_->watches.try_emplace(&socket);
  if (!fresh) return fail(kOperation, UsageErrc::already_registered);
  entry->second = std::make_unique<Watch>(Watch{&socket, socket.handle(), data});
  const auto token = reinterpret_cast<std::uintptr_t>(entry->second.get());
  auto added = state_->poller->add(socket.handle(), interest, token);
  if (!added) {
    state_->watches.erase(entry);
    return Unexpected(added.error().in(kOperation));
  }
  return {};
}

Result<void> Selector::modify(Socket& socket, Interest interest, void* data) {
  if (interest == Interest::none) return fail(kOperation, UsageErrc::no_interest);
  const auto entry = state_->watches.find(&socket);
  if (entry == state_->watches.end()) return fail(kOperation, UsageErrc::not_registered);
  Watch& watch = *entry->second;
  auto modified = state_->poller->modify(watch.handle, interest, reinterpret_cast<std::uintptr_t>(&watch));
  if (!modified) return Unexpected(modified.error().in(kOperation));
  watch.data = data;
  return {};
}

Result<void> Selector::remove(Socket& socket) {
  const auto entry = state_->watches.find(&socket);
  if (entry == state_->watches.end()) return fail(kOperation, UsageErrc::not_registered);
  // The watch goes whatever the poller says: a socket closed too early is known to nobody any more.
  const auto removed = state_->poller->remove(entry->second->handle);
  state_->watches.erase(entry);
  if (!removed && removed.error() != Errc::ebadf && removed.error() != Errc::enoent) {
    return Unexpected(removed.error().in(kOperation));
  }
  return {};
}

std::size_t Selector::size() const noexcept { return state_->watches.size(); }

Result<std::span<const Selector::Event>> Selector::select(Timeout timeout) {
  const auto nanoseconds = internal::timeout_nanoseconds(kOperation, timeout);
  if (!nanoseconds) return Unexpected(nanoseconds.error());
  const Deadline deadline = *nanoseconds == internal::kBlocking ? Deadline::never()
                            : *nanoseconds == 0                 ? Deadline::passed()
                                                                : Deadline::after(state_->backend.now(), *nanoseconds);
  constexpr std::size_t kMostEvents = 1024;
  state_->ready.resize(std::clamp<std::size_t>(state_->watches.size(), 1, kMostEvents));
  for (;;) {
    const auto count = state_->poller->wait(state_->ready, deadline);
    if (!count) {
      if (count.error() == Errc::eintr) continue;
      return Unexpected(count.error().in(kOperation));
    }
    state_->events.clear();
    for (std::size_t i = 0; i < *count; ++i) {
      const auto& watch = *reinterpret_cast<const Watch*>(static_cast<std::uintptr_t>(state_->ready[i].token));
      state_->events.push_back({watch.socket, state_->ready[i].ready, watch.data});
    }
    return std::span<const Event>(state_->events);
  }
}

void Selector::wake() { state_->poller->wake(); }

Result<void> Selector::set_callback(std::function<void()> callback) {
  return internal::renamed(kOperation, state_->poller->set_callback(std::move(callback)));
}

}  // namespace everysock
