#include "backends/websocket/transports/native_transport.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

#include "backends/websocket/transports/native_connection.h"
#include "backends/websocket/transports/platform_transport.h"
#include "everysock/selector.h"
#include "everysock/thread.h"
#include "platform/default_backend.h"

namespace everysock::websocket {
namespace {

class NativeTransport final : public Transport {
 public:
  explicit NativeTransport(Backend& network) : network_(network) {}
  explicit NativeTransport(std::unique_ptr<Backend> network) : owned_(std::move(network)), network_(*owned_) {}

  ~NativeTransport() override { NativeTransport::stop(); }

  void stop() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      if (selector_) selector_->wake();
    }
    if (thread_.joinable()) thread_.join();
    running_ = false;
  }

  void open(const std::string& url, TransportListener& listener) override {
    const std::lock_guard lock(mutex_);
    order_ = Order{url, &listener};
    closing_.reset();
    if (!selector_) {
      auto selector = Selector::create(network_);
      // Without one (no descriptors left) the thread reports the failure: open() itself cannot.
      if (selector) selector_.emplace(std::move(*selector));
    }
    if (!selector_) {
      if (thread_.joinable()) thread_.join();
      thread_ = Thread(network_, [&listener] {
        listener.closed(LinkEnd{.reason = "the network has no selector", .refused = false});
      });
    } else if (!running_) {
      running_ = true;
      if (thread_.joinable()) thread_.join();
      thread_ = Thread(network_, [this] { run(); });
    } else {
      selector_->wake();
    }
  }

  void output_ready() override {
    if (on_own_thread()) return;  // the loop asks after each event anyway
    selector_->wake();
  }

  void close(std::uint16_t code, std::string_view reason) override {
    const std::lock_guard lock(mutex_);
    closing_ = Goodbye{code, std::string(reason)};
    if (selector_ && !on_own_thread()) selector_->wake();
  }

  bool may_block() const override { return !on_own_thread(); }

 private:
  struct Order {
    std::string url;
    TransportListener* listener;
  };

  bool on_own_thread() const { return own_thread_.load(std::memory_order_acquire) == std::this_thread::get_id(); }

  // Whether the connection is to end; asked by the connection whenever it wakes.
  std::optional<Goodbye> ending() {
    const std::lock_guard lock(mutex_);
    if (closing_) return closing_;
    constexpr std::uint16_t going_away = 1001;
    if (stopping_) return Goodbye{going_away, ""};
    return std::nullopt;
  }

  void run() {
    own_thread_.store(std::this_thread::get_id(), std::memory_order_release);
    for (;;) {
      std::optional<Order> order;
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        order.swap(order_);
      }
      if (!order) {
        // Fails only where the poller itself does, and then nothing else would work either.
        if (!selector_->select()) return;
        continue;
      }
      NativeConnection connection(network_, *selector_, *order->listener, [this] { return ending(); });
      const LinkEnd end = connection.run(order->url);
      {
        const std::lock_guard lock(mutex_);
        closing_.reset();
      }
      order->listener->closed(end);
    }
  }

  std::unique_ptr<Backend> owned_;
  Backend& network_;
  std::mutex mutex_;
  std::optional<Order> order_;
  std::optional<Goodbye> closing_;
  bool stopping_ = false;
  bool running_ = false;
  std::optional<Selector> selector_;
  std::atomic<std::thread::id> own_thread_{};
  Thread thread_;
};

}  // namespace

std::unique_ptr<Transport> new_native_transport(Backend& network) { return std::make_unique<NativeTransport>(network); }

// A backend of its own: the default one may be the websocket backend that this transport is for.
std::unique_ptr<Transport> new_platform_transport() {
  return std::make_unique<NativeTransport>(platform::new_default_backend());
}

}  // namespace everysock::websocket
