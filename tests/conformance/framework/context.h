// What a case works with: the backend, sockets ready for use, threads, and waiting that never hangs. All times are the
// backend's own, so that a simulated network needs none.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CONTEXT_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CONTEXT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "everysock/socket.h"
#include "everysock/thread.h"
#include "framework/check.h"
#include "framework/kinds.h"
#include "framework/tracking_backend.h"

namespace everysock::conformance {

class Context;

// The port of an Internet address; ends the case for another form.
int port_of(const Address& address);

// The name of an Internet socket as create_connection() takes it.
InetAddress host_and_port_of(Socket& socket);

// What `socket` is ready for, of what a selector gave; none where it is not among that.
Interest interest_in(std::span<const Selector::Event> events, const Socket& socket);

// Two sockets connected to each other. Of listening kinds, `server` is the accepted one.
struct Connection {
  Socket client;
  Socket server;
};

// A thread of a case. Its failed assertions end it and show in join().
class Worker {
 public:
  Worker(Context& context, std::function<void()> body);
  Worker(Worker&&) = default;
  Worker& operator=(Worker&&) = delete;
  // Joins. Where an assertion is just ending the case, it first wakes the thread from whatever it waits for.
  ~Worker();
  // Waits for the end of the thread; ends this case as well if an assertion failed there.
  void join();

 private:
  Context* context_;
  int exceptions_;
  Thread thread_;
};

class Context {
 public:
  // Long enough for anything that does happen, on a busy machine too.
  static constexpr double patience = 10.0;
  // How long to look for something that should not happen.
  static constexpr double moment = 0.02;

  // `directory`: where AF_UNIX names of this case lie ("" for relative names).
  Context(TrackingBackend& backend, std::string_view case_id, std::string directory, std::uint64_t seed);

  Backend& backend() noexcept { return backend_; }

  // ---- sockets ----
  Socket open(const Kind& kind);
  Selector selector();
  // An address to bind a socket of this kind to; another one with every call (a free port for Internet kinds).
  Address fresh_address(const Kind& kind);
  // The loopback address of the kind's family with this port.
  Address loopback(const Kind& kind, int port);
  // An AF_UNIX path no other case uses; with `length`, of exactly that many bytes.
  std::string fresh_path(std::size_t length = 0);
  // A bound socket; a bound and listening one.
  Socket bound(const Kind& kind);
  Socket listener(const Kind& kind, int backlog = 16);
  // A socket connected to `listener` (of the same kind) and what that accepted for it.
  Connection connect_to(Socket& listener, const Kind& kind);
  Connection connected(const Kind& kind);
  // An address of the kind that was given back: nobody is there. (For streams a bound() socket that does not listen
  // refuses as well, and keeps its port.)
  Address nobody(const Kind& kind);

  // ---- data ----
  // `n` bytes that differ by place and by `stream`, so that lost, doubled and swapped parts show.
  std::string pattern(std::size_t n, std::uint64_t stream = 0) const;
  // Receives until `n` bytes have come or the peer has finished.
  std::string receive(Socket& socket, std::size_t n);
  std::string receive_to_end(Socket& socket);
  // Sends `data` over a stream and receives it at the other end, in turns and in pieces of a size that fits nothing.
  // Leaves both ends non-blocking.
  void carry(Socket& from, Socket& to, std::string_view data);
  // Sends without waiting until nothing more fits (EAGAIN), and says how much that was. Leaves the socket non-blocking.
  // Do not build on a TCP connection staying full: what lies between the two ends may make room late.
  std::size_t fill(Socket& socket, std::size_t piece = 16384);

  // ---- time ----
  double now();  // seconds
  // Waits until `socket` is ready as asked; false after `seconds`.
  bool ready(Socket& socket, Interest interest, double seconds = patience);
  void pause(double seconds);

  // ---- threads ----
  // Ends the case where the backend has none.
  Worker spawn(std::function<void()> body);

  // ---- constants ----
  // Notes for the report what became of a constant, by its documented name: taken, or refused with `refusal`.
  void taken(std::string_view constant) { note(constant, {}); }
  void refused(std::string_view constant, Error refusal) { note(constant, refusal.message()); }

  // ---- for the runner ----
  // Keeps the first failure of the case and wakes everyone who waits on one of its sockets.
  void record(Failure failure);
  std::optional<Failure> failure() const;
  // What taken() and refused() noted: a name, and "" or the refusal.
  const std::map<std::string, std::string>& constants() const { return constants_; }
  void wake_everyone() { backend_.shut_down_all(); }

 private:
  std::string fresh_name();
  void note(std::string_view constant, std::string refusal) {
    constants_.insert_or_assign(std::string(constant), std::move(refusal));
  }

  TrackingBackend& backend_;
  const std::string case_id_;
  const std::string directory_;
  const std::uint64_t seed_;
  mutable std::mutex mutex_;
  int names_ = 0;
  std::optional<Failure> failure_;
  std::map<std::string, std::string> constants_;
};

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CONTEXT_H_
