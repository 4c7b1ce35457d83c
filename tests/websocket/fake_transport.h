// A transport whose other end is played by the test: an I/O thread, and a server that says yes to everything unless the
// test says otherwise.
#ifndef EVERYSOCK_TESTS_WEBSOCKET_FAKE_TRANSPORT_H_
#define EVERYSOCK_TESTS_WEBSOCKET_FAKE_TRANSPORT_H_

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "backends/websocket/protocol/frames.h"
#include "backends/websocket/transport.h"
#include "backends/websocket/websocket_backend.h"
#include "tests/websocket/wire.h"

namespace everysock::websocket {

class FakeTransport final : public Transport {
 public:
  // Sees each frame from the client on the I/O thread; what it appends to `answer` is sent back. True: the frame has
  // been dealt with; false: the usual answer.
  using Handler = std::function<bool(const Frame& frame, std::string& answer)>;

  explicit FakeTransport(Handler handler = nullptr);
  ~FakeTransport() override;

  void open(const std::string& url, TransportListener& listener) override;
  void output_ready() override;
  void close(std::uint16_t code, std::string_view reason) override;
  void stop() override;
  bool may_block() const override;
  Sleeper* sleeper() override { return std::this_thread::get_id() == suspended_ ? sleeper_ : nullptr; }

  // ---- the test's side; any thread ----

  // Has the client receive this.
  void push(std::string message);
  void push_text();
  void tick();
  // The link breaks.
  void drop(LinkEnd end = {});
  // The next open() ends like this.
  void refuse_next(LinkEnd end);
  // Threads of which this is false count as a page's own.
  void let_block(bool allowed) { blocking_allowed_ = allowed; }
  // The calling thread waits like this from now on. Before any call of the backend's.
  void suspend_by(Sleeper& sleeper) {
    suspended_ = std::this_thread::get_id();
    sleeper_ = &sleeper;
  }
  // How often open() was called, and with what the client hung up last.
  int opens() const { return opens_; }
  std::optional<LinkEnd> last_close();
  // Waits until everything that was pushed or sent before has been dealt with.
  void settle();

 private:
  void post(std::function<void()> work);
  void run();
  void pump();
  void answer(const Frame& frame, std::string& bytes);
  void end(const LinkEnd& how);

  Handler handler_;
  std::atomic<bool> blocking_allowed_{true};
  std::atomic<int> opens_{0};
  std::thread::id suspended_;
  Sleeper* sleeper_ = nullptr;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> work_;
  bool busy_ = false;
  bool stopping_ = false;
  std::optional<LinkEnd> refusal_;
  std::optional<LinkEnd> last_close_;
  TransportListener* listener_ = nullptr;  // of the I/O thread; null while nothing is open
  std::thread thread_;
};

// A backend over a fake transport, which it owns.
struct FakeLink {
  explicit FakeLink(FakeTransport::Handler handler = nullptr, std::uint32_t window = 1000)
      : transport(std::make_shared<FakeTransport>(std::move(handler))),
        backend(
            new_websocket_backend({.url = "ws://test", .token = "s3cret", .window = window, .transport = transport})) {}

  std::shared_ptr<FakeTransport> transport;
  std::unique_ptr<Backend> backend;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_TESTS_WEBSOCKET_FAKE_TRANSPORT_H_
