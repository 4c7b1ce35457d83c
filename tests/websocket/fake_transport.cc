#include "tests/websocket/fake_transport.h"

#include <utility>

namespace everysock::websocket {

FakeTransport::FakeTransport(Handler handler) : handler_(std::move(handler)), thread_([this] { run(); }) {}

FakeTransport::~FakeTransport() { FakeTransport::stop(); }

void FakeTransport::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void FakeTransport::post(std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  work_.push_back(std::move(work));
  changed_.notify_all();
}

void FakeTransport::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !work_.empty(); });
    if (work_.empty()) return;
    const auto work = std::move(work_.front());
    work_.pop_front();
    busy_ = true;
    lock.unlock();
    work();
    pump();
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

void FakeTransport::settle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return work_.empty() && !busy_; });
}

void FakeTransport::open(const std::string&, TransportListener& listener) {
  ++opens_;
  post([this, &listener] {
    listener_ = &listener;
    std::optional<LinkEnd> refusal;
    {
      const std::lock_guard lock(mutex_);
      refusal.swap(refusal_);
    }
    if (refusal) return end(*refusal);
    listener.opened();
  });
}

void FakeTransport::output_ready() {
  post([] {});
}

void FakeTransport::close(std::uint16_t code, std::string_view reason) {
  post([this, how = LinkEnd{code, std::string(reason), false}] {
    {
      const std::lock_guard lock(mutex_);
      last_close_ = how;
    }
    end(how);
  });
}

bool FakeTransport::may_block() const { return blocking_allowed_ && std::this_thread::get_id() != thread_.get_id(); }

void FakeTransport::push(std::string message) {
  post([this, message = std::move(message)] {
    if (listener_ != nullptr) listener_->message(message);
  });
}

void FakeTransport::push_text() {
  post([this] {
    if (listener_ != nullptr) listener_->text_message();
  });
}

void FakeTransport::tick() {
  post([this] {
    if (listener_ != nullptr) listener_->tick();
  });
}

void FakeTransport::drop(LinkEnd how) {
  post([this, how = std::move(how)] { end(how); });
}

void FakeTransport::refuse_next(LinkEnd how) {
  const std::lock_guard lock(mutex_);
  refusal_ = std::move(how);
}

std::optional<LinkEnd> FakeTransport::last_close() {
  const std::lock_guard lock(mutex_);
  return last_close_;
}

void FakeTransport::end(const LinkEnd& how) {
  if (TransportListener* const listener = std::exchange(listener_, nullptr)) listener->closed(how);
}

void FakeTransport::pump() {
  while (listener_ != nullptr) {
    const std::string message = listener_->next_message();
    if (message.empty()) return;
    std::string answers;
    FrameReader reader(message, Direction::to_server);
    while (!reader.done()) {
      const auto frame = reader.next();
      REQUIRE(frame);
      if (handler_ == nullptr || !handler_(*frame, answers)) answer(*frame, answers);
    }
    if (!answers.empty() && listener_ != nullptr) listener_->message(answers);
  }
}

void FakeTransport::answer(const Frame& frame, std::string& bytes) {
  const auto yes = [&](std::uint32_t request, const Address& local = {}, const Address& peer = {}) {
    append_frame(bytes, frame.handle, Done{request, local, peer});
  };
  if (std::holds_alternative<ClientHello>(frame.body)) {
    bytes += server_hello();
  } else if (const auto* open = std::get_if<Open>(&frame.body)) {
    yes(open->request);
  } else if (const auto* pair = std::get_if<OpenPair>(&frame.body)) {
    yes(pair->request, UnixAddress{}, UnixAddress{});
  } else if (const auto* close = std::get_if<Close>(&frame.body)) {
    yes(close->request);
  } else if (const auto* bind = std::get_if<Bind>(&frame.body)) {
    yes(bind->request, bind->address);
  } else if (const auto* listen = std::get_if<Listen>(&frame.body)) {
    yes(listen->request, server_address);
  } else if (const auto* connect = std::get_if<Connect>(&frame.body)) {
    yes(connect->request, client_address, connect->address);
  } else if (const auto* shutdown = std::get_if<Shutdown>(&frame.body)) {
    yes(shutdown->request);
  } else if (const auto* set = std::get_if<SetOption>(&frame.body)) {
    yes(set->request);
  } else if (const auto* get = std::get_if<GetOption>(&frame.body)) {
    append_frame(bytes, frame.handle, OptionValue{get->request, {std::string_view("\1\0\0\0", 4)}});
  } else if (const auto* datagram = std::get_if<Datagram>(&frame.body)) {
    if (datagram->request != 0) yes(datagram->request, client_address);
  } else if (const auto* lookup = std::get_if<GetAddrInfo>(&frame.body)) {
    append_frame(bytes, frame.handle,
                 AddressList{lookup->request, {{af_inet, sock_stream, ipproto_tcp, "", server_address}}});
  }
}

}  // namespace everysock::websocket
