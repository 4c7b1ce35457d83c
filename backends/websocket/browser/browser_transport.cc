#include <emscripten/threading.h>

#include "backends/websocket/browser/io_thread.h"
#include "backends/websocket/browser/page_sleeper.h"
#include "backends/websocket/transports/platform_transport.h"

namespace everysock::websocket {
namespace {

class BrowserTransport final : public Transport {
 public:
  explicit BrowserTransport(std::shared_ptr<IoThread> io) : io_(std::move(io)) {}
  ~BrowserTransport() override { io_->stop(); }

  void open(const std::string& url, TransportListener& listener) override { io_->open(url, listener); }
  void output_ready() override { io_->output_ready(); }
  void close(std::uint16_t code, std::string_view reason) override { io_->close(code, reason); }
  void stop() override { io_->stop(); }
  bool may_block() const override {
    if (io_->is_current()) return io_->sleeper() != nullptr && !io_->at_work() && !PageSleeper::asleep();
    // The main thread of Node.js could sleep, but the other threads need it to start and to print.
    return emscripten_is_main_browser_thread() == 0;
  }
  Sleeper* sleeper() override { return io_->is_current() ? io_->sleeper() : nullptr; }

 private:
  const std::shared_ptr<IoThread> io_;
};

}  // namespace

std::unique_ptr<Transport> new_platform_transport() {
  auto io = PageSleeper::available() ? IoThread::start_on_main_thread() : IoThread::start();
  if (io == nullptr) return nullptr;
  return std::make_unique<BrowserTransport>(std::move(io));
}

}  // namespace everysock::websocket
