// The thread that owns the WebSocket. It never blocks: its WebSocket needs its JavaScript event loop. Whoever else has
// something for it leaves it under a mutex and rings. It is one of its own, or the main thread, where the program is
// suspended instead of blocked (page_sleeper.h); there, what the program asks for is done at once.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_IO_THREAD_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_IO_THREAD_H_

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/websocket/browser/doorbell.h"
#include "backends/websocket/browser/page_sleeper.h"
#include "backends/websocket/browser/web_socket.h"
#include "backends/websocket/transport.h"

namespace everysock::websocket {

// Lives as long as its thread, which ends by itself some time after stop(): a page's own thread can wait for nobody.
class IoThread final : private WebSocketEvents, private Doorbell::Owner {
 public:
  // On a thread of its own; null where none can be had.
  static std::shared_ptr<IoThread> start();
  // On the main thread. Any thread may call it.
  static std::shared_ptr<IoThread> start_on_main_thread();

  // As Transport's; any thread.
  void open(const std::string& url, TransportListener& listener);
  void output_ready() { ring(); }
  void close(std::uint16_t code, std::string_view reason);
  // Whether the calling thread is this one.
  bool is_current() const;
  // Whether the event loop has called this thread's code, which must return to it. On this thread.
  bool at_work() const noexcept { return at_work_; }
  // How the program waits on this thread; null where that is not the main one.
  PageSleeper* sleeper() noexcept { return on_main_thread_ ? &sleeper_ : nullptr; }
  // Nothing of the listener is called any more when this returns. Not while this thread is at work, if on it.
  void stop();

 private:
  struct Open {
    std::string url;
    TransportListener* listener;
  };

  void on_open() override;
  void on_message(std::string_view bytes) override;
  void on_text_message() override;
  void on_close(const LinkEnd& end) override;
  void on_second() override;
  char* room_for(std::size_t size) override;

  void listen();
  void ring();
  void answer() override;
  void take_orders();
  void send_output();
  void ended(const LinkEnd& end);
  void finish();
  template <typename Call>
  void tell(Call call);
  template <typename Call>
  void event(Call call);

  Doorbell bell_;
  bool on_main_thread_ = false;
  PageSleeper sleeper_{bell_};

  std::mutex orders_;  // guards the next three
  std::optional<Open> to_open_;
  std::optional<LinkEnd> to_close_;
  bool to_stop_ = false;

  // Held during every call of the listener, so that stop() waits for the one that is going on. Guards the next two.
  std::mutex calling_;
  TransportListener* listener_ = nullptr;  // null: nobody is to be called
  bool stopped_ = false;

  bool listening_ = false;
  bool at_work_ = false;
  bool in_use_ = false;   // there is a WebSocket
  bool sending_ = false;  // and it is open
  int retry_ = 0;         // the timer that sends again; 0: none
  std::vector<char> message_;
  std::shared_ptr<IoThread> self_;  // until the thread ends
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_IO_THREAD_H_
