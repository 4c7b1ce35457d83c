// On the page's own thread, which nothing may block: non-blocking sockets and a Selector with a callback carry a
// transfer both ways; what would have to wait is refused. main() returns at once, and the page's event loop goes on.
#include <emscripten/emscripten.h>
#include <emscripten/eventloop.h>
#include <emscripten/proxying.h>
#include <emscripten/threading.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "everysock/default_backend.h"
#include "everysock/selector.h"
#include "everysock/socket.h"

using namespace everysock;

namespace {

constexpr std::size_t total = std::size_t{3} << 20;
constexpr double longest_turn = 0.25;  // seconds; what blocks stays for ever
int watchdog = 0;

[[noreturn]] void end(int status) {
  std::fflush(stdout);
  emscripten_clear_timeout(watchdog);  // Node.js would wait for it
  emscripten_force_exit(status);
}

void check(bool holds, const char* what) {
  if (holds) return;
  std::printf("FAILED: %s\n", what);
  end(1);
}
#define CHECK(condition) check(condition, #condition)

struct Turn {
  double start = emscripten_get_now();
  ~Turn() { check(emscripten_get_now() - start < longest_turn * 1e3, "a turn of the event loop was long"); }
};

// A server and its client in one: the client sends `total` bytes, the server sends them back.
class Echo {
 public:
  Echo() : selector_(Selector::create().value()), data_(total, '\0') {
    for (std::size_t i = 0; i < total; ++i) data_[i] = static_cast<char>(i * 2654435761u >> 13);
    listener_ = socket(af_inet, sock_stream).value();
    listener_.setblocking(false).value();
    listener_.bind(InetAddress{"127.0.0.1", 0}).value();
    listener_.listen().value();
    selector_.add(listener_, Interest::read).value();
    // The callback comes on a thread of the backend's; it only passes the word on.
    selector_
        .set_callback([this] {
          emscripten_proxy_async(
              queue_, emscripten_main_runtime_thread_id(), [](void* self) { static_cast<Echo*>(self)->turn(); }, this);
        })
        .value();
  }

  // Called on the page's own thread whenever something may be ready.
  void turn() {
    const Turn turn;
    CHECK(emscripten_is_main_runtime_thread());
    connect();
    for (const Selector::Event& event : selector_.select(0).value()) {
      if (event.socket == &listener_) accept();
      if (event.socket == &server_) serve();
      if (event.socket == &client_) ask(event.ready);
    }
    if (received_ == total) finish();
  }

  // The listener's port is known when the proxy has answered.
  void connect() {
    if (client_.handle() != Handle::invalid) return;
    const Address address = listener_.getsockname().value();
    if (std::get<InetAddress>(address).port == 0) {
      emscripten_set_timeout([](void* self) { static_cast<Echo*>(self)->connect(); }, 5, this);
      return;
    }
    client_ = socket(af_inet, sock_stream).value();
    client_.setblocking(false).value();
    const Result<void> connected = client_.connect(address);
    CHECK(!connected && connected.error() == Errc::einprogress);
    selector_.add(client_, Interest::read_write).value();
  }

 private:
  void accept() {
    auto accepted = listener_.accept();
    if (!accepted && accepted.error() == Errc::eagain) return;
    server_ = std::move(accepted.value().socket);
    server_.setblocking(false).value();
    selector_.add(server_, Interest::read).value();
  }

  void serve() {
    char buffer[16384];
    for (;;) {
      // What cannot be sent back at once is not taken.
      if (pending_.empty()) {
        const auto got = server_.recv_into(MutableBuffer(buffer, sizeof buffer));
        if (!got && got.error() == Errc::eagain) break;
        CHECK(got.has_value());
        pending_.assign(buffer, *got);
        if (*got == 0) break;
      }
      const auto sent = server_.send(pending_);
      if (!sent && sent.error() == Errc::eagain) break;
      CHECK(sent.has_value());
      pending_.erase(0, *sent);
    }
    selector_.modify(server_, pending_.empty() ? Interest::read : Interest::write).value();
  }

  void ask(Interest ready) {
    if ((ready & Interest::write) != Interest::none) {
      CHECK(client_.getsockopt(sol_socket, so_error).value() == 0);
      while (sent_ < total) {
        const auto sent = client_.send(ConstBuffer(data_.data() + sent_, std::min<std::size_t>(65536, total - sent_)));
        if (!sent && sent.error() == Errc::eagain) break;
        CHECK(sent.has_value());
        sent_ += *sent;
      }
      if (sent_ == total) selector_.modify(client_, Interest::read).value();
    }
    char buffer[16384];
    for (;;) {
      const auto got = client_.recv_into(MutableBuffer(buffer, sizeof buffer));
      if (!got && got.error() == Errc::eagain) return;
      CHECK(got.has_value() && *got > 0);
      CHECK(data_.compare(received_, *got, buffer, *got) == 0);
      received_ += *got;
      if (received_ == total) return;
    }
  }

  void finish() {
    std::printf("echoed %zu bytes on the page's own thread\n", received_);
    std::printf("PASSED\n");
    end(0);
  }

  em_proxying_queue* const queue_ = em_proxying_queue_create();
  Selector selector_;
  Socket listener_, client_, server_;
  std::string data_, pending_;
  std::size_t sent_ = 0, received_ = 0;
};

void check_what_would_block() {
  const Turn turn;
  Socket s = socket(af_inet, sock_stream).value();
  s.bind(InetAddress{"127.0.0.1", 0}).value();
  s.listen().value();
  const auto accepted = s.accept();
  CHECK(!accepted && accepted.error() == UsageErrc::would_block_page);
  CHECK(accepted.error().message() ==
        "accept: the page's own thread cannot block: use non-blocking mode or a worker [usage]");

  Socket client = socket(af_inet, sock_stream).value();
  const auto connected = client.connect(InetAddress{"127.0.0.1", 9});
  CHECK(!connected && connected.error() == UsageErrc::would_block_page);

  Socket datagrams = socket(af_inet, sock_dgram).value();
  const auto received = datagrams.recv(1);
  CHECK(!received && received.error() == UsageErrc::would_block_page);
  datagrams.settimeout(0.5).value();
  const auto in_time = datagrams.recv(1);
  CHECK(!in_time && in_time.error() == UsageErrc::would_block_page);
  datagrams.setblocking(false).value();
  const auto at_once = datagrams.recv(1);
  CHECK(!at_once && at_once.error() == Errc::eagain);

  const auto looked_up = getaddrinfo("localhost", 80);
  CHECK(!looked_up && looked_up.error() == UsageErrc::would_block_page);

  Selector selector = Selector::create().value();
  datagrams.setblocking(false).value();
  selector.add(datagrams, Interest::read).value();
  const auto selected = selector.select(1.0);
  CHECK(!selected && selected.error() == UsageErrc::would_block_page);
  CHECK(selector.select(0).value().empty());
  selector.remove(datagrams).value();
}

}  // namespace

int main() {
  check(emscripten_is_main_browser_thread() != 0, "main() runs on the page's own thread");
  check_what_would_block();
  static Echo echo;
  echo.connect();
  // main() returns. A timer keeps Node.js going too, which does not wait for other threads.
  watchdog = emscripten_set_timeout([](void*) { check(false, "done within a minute"); }, 60000, nullptr);
  return 0;
}
