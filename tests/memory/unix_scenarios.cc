#include <string>

#include "scenarios.h"

namespace everysock::testing {
namespace {

const SocketKind kKinds[] = {sock_stream, sock_seqpacket, sock_dgram};

void look_at(Script& s, const char* name) {
  s.ready(name);
  s.local(name);
  s.peer(name);
  s.get(name, sol_socket, so_error);
  s.get(name, sol_socket, so_acceptconn);
}

Address abstract(std::string_view name) { return UnixAddress{std::string(1, '\0').append("es-").append(name)}; }

void fresh(Script& s) {
  for (const SocketKind kind : kKinds) {
    s.note("kind " + std::to_string(kind.value()));
    s.open("s", af_unix, kind);
    look_at(s, "s");
    s.send("s", "x");
    s.send("s", "");
    s.receive("s", 10);
    s.receive("s", 0);
    s.accept("s", "x");
    s.listen("s", 1);
    s.shutdown("s", shut_rd);
    look_at(s, "s");
    s.receive("s", 10);
    s.shutdown("s", shut_wr);
    s.send("s", "x");
    s.connect("s", s.path("nowhere"));
    s.close("s");
  }
}

void names(Script& s) {
  for (const SocketKind kind : kKinds) {
    const std::string path = "name" + std::to_string(kind.value());
    s.note("kind " + std::to_string(kind.value()));
    s.open("a", af_unix, kind);
    s.bind("a", s.path(path));
    s.bind("a", s.path(path));
    s.bind("a", s.path(path + "x"));
    s.bind("a", abstract("x"));
    s.bind("a", UnixAddress{});
    s.local("a");
    s.open("b", af_unix, kind);
    s.bind("b", s.path(path));
    s.bind("b", loopback(0));
    s.bind("b", Address());
    s.bind("b", s.path("missing/b"));
    s.bind("b", s.path(path + "/b"));
    s.close("a");
    s.note("closed, but the path stays");
    s.connect("b", s.path(path));
    s.bind("b", s.path(path));
    s.connect("b", s.path("nowhere"));
    s.connect("b", s.path("missing/b"));
    s.connect("b", s.path(path + "/b"));
    s.connect("b", abstract("nowhere"));
    s.connect("b", UnixAddress{});
    s.connect("b", loopback(9));
    s.send_to("b", "x", s.path("nowhere"));
    s.send_to("b", "x", s.path(path));
    s.send_to("b", "x", abstract("nowhere"));
    s.send_to("b", "x", UnixAddress{});
    s.send_to("b", "x", loopback(9));
    s.close("b");
    s.note("abstract names");
    s.open("c", af_unix, kind);
    s.bind("c", abstract("c"));
    s.local("c");
    s.bind("c", UnixAddress{});
    s.open("d", af_unix, kind);
    s.bind("d", abstract("c"));
    s.bind("d", UnixAddress{});
    s.bind("d", UnixAddress{});
    s.local("d");
    s.close("c");
    s.open("e", af_unix, kind);
    s.bind("e", abstract("c"));
    s.close("d");
    s.close("e");
  }
}

void kinds_differ(Script& s) {
  for (const SocketKind one : kKinds) {
    for (const SocketKind other : kKinds) {
      s.note(std::to_string(one.value()) + " to " + std::to_string(other.value()));
      const std::string path = "kinds" + std::to_string(one.value()) + std::to_string(other.value());
      for (const Address& address : {abstract("kinds"), s.path(path)}) {
        s.open("a", af_unix, one);
        s.bind("a", address);
        s.open("b", af_unix, other);
        s.connect("b", address);
        s.send_to("b", "x", address);
        s.listen("a", 1);
        s.connect("b", address);
        look_at(s, "b");
        s.open("c", af_unix, other);
        s.bind("c", address);
        for (const char* name : {"a", "b", "c"}) s.close(name);
      }
    }
  }
}

void connection(Script& s) {
  for (const SocketKind kind : {sock_stream, sock_seqpacket}) {
    s.note("kind " + std::to_string(kind.value()));
    s.open("l", af_unix, kind);
    s.bind("l", abstract("l"));
    s.listen("l", 4);
    look_at(s, "l");
    s.open("c", af_unix, kind);
    s.connect("c", abstract("l"));
    look_at(s, "c");
    s.connect("c", abstract("l"));
    s.connect("l", abstract("l"));
    s.listen("c", 1);
    s.send("c", "early");
    s.accept("l", "a");
    look_at(s, "a");
    s.receive("a", 10);
    s.receive("a", 10);
    s.send("a", "answer");
    s.send_to("a", "address", abstract("l"));
    s.receive("c", 100);
    s.send("l", "x");
    s.receive("l", 10);
    s.bind("c", abstract("c"));
    s.peer("a");
    s.send("c", "named");
    s.receive("a", 10);
    s.accept("l", "none");
    s.connect("c", Address());
    s.shutdown("l", shut_rd);
    look_at(s, "l");
    s.accept("l", "none");
    s.open("d", af_unix, kind);
    s.connect("d", abstract("l"));
    for (const char* name : {"l", "c", "a", "d"}) s.close(name);
  }
}

void backlog(Script& s) {
  for (const SocketKind kind : {sock_stream, sock_seqpacket}) {
    s.open("l", af_unix, kind);
    s.bind("l", abstract("b"));
    s.listen("l", 1);
    for (const char* name : {"a", "b", "c"}) {
      s.open(name, af_unix, kind);
      s.connect(name, abstract("b"));
    }
    s.ready("c");
    s.accept("l", "x");
    s.connect("c", abstract("b"));
    s.close("l");
    s.note("the listener is gone: who was not accepted is reset");
    look_at(s, "a");
    look_at(s, "b");
    s.receive("b", 10);
    s.receive("b", 10);
    s.send("b", "x");
    for (const char* name : {"a", "b", "c", "x"}) s.close(name);
  }
}

void pairs(Script& s) {
  for (const SocketKind kind : kKinds) {
    s.note("kind " + std::to_string(kind.value()));
    s.pair("a", "b", kind);
    look_at(s, "a");
    s.get("a", sol_socket, so_type);
    s.get("a", sol_socket, so_protocol);
    s.send("a", "hello");
    s.send("a", "world");
    s.ready("b");
    s.receive("b", 3, msg_peek);
    s.receive("b", 3, msg_peek | msg_trunc);
    s.receive("b", 3);
    s.receive("b", 100);
    s.receive("b", 100);
    s.send("a", "");
    s.ready("b");
    s.receive("b", 100);
    s.send("a", "cut");
    s.receive("b", 0);
    s.receive("b", 100);
    s.send("a", "long message");
    s.receive("b", 4, msg_trunc);
    s.receive("b", 4, msg_dontwait);
    s.receive("b", 100, msg_waitall);
    s.send("a", "eor", msg_eor);
    s.receive("b", 100);
    s.send("a", "more", msg_more);
    s.receive("b", 100);
    s.send_to("a", "x", abstract("nowhere"));
    s.receive("b", 100);
    s.receive("b", 10, msg_errqueue);
    s.close("a");
    s.close("b");
  }
}

void closing(Script& s) {
  for (const SocketKind kind : kKinds) {
    s.note("kind " + std::to_string(kind.value()));
    s.pair("a", "b", kind);
    s.send("a", "left behind");
    s.close("a");
    look_at(s, "b");
    s.receive("b", 100);
    s.receive("b", 100);
    s.send("b", "x");
    s.send("b", "x");
    s.ready("b");
    s.peer("b");
    s.close("b");
    s.note("unread data");
    s.pair("a", "b", kind);
    s.send("b", "unread");
    s.send("a", "seen");
    s.close("a");
    look_at(s, "b");
    s.receive("b", 100);
    s.receive("b", 100);
    s.send("b", "x");
    s.close("b");
    s.note("unread data, and sending first");
    s.pair("a", "b", kind);
    s.send("b", "unread");
    s.close("a");
    s.send("b", "x");
    s.send("b", "x");
    s.receive("b", 100);
    s.close("b");
  }
}

void shutdowns(Script& s) {
  for (const SocketKind kind : kKinds) {
    for (const ShutdownHow how : {shut_rd, shut_wr, shut_rdwr}) {
      s.note("kind " + std::to_string(kind.value()) + " how " + std::to_string(how.value()));
      s.pair("a", "b", kind);
      s.send("b", "before");
      s.shutdown("a", how);
      for (const char* name : {"a", "b"}) {
        s.ready(name);
        s.send(name, "x");
        s.receive(name, 100);
        s.receive(name, 100);
        s.ready(name);
      }
      s.shutdown("a", how);
      s.shutdown("b", shut_rdwr);
      look_at(s, "a");
      s.close("a");
      s.close("b");
    }
  }
}

void dgrams(Script& s) {
  s.open("a", af_unix, sock_dgram);
  s.bind("a", abstract("a"));
  s.open("b", af_unix, sock_dgram);
  s.send_to("b", "unnamed", abstract("a"));
  s.receive("a", 100);
  s.bind("b", abstract("b"));
  s.send_to("b", "named", abstract("a"));
  s.receive("a", 100);
  s.connect("b", abstract("a"));
  look_at(s, "b");
  s.send("b", "connected");
  s.receive("a", 100);
  s.note("a third one may not send to who is connected to another");
  s.open("c", af_unix, sock_dgram);
  s.bind("c", abstract("c"));
  s.send_to("c", "x", abstract("b"));
  s.connect("c", abstract("b"));
  s.send_to("a", "x", abstract("b"));
  s.receive("b", 100);
  s.note("reconnecting drops what has come");
  s.connect("a", abstract("b"));
  s.send("a", "dropped");
  s.connect("b", abstract("c"));
  look_at(s, "b");
  look_at(s, "a");
  s.send("a", "x");
  s.send("a", "x");
  s.connect("b", Address());
  look_at(s, "b");
  s.send("b", "x");
  s.note("the peer closes");
  s.connect("c", abstract("a"));
  s.close("a");
  s.ready("c");
  s.send("c", "x");
  s.send("c", "x");
  s.peer("c");
  s.connect("b", abstract("b"));
  s.send("b", "to myself");
  s.receive("b", 100);
}

void full(Script& s) {
  s.note("ten wait and one more; then the sender does");
  s.open("a", af_unix, sock_dgram);
  s.bind("a", abstract("full"));
  s.open("b", af_unix, sock_dgram);
  s.connect("b", abstract("full"));
  for (int i = 0; i < 13; ++i) s.send("b", std::to_string(i));
  s.ready("b");
  s.receive("a", 10);
  s.ready("b");
  s.send("b", "again");
  s.ready("b");
  s.open("c", af_unix, sock_dgram);
  s.ready("c");
  s.send_to("c", "x", abstract("full"));
  s.ready("c");
  for (const SocketKind kind : kKinds) {
    s.pair("x", "y", kind);
    s.fill("x", 1000);
    s.ready("x");
    s.ready("y");
    s.close("x");
    s.close("y");
  }
}

void sizes(Script& s) {
  for (const SocketKind kind : {sock_dgram, sock_seqpacket}) {
    s.pair("a", "b", kind);
    s.set("a", sol_socket, so_sndbuf, 5000);
    for (const std::size_t size : {9968, 9969, 10000, 20000}) {
      s.send("a", std::string(size, 'x'));
      s.receive("b", 30000);
    }
    s.close("a");
    s.close("b");
  }
}

void urgent(Script& s) {
  for (const SocketKind kind : {sock_seqpacket, sock_dgram}) {
    s.pair("a", "b", kind);
    s.send("a", "x", msg_oob);
    s.receive("b", 10, msg_oob);
    s.close("a");
    s.close("b");
  }
}

void opening(Script& s) {
  for (const AddressFamily family : {af_unspec, af_unix, af_inet, af_inet6, AddressFamily(45)}) {
    for (const std::uint32_t kind : {0, 1, 2, 5, 9, 10}) {
      for (const std::uint32_t protocol : {0, 1, 6, 17, 255}) {
        if (kind == 3) continue;
        s.note(std::to_string(family.value()) + " " + std::to_string(kind) + " " + std::to_string(protocol));
        s.open("s", family, SocketKind(kind), Protocol(protocol));
        s.get("s", sol_socket, so_protocol);
        s.get("s", sol_socket, so_type);
        s.close("s");
      }
    }
  }
}

void late_names(Script& s) {
  s.note("the sender's name is that of the moment of receipt");
  s.pair("a", "b", sock_dgram);
  s.send("a", "x");
  s.bind("a", s.path("late"));
  s.receive("b", 10);
  s.send("a", "y");
  s.close("a");
  s.receive("b", 10);
}

void forgotten(Script& s) {
  s.note("with the peer goes what it had sent");
  s.pair("a", "b", sock_dgram);
  s.send("a", "x");
  s.close("a");
  s.send("b", "y");
  s.receive("b", 10);
  s.send("b", "y");
}

void own_peer(Script& s) {
  s.open("a", af_unix, sock_dgram);
  s.bind("a", s.path("a"));
  s.connect("a", s.path("a"));
  s.send("a", "to itself");
  s.receive("a", 20);
  s.send("a", "lost");
  s.connect("a", std::monostate());
  s.get("a", sol_socket, so_error);
  s.receive("a", 20);
}

void names_for_credentials(Script& s) {
  for (const SocketKind kind : kKinds) {
    s.pair("a", "b", kind);
    s.set("a", sol_socket, so_passcred, 1);
    s.local("a");
    s.send("a", "x");
    s.local("a");
    s.peer("b");
    s.bind("a", s.path("a"));
    s.close("a");
    s.close("b");
  }
}

constexpr Scenario kScenarios[] = {
    {"fresh", fresh},
    {"names", names},
    {"kinds differ", kinds_differ},
    {"connection", connection},
    {"backlog", backlog},
    {"pairs", pairs},
    {"closing", closing},
    {"shutdowns", shutdowns},
    {"datagrams", dgrams},
    {"full", full},
    {"sizes", sizes},
    {"urgent", urgent},
    {"opening", opening},
    {"late names", late_names},
    {"forgotten", forgotten},
    {"own peer", own_peer},
    {"names for credentials", names_for_credentials},
};

}  // namespace

std::span<const Scenario> unix_scenarios() { return kScenarios; }

}  // namespace everysock::testing
