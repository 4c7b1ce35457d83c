// A sequence of backend calls written down as text, so that two backends' behaviour can be compared line by line.
//
//   Script s(backend);
//   s.open("server", af_inet, sock_stream);
//   s.bind("server", loopback(0));
//   s.connect("client", s.name_of("server"));
//   s.text();    // "open server: ok\nbind server 127.0.0.1:0: ok\n..."
//
// Sockets go by names. They are non-blocking, and every look at one gives the system a moment to deliver, so that a
// script runs alike on real loopback and in the simulation. Ports that the system has chosen are shown as P1, P2, ...
#ifndef EVERYSOCK_TESTS_MEMORY_SCRIPT_H_
#define EVERYSOCK_TESTS_MEMORY_SCRIPT_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "everysock/backend.h"

namespace everysock::testing {

class Script {
 public:
  // `directory` is put before relative AF_UNIX paths and shown as nothing.
  explicit Script(Backend& backend, std::string directory = "") : backend_(backend), directory_(std::move(directory)) {}
  ~Script();
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  const std::string& text() const noexcept { return text_; }
  // A line that says what comes; ports are counted anew from here.
  void note(std::string_view text) {
    text_.append("# ").append(text).append("\n");
    ports_.clear();
  }

  void open(const std::string& name, AddressFamily family, SocketKind kind, Protocol protocol = {});
  void pair(const std::string& one, const std::string& other, SocketKind kind);
  void dup(const std::string& name, const std::string& copy);
  void close(const std::string& name);
  void bind(const std::string& name, const Address& address);
  void listen(const std::string& name, int backlog);
  void accept(const std::string& listener, const std::string& name);
  void connect(const std::string& name, const Address& address);
  void shutdown(const std::string& name, ShutdownHow how);
  void local(const std::string& name);
  void peer(const std::string& name);
  void send(const std::string& name, std::string_view data, MessageFlags flags = {}, const Address* to = nullptr);
  void send_to(const std::string& name, std::string_view data, const Address& to, MessageFlags flags = {}) {
    send(name, data, flags, &to);
  }
  // Sends pieces until no more fits; shows only that it did.
  void fill(const std::string& name, std::size_t piece);
  void receive(const std::string& name, std::size_t size, MessageFlags flags = {});
  void get(const std::string& name, OptionLevel level, Option option, std::size_t size = 4);
  void set(const std::string& name, OptionLevel level, Option option, int value);
  void set_bytes(const std::string& name, OptionLevel level, Option option, std::string_view value);
  // Whether it is ready to read and to write.
  void ready(const std::string& name);

  Address name_of(const std::string& name);
  // A path in the script's directory.
  Address path(std::string_view name) const { return UnixAddress{directory_ + std::string(name)}; }
  Handle handle(const std::string& name) const;

 private:
  void pause();
  void line(const std::string& what, const std::string& outcome);
  template <typename T>
  static std::string outcome_of(const Result<T>& result);
  std::string show(const Address& address);

  Backend& backend_;
  const std::string directory_;
  std::map<std::string, Handle> handles_;
  std::map<int, std::string> ports_;
  std::map<std::string, std::string> abstract_;
  std::string text_;
};

Address loopback(int port);
Address loopback6(int port);
Address inet(std::string_view host, int port);
Address inet6(std::string_view host, int port, std::uint32_t scope = 0, std::uint32_t flow = 0);

}  // namespace everysock::testing

#endif  // EVERYSOCK_TESTS_MEMORY_SCRIPT_H_
