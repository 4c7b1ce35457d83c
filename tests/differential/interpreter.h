// Carries a program out in one world, through the public API.
#ifndef EVERYSOCK_TESTS_DIFFERENTIAL_INTERPRETER_H_
#define EVERYSOCK_TESTS_DIFFERENTIAL_INTERPRETER_H_

#include <array>
#include <set>
#include <string>

#include "everysock/socket.h"
#include "notation.h"
#include "operation.h"
#include "world.h"

namespace everysock::differential {

class Interpreter {
 public:
  explicit Interpreter(World& world)
      : world_(world), backend_(world.backend()), notation_(world.directory(), world.abstract_prefix()) {}

  // Carries it out, lets the world come to rest, and says what it gave.
  std::string run(const Operation& operation);

  // Whether the system has chosen a port for two sockets, as Linux may for connections to different places. Nothing
  // tells them apart in the notation then.
  bool chose_a_port_twice() const { return chose_a_port_twice_; }

 private:
  // 0 where the system has none.
  int port_of(int place) const;
  std::string carry_out(const Operation& operation);
  std::string put(int place, Result<Socket> made);
  std::string receive(const Operation& operation);
  std::string receive_message(const Operation& operation);
  std::string select_all();
  Address resolve(const Target& target, const Socket& socket);
  std::string connect(const Operation& operation);
  Address name_of(int place);
  void remember_name(int place);

  World& world_;
  Backend& backend_;
  Notation notation_;
  std::array<Socket, kPlaces> sockets_;
  std::array<Address, kPlaces> names_;  // as last seen
  std::set<int> chosen_ports_;
  bool chose_a_port_twice_ = false;
};

}  // namespace everysock::differential

#endif  // EVERYSOCK_TESTS_DIFFERENTIAL_INTERPRETER_H_
