#include "backends/websocket/browser/io_thread.h"

#include <emscripten/eventloop.h>
#include <emscripten/proxying.h>
#include <emscripten/threading.h>
#include <pthread.h>

#include <utility>

namespace everysock::websocket {
namespace {

// A WebSocket takes any amount at once. Beyond this much that has not left yet, output stays where it can still be
// joined, and where its senders' credit holds them back.
constexpr std::size_t enough_buffered = std::size_t{4} << 20;
// WebSockets do not tell when they have room again.
constexpr double retry_milliseconds = 2;

thread_local const IoThread* current = nullptr;

}  // namespace

std::shared_ptr<IoThread> IoThread::start() {
  auto io = std::make_shared<IoThread>();
  io->self_ = io;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  const auto body = [](void* argument) -> void* {
    emscripten_runtime_keepalive_push();  // on in the event loop, when this function has returned
    static_cast<IoThread*>(argument)->listen();
    return nullptr;
  };
  pthread_t thread;
  const int failed = pthread_create(&thread, &attributes, body, io.get());
  pthread_attr_destroy(&attributes);
  if (failed == 0) return io;
  io->self_.reset();
  return nullptr;
}

std::shared_ptr<IoThread> IoThread::start_on_main_thread() {
  auto io = std::make_shared<IoThread>();
  io->self_ = io;
  io->on_main_thread_ = true;
  web_socket::close_at_exit();
  if (emscripten_is_main_runtime_thread() != 0) {
    io->listen();
  } else {
    emscripten_proxy_async(
        emscripten_proxy_get_system_queue(), emscripten_main_runtime_thread_id(),
        [](void* self) { static_cast<IoThread*>(self)->listen(); }, io.get());
  }
  return io;
}

void IoThread::listen() {
  if (std::exchange(listening_, true)) return;
  current = this;
  bell_.listen(*this);
}

bool IoThread::is_current() const {
  return on_main_thread_ ? emscripten_is_main_runtime_thread() != 0 : current == this;
}

// ---- orders ----

void IoThread::open(const std::string& url, TransportListener& listener) {
  {
    const std::lock_guard lock(orders_);
    to_open_ = Open{url, &listener};
    to_close_.reset();
  }
  ring();
}

void IoThread::close(std::uint16_t code, std::string_view reason) {
  {
    const std::lock_guard lock(orders_);
    to_close_ = LinkEnd{code, std::string(reason), false};
  }
  ring();
}

void IoThread::stop() {
  {
    const std::lock_guard lock(calling_);
    listener_ = nullptr;
    if (std::exchange(stopped_, true)) return;
  }
  {
    const std::lock_guard lock(orders_);
    to_stop_ = true;
  }
  ring();
}

void IoThread::ring() {
  if (!is_current() || at_work_) {
    bell_.ring();
  } else if (listening_) {
    event([] {});
  } else {
    listen();  // which looks at once
  }
}

void IoThread::take_orders() {
  std::optional<Open> open;
  std::optional<LinkEnd> close;
  bool stop = false;
  {
    const std::lock_guard lock(orders_);
    open = std::exchange(to_open_, std::nullopt);
    close = std::exchange(to_close_, std::nullopt);
    stop = to_stop_;
  }
  if (open && !stop) {
    {
      const std::lock_guard lock(calling_);
      if (!stopped_) listener_ = open->listener;
    }
    in_use_ = true;
    web_socket::open(open->url, *this);
  }
  if (close && in_use_) {
    send_output();
    web_socket::drop(*this, close->code, close->reason);
    ended(*close);
  }
  if (stop) finish();
}

void IoThread::ended(const LinkEnd& end) {
  sending_ = false;
  in_use_ = false;
  const std::lock_guard lock(calling_);
  if (TransportListener* const listener = std::exchange(listener_, nullptr)) listener->closed(end);
}

void IoThread::finish() {
  web_socket::drop(*this, 1000, "");
  sending_ = false;
  bell_.stop();
  if (retry_ != 0) emscripten_clear_timeout(retry_);
  // The thread ends with this timer, when nothing refers to this object any more.
  if (!on_main_thread_) emscripten_runtime_keepalive_pop();
  emscripten_set_timeout([](void* self) { static_cast<IoThread*>(self)->self_.reset(); }, 0, this);
}

void IoThread::answer() {
  const bool was_at_work = std::exchange(at_work_, true);
  take_orders();
  send_output();
  sleeper_.resume_if_notified();
  at_work_ = was_at_work;
}

void IoThread::send_output() {
  while (sending_) {
    if (web_socket::buffered(*this) >= enough_buffered) {
      if (retry_ != 0) return;
      const auto retry = [](void* self) {
        auto& io = *static_cast<IoThread*>(self);
        io.retry_ = 0;
        io.event([] {});
      };
      retry_ = emscripten_set_timeout(retry, retry_milliseconds, this);
      return;
    }
    std::string message;
    tell([&](TransportListener& listener) { message = listener.next_message(); });
    if (message.empty()) return;
    web_socket::send(*this, message);
  }
}

// ---- events ----

template <typename Call>
void IoThread::tell(Call call) {
  const std::lock_guard lock(calling_);
  if (listener_ != nullptr) call(*listener_);
}

template <typename Call>
void IoThread::event(Call call) {
  at_work_ = true;
  bell_.begin_event();
  call();
  bell_.end_event();
  at_work_ = false;
}

void IoThread::on_open() {
  event([this] {
    sending_ = true;
    tell([](TransportListener& listener) { listener.opened(); });
  });
}

char* IoThread::room_for(std::size_t size) {
  if (message_.size() < size) message_.resize(size);
  return message_.data();
}

void IoThread::on_message(std::string_view bytes) {
  event([this, bytes] { tell([bytes](TransportListener& listener) { listener.message(bytes); }); });
}

void IoThread::on_text_message() {
  event([this] { tell([](TransportListener& listener) { listener.text_message(); }); });
}

void IoThread::on_second() {
  event([this] { tell([](TransportListener& listener) { listener.tick(); }); });
}

void IoThread::on_close(const LinkEnd& end) {
  event([this, &end] { ended(end); });
}

}  // namespace everysock::websocket
