// CAN buses of simulated hosts: time, the room of sockets, and what is left behind.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "everysock/can_bcm.h"
#include "everysock/can_frame.h"
#include "everysock/can_isotp.h"
#include "support.h"

namespace everysock::testing {
namespace {

Socket raw(Backend& backend, const char* interface = "vcan0") {
  Socket s = socket(af_can, sock_raw, can_raw, backend).value();
  s.bind(CanAddress{interface}).value();
  return s;
}

Socket manager(Backend& backend) {
  Socket s = socket(af_can, sock_dgram, can_bcm, backend).value();
  s.connect(CanAddress{"vcan0"}).value();
  return s;
}

Socket transport(Backend& backend, std::uint32_t receive, std::uint32_t transmit, const CanIsotpOptions& options = {}) {
  Socket s = socket(af_can, sock_dgram, can_isotp, backend).value();
  s.setsockopt(sol_can_isotp, can_isotp_opts, options.pack()).value();
  s.bind(CanIsotpAddress{"vcan0", receive, transmit}).value();
  return s;
}

CanFrame received(Socket& s) { return CanFrame::unpack(s.recv(CanFrame::max_packed).value()).value(); }

const CanBcmMessage kEveryTenth{.opcode = can_bcm_tx_setup,
                                .flags = can_bcm_settimer | can_bcm_starttimer,
                                .ival2 = 100'000,
                                .can_id = 0x42,
                                .frames = {{.id = 0x42, .data = "beat"}}};

TEST_CASE("cyclic frames come at the very moment") {
  const auto backend = new_memory_backend(1);
  Socket listener = raw(*backend);
  Socket s = manager(*backend);
  const std::int64_t start = backend->now();
  s.send(kEveryTenth.pack().value()).value();
  for (int i = 0; i < 1000; ++i) {
    CHECK(received(listener) == kEveryTenth.frames[0]);
    CHECK(backend->now() - start == i * 100 * kMillisecond);
  }
}

TEST_CASE("each host has buses of its own") {
  TwoHosts hosts;
  Socket alpha = raw(*hosts.alpha);
  Socket beta = raw(*hosts.beta);
  Socket other = raw(*hosts.alpha, "vcan1");
  raw(*hosts.alpha).send(CanFrame{.id = 1}.pack().value()).value();
  CHECK(received(alpha).id == 1);
  for (Socket* s : {&beta, &other}) {
    s->settimeout(1.0).value();
    CHECK(s->recv(16).error().is_timeout());
  }
}

TEST_CASE("a full socket loses what comes, the sender does not wait") {
  const auto backend = new_memory_backend(1);
  Socket listener = raw(*backend);
  Socket sender = raw(*backend);
  const std::string frame = CanFrame{.id = 1}.pack().value();
  for (int i = 0; i < 10000; ++i) sender.send(frame).value();
  listener.setblocking(false).value();
  int count = 0;
  while (listener.recv(16)) ++count;
  CHECK(count > 100);
  CHECK(count < 1000);
  // And has room again.
  sender.send(frame).value();
  CHECK(listener.recv(16).value() == frame);
}

TEST_CASE("whoever waits for ever beside a cyclic frame is told so") {
  const auto backend = new_memory_backend(NetworkSettings{.deadlock_after = 10 * kMillisecond});
  Socket silent = raw(*backend, "vcan1");
  Socket s = manager(*backend);
  s.send(kEveryTenth.pack().value()).value();
  CHECK(silent.recv(16).error() == Errc::edeadlk);
  // With a time-out it is that, however many frames there are before.
  silent.settimeout(1e4).value();
  const std::int64_t start = backend->now();
  CHECK(silent.recv(16).error().is_timeout());
  CHECK(backend->now() - start == 10'000 * kSecond);
}

TEST_CASE("what Linux says beside frames") {
  const auto backend = new_memory_backend(1);
  Socket own = raw(*backend);
  Socket other = raw(*backend);
  own.setsockopt(sol_can_raw, can_raw_recv_own_msgs, 1).value();
  own.send(CanFrame{.id = 1}.pack().value()).value();
  CHECK(own.recvmsg(16).value().msg_flags == (msg_dontroute | msg_confirm));
  CHECK(other.recvmsg(16).value().msg_flags == msg_dontroute);
  own.send(CanFrame{.id = 1}.pack().value()).value();
  CHECK(own.recvmsg(8).value().msg_flags == (msg_dontroute | msg_confirm | msg_trunc));
}

TEST_CASE("what none of the sockets has") {
  const auto backend = new_memory_backend(1);
  Socket s = raw(*backend);
  Socket bcm = manager(*backend);
  Socket isotp = socket(af_can, sock_dgram, can_isotp, *backend).value();
  for (Socket* one : {&s, &bcm, &isotp}) {
    CHECK(one->getpeername().error() == Errc::eopnotsupp);
    CHECK(one->shutdown(shut_rd).error() == Errc::eopnotsupp);
    CHECK(one->listen().error() == Errc::eopnotsupp);
    CHECK(one->setsockopt(sol_socket, so_reuseport, 1).error() == Errc::eopnotsupp);
  }
  CHECK(bcm.getsockname().error() == Errc::eopnotsupp);
  CHECK(isotp.recv(10).error() == Errc::eaddrnotavail);
  isotp.bind(CanIsotpAddress{"vcan0", 1, 2}).value();
  CHECK(isotp.recv(10, msg_waitall).error() == Errc::einval);
  CHECK(s.getsockopt(sol_can_isotp, can_isotp_opts, 12).error() == Errc::einval);
  CHECK(bcm.getsockopt(sol_can_raw, can_raw_loopback).error() == Errc::eopnotsupp);
  CHECK(isotp.setsockopt(sol_can_raw, can_raw_loopback, 1).error() == Errc::einval);
  CHECK(socket(af_can, sock_dgram, can_raw, *backend).error() == Errc::eprototype);
  CHECK(socket(af_can, sock_raw, can_bcm, *backend).error() == Errc::eprototype);
  CHECK(socket(af_can, sock_dgram, can_j1939, *backend).error() == Errc::eprotonosupport);
  CHECK(socket(af_can, sock_raw, Protocol(8), *backend).error() == Errc::einval);
}

TEST_CASE("a segmented message takes the time that the receiver asks for") {
  const auto backend = new_memory_backend(1);
  Socket receiver = socket(af_can, sock_dgram, can_isotp, *backend).value();
  receiver.setsockopt(sol_can_isotp, can_isotp_recv_fc, CanIsotpFlowControl{.stmin = 10}.pack()).value();
  receiver.bind(CanIsotpAddress{"vcan0", 0x100, 0x200}).value();
  Socket sender = transport(*backend, 0x200, 0x100, {.frame_txtime = 0xffffffff});
  const std::int64_t start = backend->now();
  // 6 bytes in the first frame, then 7 in each of 10, with 9 gaps.
  const std::string message(76, 'm');
  sender.send(message).value();
  CHECK(receiver.recv(100).value() == message);
  CHECK(backend->now() - start == 90 * kMillisecond);
}

TEST_CASE("a closed socket still sends its message to the end") {
  const auto backend = new_memory_backend(1);
  Socket receiver = transport(*backend, 0x100, 0x200);
  const std::string message(3000, 'm');
  {
    Socket sender = transport(*backend, 0x200, 0x100);
    sender.send(message).value();
  }
  CHECK(receiver.recv(4000).value() == message);
  // Its identifiers are free then, and nobody listens with them any more.
  Socket again = transport(*backend, 0x200, 0x100);
  again.send("x").value();
  CHECK(receiver.recv(10).value() == "x");
  // Without anyone there it gives up.
  receiver.close().value();
  transport(*backend, 0x300, 0x400).send(message).value();
  again.settimeout(5.0).value();
  CHECK(again.recv(10).error().is_timeout());
}

TEST_CASE("waiting for the end of a transmission, and for its errors") {
  const auto backend = new_memory_backend(1);
  Socket receiver = transport(*backend, 0x100, 0x200);
  Socket sender = transport(*backend, 0x200, 0x100, {.flags = can_isotp_wait_tx_done});
  const std::int64_t start = backend->now();
  CHECK(sender.send(std::string(76, 'm')).value() == 76);
  CHECK(backend->now() - start == 9 * 50'000);
  receiver.close().value();
  const std::int64_t alone = backend->now();
  CHECK(sender.send(std::string(76, 'm')).error() == Errc::ecomm);
  CHECK(backend->now() - alone == kSecond);
}

}  // namespace
}  // namespace everysock::testing
