#include <string>

#include "scenarios.h"

namespace everysock::testing {
namespace {

// What two sockets may have together: every pair of addresses with every combination of options.
void pairs(Script& s, SocketKind kind, bool listening) {
  struct Place {
    AddressFamily family;
    const char* host;
    bool v6_only;
  };
  const Place places[] = {{af_inet, "0.0.0.0", false},
                          {af_inet, "127.0.0.1", false},
                          {af_inet, "127.0.0.2", false},
                          {af_inet6, "::", false},
                          {af_inet6, "::", true},
                          {af_inet6, "::1", false},
                          {af_inet6, "::ffff:127.0.0.1", false}};
  const auto open = [&](const char* name, const Place& place, int options) {
    s.open(name, place.family, kind);
    if (place.v6_only) s.set(name, sol_ipv6, ipv6_v6only, 1);
    if ((options & 1) != 0) s.set(name, sol_socket, so_reuseaddr, 1);
    if ((options & 2) != 0) s.set(name, sol_socket, so_reuseport, 1);
  };
  const auto at = [](const Place& place, int port) {
    return place.family == af_inet ? inet(place.host, port) : inet6(place.host, port);
  };
  for (const Place& one : places) {
    for (const Place& other : places) {
      for (int options = 0; options < 16; options += 5) {
        // Both without, both with reuseaddr, both with reuseport, both with both; and then the mixed ones.
        for (const int mixed : {options, options ^ 1, options ^ 4}) {
          s.note(std::string(one.host) + " " + other.host + " options " + std::to_string(mixed));
          open("a", one, mixed & 3);
          open("b", other, mixed >> 2);
          s.bind("a", at(one, 0));
          const Address name = s.name_of("a");
          const int port = one.family == af_inet ? std::get<InetAddress>(name).port : std::get<Inet6Address>(name).port;
          if (listening) s.listen("a", 1);
          s.bind("b", at(other, port));
          if (kind == sock_stream) s.listen("b", 1);
          s.close("a");
          s.close("b");
        }
      }
    }
  }
}

void stream_pairs(Script& s) { pairs(s, sock_stream, false); }
void listener_pairs(Script& s) { pairs(s, sock_stream, true); }
void dgram_pairs(Script& s) { pairs(s, sock_dgram, false); }

void bad_addresses(Script& s) {
  for (const SocketKind kind : {sock_stream, sock_dgram}) {
    for (const Address& address :
         {inet("192.0.2.77", 0), inet("8.8.8.8", 0), inet("127.0.0.99", 0), inet("255.255.255.255", 0),
          inet("127.255.255.255", 0), inet("224.0.0.5", 0), loopback6(0),
          Address(UnixAddress{"a path long enough for any family"}), Address()}) {
      s.open("s", af_inet, kind);
      s.bind("s", address);
      s.local("s");
      s.close("s");
    }
    for (const Address& address :
         {inet6("2001:db8::77", 0), inet6("fe80::77", 0), inet6("fe80::77", 0, 1), inet6("fe80::77", 0, 99999),
          inet6("::1", 0, 1), inet6("::1", 0, 77), inet6("ff02::1", 0, 1), inet6("ff02::1", 0), inet6("ff0e::1", 0),
          inet6("::ffff:127.0.0.5", 0), inet6("::ffff:192.0.2.77", 0), inet6("::", 0, 0, 0xfffff), loopback(0),
          Address(UnixAddress{"a path long enough for any family"}), Address()}) {
      s.open("s", af_inet6, kind);
      s.bind("s", address);
      s.local("s");
      s.get("s", sol_ipv6, ipv6_v6only);
      s.close("s");
    }
  }
}

// A server that closes first keeps its port for a while.
void time_wait(Script& s) {
  for (const int reuse : {0, 1}) {
    s.open("listener", af_inet, sock_stream);
    s.set("listener", sol_socket, so_reuseaddr, reuse);
    s.bind("listener", loopback(0));
    s.listen("listener", 1);
    const Address name = s.name_of("listener");
    s.open("client", af_inet, sock_stream);
    s.connect("client", name);
    s.accept("listener", "server");
    s.note("the connection outlives the listener");
    s.close("listener");
    s.open("again", af_inet, sock_stream);
    s.bind("again", name);
    s.set("again", sol_socket, so_reuseaddr, 1);
    s.bind("again", name);
    s.close("again");
    s.note("the connection ends, from the server's side");
    s.close("server");
    s.receive("client", 1);
    s.close("client");
    s.open("again", af_inet, sock_stream);
    s.bind("again", name);
    s.set("again", sol_socket, so_reuseaddr, 1);
    s.bind("again", name);
    s.listen("again", 1);
    s.close("again");
  }
}

void client_closes_first(Script& s) {
  s.open("listener", af_inet, sock_stream);
  s.bind("listener", loopback(0));
  s.listen("listener", 1);
  const Address name = s.name_of("listener");
  s.open("client", af_inet, sock_stream);
  s.connect("client", name);
  s.accept("listener", "server");
  const Address client = s.name_of("client");
  s.close("client");
  s.receive("server", 1);
  s.close("server");
  s.close("listener");
  s.open("again", af_inet, sock_stream);
  s.bind("again", name);
  s.open("same", af_inet, sock_stream);
  s.bind("same", client);
}

void after_connect(Script& s) {
  s.open("listener", af_inet, sock_stream);
  s.bind("listener", loopback(0));
  s.listen("listener", 1);
  s.open("client", af_inet, sock_stream);
  s.connect("client", s.name_of("listener"));
  s.open("other", af_inet, sock_stream);
  s.bind("other", s.name_of("client"));
  s.set("other", sol_socket, so_reuseaddr, 1);
  s.bind("other", s.name_of("client"));
}

constexpr Scenario kScenarios[] = {
    {"two streams", stream_pairs},
    {"beside a listener", listener_pairs},
    {"two datagram sockets", dgram_pairs},
    {"bad addresses", bad_addresses},
    {"time wait", time_wait},
    {"client closes first", client_closes_first},
    {"a connection's port", after_connect},
};

}  // namespace

std::span<const Scenario> bind_scenarios() { return kScenarios; }

}  // namespace everysock::testing
