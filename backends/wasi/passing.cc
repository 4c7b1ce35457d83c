#include "backends/wasi/passing.h"

#include <cstring>
#include <string>
#include <utility>

#include "backends/wasi/control.h"

namespace everysock::wasi {
namespace {

using Number = std::int32_t;  // an element of SCM_RIGHTS

std::size_t count_of(const ControlMessage& item) { return item.data.size() / sizeof(Number); }

Number number_at(const ControlMessage& item, std::size_t index) {
  Number number = 0;
  std::memcpy(&number, item.data.data() + index * sizeof(number), sizeof(number));
  return number;
}

void put_number(ControlMessage& item, std::size_t index, std::int64_t number) {
  const auto narrow = static_cast<Number>(number);
  std::memcpy(item.data.data() + index * sizeof(narrow), &narrow, sizeof(narrow));
}

}  // namespace

Result<std::size_t> Passing::send(Handle over, const SendRequest& request) {
  if (request.control.empty()) return local_.send(over, request);
  std::vector<ControlMessage> items(request.control.begin(), request.control.end());
  std::vector<std::shared_ptr<Socket>> sockets;
  for (const ControlMessage& item : items) {
    if (is_credentials(item)) return fail(Operation::send, Errc::eopnotsupp);
    if (!is_rights(item)) continue;
    for (std::size_t i = 0; i < count_of(item); ++i) {
      if (auto socket = table_.find(Handle{number_at(item, i)})) sockets.push_back(std::move(socket));
    }
  }
  Handle token = Handle::invalid;
  if (!sockets.empty()) {
    const auto made = make_token(std::move(sockets));
    if (!made) return Unexpected(made.error().in(Operation::send));
    token = *made;
  }
  for (ControlMessage& item : items) {
    if (!is_rights(item)) continue;
    item.level = sol_socket;
    // What is not open is for the other backend to refuse, in its turn.
    for (std::size_t i = 0; i < count_of(item); ++i) {
      put_number(item, i, table_.find(Handle{number_at(item, i)}) ? local_.native(token) : -1);
    }
  }
  SendRequest local = request;
  local.control = items;
  const auto sent = local_.send(over, local);
  if (token != Handle::invalid) close(token);
  return sent;
}

Result<std::size_t> Passing::receive(Handle over, ReceiveRequest& request) {
  std::vector<ControlMessage> items;
  ReceiveRequest local = request;
  if (request.control != nullptr) local.control = &items;
  const auto received = local_.receive(over, local);
  request.received_flags = local.received_flags;
  std::size_t unpacked = 0;
  for (ControlMessage& item : items) {
    if (is_rights(item)) {
      unpack(item, unpacked, !request.flags.has(msg_cmsg_cloexec));
      unpacked += count_of(item);
    }
    request.control->push_back(std::move(item));
  }
  sweep();
  return received;
}

void Passing::close(Handle handle) {
  (void)local_.close(handle);  // nothing is lost by it
  sweep();
}

void Passing::drop_all() {
  while (!messages_.empty()) {
    const auto first = messages_.begin();
    const Message message = std::move(first->second);
    messages_.erase(first);
    (void)local_.close(message.watch);
  }
}

Result<Handle> Passing::make_token(std::vector<std::shared_ptr<Socket>> sockets) {
  const auto pair = local_.open_pair(af_unix, sock_stream, Protocol());
  if (!pair) return Unexpected(pair.error());
  const auto [token, watch] = *pair;
  messages_.emplace(cookie_of(token), Message{std::move(sockets), watch});
  return token;
}

Passing::Cookie Passing::cookie_of(Handle handle) {
  Cookie cookie = 0;
  (void)local_.get_option(handle, sol_socket, so_cookie, std::as_writable_bytes(std::span(&cookie, 1)));
  return cookie;
}

void Passing::unpack(ControlMessage& item, std::size_t before, bool inheritable) {
  for (std::size_t i = 0; i < count_of(item); ++i) {
    const Handle token{number_at(item, i)};
    const Message& message = messages_.at(cookie_of(token));
    put_number(item, i, static_cast<std::int64_t>(table_.add(message.sockets[before + i], inheritable)));
    (void)local_.close(token);
  }
}

void Passing::sweep() {
  // What is released may be a socket with messages of its own, which the outer call then finds.
  if (std::exchange(sweeping_, true)) return;
  while (auto message = take_one_that_is_gone()) {
    (void)local_.close(message->watch);
    for (auto& socket : message->sockets) table_.release(std::move(socket));
  }
  sweeping_ = false;
}

std::optional<Passing::Message> Passing::take_one_that_is_gone() {
  for (auto each = messages_.begin(); each != messages_.end(); ++each) {
    WaitItem item{each->second.watch, Interest::read};
    const auto ready = local_.wait({&item, 1}, Deadline::passed());
    if (!ready || *ready == 0) continue;
    Message gone = std::move(each->second);
    messages_.erase(each);
    return gone;
  }
  return std::nullopt;
}

}  // namespace everysock::wasi
