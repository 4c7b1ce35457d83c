// One client: its TCP connection, the WebSocket on it and the session behind that.
#ifndef EVERYSOCK_WEB_PROXY_CLIENT_CONNECTION_H_
#define EVERYSOCK_WEB_PROXY_CLIENT_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "everysock/socket.h"
#include "web/proxy/loop/event_loop.h"
#include "web/proxy/session/client_link.h"
#include "web/proxy/session/session.h"
#include "web/proxy/websocket/websocket.h"

namespace everysock::proxy {

class ClientConnection final : public ReadyHandler, public TurnEndHandler, public ClientLink {
 public:
  struct Limits {
    double hello_seconds = 10;  // from the WebSocket to a valid hello
    double ping_seconds = 25;   // between pings; two and a half times this without a byte from the client is too long
    double close_seconds = 2;   // from our close frame to the client's
  };

  // Told that the connection is over; it must then be destroyed, though not before it has returned to the loop.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void on_closed(ClientConnection& connection) = 0;
  };

  // `socket` is non-blocking, its WebSocket handshake done.
  ClientConnection(std::uint64_t id, Socket socket, Address peer, SessionContext& context, Limits limits, Owner& owner);
  ~ClientConnection() override;

  std::uint64_t id() const noexcept { return id_; }
  // Starts reading; `input` came with the handshake already.
  void start(std::string_view input);
  // Instead: only says goodbye. `input` is looked at for the client's own goodbye, and for nothing else.
  void refuse(std::string_view input, CloseCode code, std::string_view reason);
  // ClientLink; also ends the connection from outside (going_away).
  void close(CloseCode code, std::string_view reason) override;

 private:
  void on_ready(Interest ready) override;
  void on_turn_end() override;
  void output_pending() override { context_.loop.at_turn_end(*this); }
  std::size_t queued() const override { return websocket_.queued(); }
  void on_timer();
  void receive();
  void take_session_output();
  // Writes what there is, as far as it goes; false if the connection broke.
  bool flush();
  void finish_closing();
  void update_interest();
  void end(std::string_view reason);

  const std::uint64_t id_;
  Socket socket_;
  const Address peer_;
  SessionContext& context_;
  const Limits limits_;
  Owner& owner_;
  EventLoop::Watch watch_;
  std::optional<EventLoop::Timer> timer_;
  WebSocket websocket_;
  std::shared_ptr<Session> session_;
  std::int64_t started_ = 0;
  std::int64_t last_input_ = 0;
  std::int64_t last_ping_ = 0;
  std::int64_t closing_since_ = 0;
  std::size_t queued_before_ = 0;
  bool write_ended_ = false;
  bool over_ = false;
};

}  // namespace everysock::proxy

#endif  // EVERYSOCK_WEB_PROXY_CLIENT_CONNECTION_H_
