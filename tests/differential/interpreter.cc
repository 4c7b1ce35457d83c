#include "interpreter.h"

#include <utility>

namespace everysock::differential {
namespace {

std::string text_of(const Result<void>& result) { return result ? "ok" : Notation::text_of(result.error()); }

std::string text_of(const Result<std::size_t>& result) {
  return result ? std::to_string(*result) : Notation::text_of(result.error());
}

std::string payload(const Operation& o) {
  std::string data(static_cast<std::size_t>(o.size), ' ');
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<char>('a' + (static_cast<std::size_t>(o.value) + i) % 26);
  }
  return data;
}

Address loopback_of(AddressFamily family, int port) {
  if (family == af_inet6) return Inet6Address{"::1", port};
  if (family == af_inet) return InetAddress{"127.0.0.1", port};
  return UnixAddress{};
}

Address wildcard_of(AddressFamily family, int port) {
  if (family == af_inet6) return Inet6Address{"::", port};
  if (family == af_inet) return InetAddress{"0.0.0.0", port};
  return UnixAddress{};
}

// Where a socket with this name can be reached.
Address reachable(Address address) {
  if (const auto* inet = std::get_if<InetAddress>(&address); inet != nullptr && inet->host == "0.0.0.0") {
    return loopback_of(af_inet, inet->port);
  }
  if (const auto* inet6 = std::get_if<Inet6Address>(&address); inet6 != nullptr && inet6->host == "::") {
    return loopback_of(af_inet6, inet6->port);
  }
  return address;
}

Address mapped(const Address& address) {
  const auto* inet = std::get_if<InetAddress>(&address);
  return inet == nullptr ? address : Inet6Address{"::ffff:" + inet->host.str(), inet->port};
}

// Whether it binds to a port of the program's choice.
bool names_a_port(const Operation& o) {
  const bool local = o.target.form == Target::Form::loopback || o.target.form == Target::Form::any;
  return o.verb == Verb::bind && !(local && o.target.number == 0);
}

}  // namespace

std::string Interpreter::run(const Operation& operation) {
  const bool system_chooses = port_of(operation.place) == 0 && !names_a_port(operation);
  std::string outcome = carry_out(operation);
  const int port = port_of(operation.place);
  if (system_chooses && port != 0 && !chosen_ports_.insert(port).second) chose_a_port_twice_ = true;
  if (!world_.settle(sockets_)) outcome += ", and does not come to rest";
  return outcome;
}

int Interpreter::port_of(int place) const {
  const auto name = sockets_[static_cast<std::size_t>(place)].getsockname();
  if (!name) return 0;
  if (const auto* inet = std::get_if<InetAddress>(&*name)) return inet->port;
  if (const auto* inet6 = std::get_if<Inet6Address>(&*name)) return inet6->port;
  return 0;
}

std::string Interpreter::put(int place, Result<Socket> made) {
  if (!made) return Notation::text_of(made.error());
  // Both before the old one is closed: what accept() gives is blocking.
  const Result<void> done = made->setblocking(false);
  Socket& socket = sockets_[static_cast<std::size_t>(place)];
  socket = std::move(*made);
  remember_name(place);
  return text_of(done);
}

void Interpreter::remember_name(int place) {
  const auto index = static_cast<std::size_t>(place);
  if (const auto name = sockets_[index].getsockname()) names_[index] = *name;
}

Address Interpreter::name_of(int place) {
  remember_name(place);
  return reachable(names_[static_cast<std::size_t>(place)]);
}

Address Interpreter::resolve(const Target& target, const Socket& socket) {
  switch (target.form) {
    case Target::Form::loopback:
      return loopback_of(socket.family(), target.number);
    case Target::Form::any:
      return wildcard_of(socket.family(), target.number);
    case Target::Form::name_of:
      return name_of(target.number);
    case Target::Form::peer_of: {
      const auto peer = sockets_[static_cast<std::size_t>(target.number)].getpeername();
      return peer ? *peer : name_of(target.number);
    }
    case Target::Form::path:
      return UnixAddress{world_.directory() + "path" + std::to_string(target.number)};
    case Target::Form::abstract:
      return UnixAddress{std::string(1, '\0') + world_.abstract_prefix() + "name" + std::to_string(target.number)};
    case Target::Form::mapped:
      return mapped(name_of(target.number));
    case Target::Form::none:
      break;
  }
  return {};
}

std::string Interpreter::receive(const Operation& o) {
  Socket& self = sockets_[static_cast<std::size_t>(o.place)];
  if (o.verb == Verb::recv) {
    const auto data = self.recv(o.size, o.flags);
    return data ? notation_.text_of(*data) : Notation::text_of(data.error());
  }
  if (o.verb == Verb::recvfrom) {
    const auto received = self.recvfrom(o.size, o.flags);
    if (!received) return Notation::text_of(received.error());
    return notation_.text_of(received->data) + " from " + notation_.text_of(received->address);
  }
  std::string buffer(static_cast<std::size_t>(o.size), '.');
  const auto count = self.recv_into(buffer, 0, o.flags);
  if (!count) return Notation::text_of(count.error());
  return std::to_string(*count) + " " + notation_.text_of(buffer);
}

std::string Interpreter::receive_message(const Operation& o) {
  std::string buffer(static_cast<std::size_t>(o.size), '.');
  const std::size_t half = buffer.size() / 2;
  const auto received = sockets_[static_cast<std::size_t>(o.place)].recvmsg_into(
      {MutableBuffer(buffer.data(), half), MutableBuffer(buffer.data() + half, buffer.size() - half)}, 0, o.flags);
  if (!received) return Notation::text_of(received.error());
  return std::to_string(received->nbytes) + " " + notation_.text_of(buffer) + notation_.text_of(received->msg_flags) +
         " from " + notation_.text_of(received->address);
}

std::string Interpreter::connect(const Operation& o) {
  Socket& self = sockets_[static_cast<std::size_t>(o.place)];
  const Address target = resolve(o.target, self);
  // The simulation refuses what happens by accident only (docs/memory.md).
  if (self.type() == sock_stream && self.family() != af_unix && target == name_of(o.place)) {
    return "left out: a stream that connects to itself";
  }
  if (o.verb == Verb::connect) return text_of(self.connect(target));
  const auto outcome = self.connect_ex(target);
  if (outcome && *outcome == Errc::ok) return "ok";
  return outcome ? std::string(errc_name(*outcome)) : Notation::text_of(outcome.error());
}

std::string Interpreter::select_all() {
  auto selector = Selector::create(backend_);
  if (!selector) return Notation::text_of(selector.error());
  for (Socket& socket : sockets_) {
    if (socket.fileno() < 0) continue;
    if (const auto added = selector->add(socket, Interest::read_write); !added) return Notation::text_of(added.error());
  }
  const auto events = selector->select(0);
  if (!events) return Notation::text_of(events.error());
  std::array<std::string, kPlaces> ready;
  for (const Selector::Event& event : *events) {
    std::string& text = ready[static_cast<std::size_t>(event.socket - sockets_.data())];
    if ((event.ready & Interest::read) != Interest::none) text += "r";
    if ((event.ready & Interest::write) != Interest::none) text += "w";
  }
  std::string text;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    if (!ready[i].empty()) text += (text.empty() ? "s" : " s") + std::to_string(i) + ":" + ready[i];
  }
  return text.empty() ? "nothing" : text;
}

std::string Interpreter::carry_out(const Operation& o) {
  Socket& self = sockets_[static_cast<std::size_t>(o.place)];
  switch (o.verb) {
    case Verb::socket:
      return put(o.place, socket(kKinds[o.choice].family, kKinds[o.choice].type, {}, backend_));
    case Verb::socketpair: {
      auto made = socketpair(kKinds[o.choice].family, kKinds[o.choice].type, {}, backend_);
      if (!made) return Notation::text_of(made.error());
      return put(o.place, std::move(made->first)) + ", " + put(o.other, std::move(made->second));
    }
    case Verb::close:
      remember_name(o.place);
      return text_of(self.close());
    case Verb::dup:
      return put(o.other, self.dup());
    case Verb::bind:
      return text_of(self.bind(resolve(o.target, self)));
    case Verb::listen:
      return text_of(self.listen(o.size));
    case Verb::accept: {
      auto accepted = self.accept();
      if (!accepted) return Notation::text_of(accepted.error());
      const std::string peer = notation_.text_of(accepted->address);
      return put(o.other, std::move(accepted->socket)) + " from " + peer;
    }
    case Verb::connect:
    case Verb::connect_ex:
      return connect(o);
    case Verb::shutdown:
      return text_of(self.shutdown(kHows[o.choice].how));
    case Verb::getsockname:
    case Verb::getpeername: {
      const auto name = o.verb == Verb::getsockname ? self.getsockname() : self.getpeername();
      return name ? notation_.text_of(*name) : Notation::text_of(name.error());
    }
    case Verb::send:
      return text_of(self.send(payload(o), o.flags));
    case Verb::sendto:
      return text_of(self.sendto(payload(o), o.flags, resolve(o.target, self)));
    case Verb::sendmsg: {
      const std::string data = payload(o);
      const std::string_view view = data;
      return text_of(self.sendmsg({view.substr(0, data.size() / 2), view.substr(data.size() / 2)}, {}, o.flags));
    }
    case Verb::recv:
    case Verb::recv_into:
    case Verb::recvfrom:
      return receive(o);
    case Verb::recvmsg_into:
      return receive_message(o);
    case Verb::setsockopt:
      return text_of(self.setsockopt(kOptions[o.choice].level, kOptions[o.choice].option, o.value));
    case Verb::setlinger: {
      const std::array<std::int32_t, 2> linger = {o.value, 0};
      return text_of(self.setsockopt(sol_socket, so_linger, ConstBuffer(linger.data(), sizeof linger)));
    }
    case Verb::getsockopt: {
      const auto value = self.getsockopt(kOptions[o.choice].level, kOptions[o.choice].option);
      return value ? std::to_string(*value) : Notation::text_of(value.error());
    }
    case Verb::setblocking: {
      const Result<void> on = self.setblocking(true);
      const bool blocking = self.getblocking();
      return text_of(on) + (blocking ? " blocking" : "") + ", " + text_of(self.setblocking(false));
    }
    case Verb::select:
      return select_all();
    case Verb::unlink:
      return world_.unlink(world_.directory() + "path" + std::to_string(o.target.number)) ? "ok" : "no such path";
  }
  return "?";
}

}  // namespace everysock::differential
