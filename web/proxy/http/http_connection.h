// One TCP connection as long as it speaks HTTP.
#ifndef EVERYSOCK_WEB_PROXY_HTTP_HTTP_CONNECTION_H_
#define EVERYSOCK_WEB_PROXY_HTTP_HTTP_CONNECTION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "everysock/socket.h"
#include "web/proxy/http/http_parser.h"
#include "web/proxy/http/http_service.h"
#include "web/proxy/loop/event_loop.h"

namespace everysock::proxy {

class HttpConnection final : public ReadyHandler {
 public:
  struct Limits {
    double request_seconds;  // from the connection, or the first byte, to the end of a request's header
    double idle_seconds;     // between requests, and without progress while a response goes out
  };

  // Told what becomes of the connection; either call ends it, and the connection must then be destroyed, though not
  // before it has returned to the loop.
  class Owner {
   public:
    virtual ~Owner() = default;
    // Answers a request (HttpService), counting and logging as it likes.
    virtual HttpResponse respond(const HttpRequest& request, const Address& peer) = 0;
    // The response 101 has gone out. `input` is what came behind the request.
    virtual void on_upgrade(HttpConnection& connection, Socket socket, std::string input,
                            std::optional<websocket::ProtocolError> refusal) = 0;
    virtual void on_closed(HttpConnection& connection) = 0;
  };

  // `socket` is non-blocking.
  HttpConnection(EventLoop& loop, Socket socket, Address peer, Limits limits, Owner& owner);
  ~HttpConnection() override;

  const Address& peer() const noexcept { return peer_; }
  // Starts reading.
  void start();

 private:
  void on_ready(Interest ready) override;
  void on_deadline();
  void receive();
  void advance();
  void begin_response(HttpResponse response, bool keep_alive, bool head);
  // Whether all of it is out.
  bool write_response();
  void end();
  void set_deadline(double seconds);

  // Reading a request, writing a response, or (before closing) waiting for the peer to have read it.
  enum class Phase { request, response, lingering, over };

  EventLoop& loop_;
  Socket socket_;
  const Address peer_;
  const Limits limits_;
  Owner& owner_;
  EventLoop::Watch watch_;
  std::optional<EventLoop::Timer> timer_;
  Phase phase_ = Phase::request;
  HttpParser parser_;
  std::string input_;
  std::string output_;
  std::size_t output_written_ = 0;
  std::optional<HttpResponse> response_;
  std::uint64_t file_left_ = 0;
  bool keep_alive_ = true;
  bool request_begun_ = false;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_HTTP_HTTP_CONNECTION_H_
