#include "generator.h"

#include <array>

#include "random.h"

namespace everysock::differential {
namespace {

struct Weight {
  Verb verb;
  int weight;
};
constexpr std::array kWeights = {
    Weight{Verb::socket, 4},       Weight{Verb::socketpair, 2},  Weight{Verb::close, 5},
    Weight{Verb::dup, 2},          Weight{Verb::bind, 5},        Weight{Verb::listen, 3},
    Weight{Verb::accept, 6},       Weight{Verb::connect, 6},     Weight{Verb::connect_ex, 2},
    Weight{Verb::shutdown, 4},     Weight{Verb::getsockname, 3}, Weight{Verb::getpeername, 3},
    Weight{Verb::send, 14},        Weight{Verb::sendto, 7},      Weight{Verb::sendmsg, 4},
    Weight{Verb::recv, 10},        Weight{Verb::recv_into, 4},   Weight{Verb::recvfrom, 5},
    Weight{Verb::recvmsg_into, 6}, Weight{Verb::setsockopt, 4},  Weight{Verb::getsockopt, 6},
    Weight{Verb::setblocking, 1},  Weight{Verb::select, 8},      Weight{Verb::unlink, 1},
    Weight{Verb::setlinger, 1},
};

constexpr std::array kSendSizes = {0, 1, 2, 3, 7, 10, 26, 100, 1000, 3000};
constexpr std::array kReceiveSizes = {0, 1, 2, 5, 16, 100, 4096, 65536};
constexpr std::array kLargeSizes = {5000, 20000, 70000};
constexpr std::array kOptionValues = {-1, 0, 1, 2, 64, 255, 1000};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed), theme_(random_.below(kKinds.size())) {}

  Program program(std::size_t length) {
    while (program_.size() < length) {
      if (program_.empty() || random_.percent(3)) {
        acquaint();
      } else {
        add(step());
      }
    }
    return std::move(program_);
  }

 private:
  void add(const Operation& operation) { program_.push_back(operation); }

  // Most of a program is about one kind, so that its sockets can meet.
  std::size_t kind() { return random_.percent(80) ? theme_ : random_.below(kKinds.size()); }
  int place() { return random_.below(kPlaces); }

  // Two or three sockets that can speak to each other.
  void acquaint() {
    const std::size_t k = kind();
    const int one = place();
    const int other = (one + 1) % kPlaces;
    const bool local = kKinds[k].family == af_unix;
    if (local && random_.percent(30)) {
      add({.verb = Verb::socketpair, .place = one, .other = other, .choice = k});
      return;
    }
    add({.verb = Verb::socket, .place = one, .choice = k});
    add({.verb = Verb::socket, .place = other, .choice = k});
    add({.verb = Verb::bind, .place = one, .target = own_name(local)});
    if (kKinds[k].type == sock_dgram) {
      if (random_.percent(50)) add({.verb = Verb::bind, .place = other, .target = own_name(local)});
      if (random_.percent(70)) {
        add({.verb = Verb::connect, .place = other, .target = {Target::Form::name_of, one}});
      }
      return;
    }
    add({.verb = Verb::listen, .place = one, .size = random_.below(4)});
    add({.verb = Verb::connect, .place = other, .target = {Target::Form::name_of, one}});
    if (random_.percent(90)) add({.verb = Verb::accept, .place = one, .other = (one + 2) % kPlaces});
  }

  Target own_name(bool local) {
    if (!local) return {random_.percent(80) ? Target::Form::loopback : Target::Form::any, 0};
    if (random_.percent(15)) return {Target::Form::loopback, 0};
    return {random_.percent(50) ? Target::Form::path : Target::Form::abstract, random_.below(kUnixNames)};
  }

  Target target(bool to_bind) {
    const bool local = kKinds[theme_].family == af_unix;
    const int roll = random_.below(100);
    if (roll < (to_bind ? 60 : 10)) return own_name(local);
    if (roll < 90) return {Target::Form::name_of, place()};
    if (roll < 93) return {Target::Form::peer_of, place()};
    if (roll < 95) return {Target::Form::mapped, place()};
    if (roll < 97) return {Target::Form::none, 0};
    return {local ? Target::Form::path : Target::Form::loopback, random_.below(kUnixNames)};
  }

  // How much a TCP stream takes at once depends on how far the kernel has tuned it.
  int send_size() {
    const bool tcp = kKinds[theme_].family != af_unix && kKinds[theme_].type == sock_stream;
    return !tcp && random_.percent(5) ? random_.of(kLargeSizes) : random_.of(kSendSizes);
  }

  MessageFlags send_flags() {
    const int roll = random_.below(100);
    if (roll < 85) return {};
    if (roll < 90) return msg_dontwait;
    if (roll < 94) return msg_eor;
    if (roll < 97) return kKinds[theme_].type == sock_dgram ? msg_more : msg_dontwait;
    return msg_confirm;
  }

  MessageFlags receive_flags() {
    const int roll = random_.below(100);
    if (roll < 70) return {};
    if (roll < 85) return msg_peek;
    if (roll < 90) return msg_waitall;
    if (roll < 94) return msg_trunc;
    if (roll < 96) return msg_peek | msg_trunc;
    return msg_dontwait;
  }

  Verb verb() {
    int total = 0;
    for (const Weight& each : kWeights) total += each.weight;
    int roll = random_.below(total);
    for (const Weight& each : kWeights) {
      roll -= each.weight;
      if (roll < 0) return each.verb;
    }
    return Verb::select;
  }

  Operation step() {
    Operation o{.verb = verb(), .place = place()};
    switch (o.verb) {
      case Verb::socket:
        o.choice = kind();
        break;
      case Verb::socketpair:
        o.choice = kind();
        o.other = (o.place + 1 + random_.below(kPlaces - 1)) % kPlaces;
        break;
      case Verb::dup:
      case Verb::accept:
        o.other = (o.place + 1 + random_.below(kPlaces - 1)) % kPlaces;
        break;
      case Verb::bind:
        o.target = target(true);
        break;
      case Verb::connect:
      case Verb::connect_ex:
        o.target = target(false);
        break;
      case Verb::listen:
        o.size = random_.below(4);
        break;
      case Verb::shutdown:
        o.choice = random_.below(kHows.size());
        break;
      case Verb::sendto:
        o.target = target(false);
        [[fallthrough]];
      case Verb::send:
      case Verb::sendmsg:
        o.size = send_size();
        o.value = random_.below(26);
        o.flags = send_flags();
        break;
      case Verb::recv:
      case Verb::recv_into:
      case Verb::recvfrom:
      case Verb::recvmsg_into:
        o.size = random_.of(kReceiveSizes);
        o.flags = receive_flags();
        break;
      case Verb::setsockopt:
        o.value = random_.of(kOptionValues);
        [[fallthrough]];
      case Verb::getsockopt:
        // The pending error is worth more looks than the others.
        o.choice = o.verb == Verb::getsockopt && random_.percent(40) ? 0 : random_.below(kOptions.size());
        break;
      case Verb::setlinger:
        o.value = random_.below(2);
        break;
      case Verb::unlink:
        o.target = {Target::Form::path, random_.below(kUnixNames)};
        break;
      default:
        break;
    }
    return o;
  }

  Random random_;
  const std::size_t theme_;
  Program program_;
};

}  // namespace

Program generate(std::uint64_t seed, std::size_t length) { return Generator(seed).program(length); }

}  // namespace everysock::differential
