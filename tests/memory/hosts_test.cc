// Hosts: their names, addresses, tables and groups.
#include <doctest/doctest.h>

#include <string>

#include "support.h"

namespace everysock::testing {
namespace {

TEST_CASE("what a host may be called and have") {
  MemoryNetwork network;
  const auto a = network.new_host("a", {"10.0.0.1/8", "fd00::1"}).value();
  CHECK(network.new_host("a").error() == Errc::eexist);
  CHECK(network.new_host("").error() == Errc::einval);
  CHECK(network.new_host("b", {"10.0.0.1"}).error() == Errc::eaddrinuse);
  for (const char* bad : {"10.0.0", "nonsense", "10.0.0.2/33", "10.0.0.2/", "10.0.0.2/x", "127.0.0.2", "::1", "0.0.0.0",
                          "::", "224.0.0.1", "fd00::2/129"}) {
    CAPTURE(bad);
    CHECK(network.new_host("b", {bad}).error() == Errc::einval);
  }
  CHECK(network.add_name("www", "nobody").error() == Errc::enoent);
  network.add_name("www.example.org", "a").value();
  CHECK(network.add_name("www.example.org", "a").error() == Errc::eexist);
  CHECK(network.new_host("www.example.org").error() == Errc::eexist);
  CHECK(network.set_link("a", "nobody", {}).error() == Errc::enoent);
  CHECK(network.set_link("a", "a", {}).error() == Errc::einval);
  const auto b = network.new_host("b").value();
  CHECK(network.set_link("a", "b", {.latency = -1}).error() == Errc::einval);
  CHECK(network.set_link("a", "b", {.loss = 1.5}).error() == Errc::einval);
  CHECK(network.isolate("nobody").error() == Errc::enoent);
  CHECK(network.unlink("a", "/tmp/x").error() == Errc::enoent);
  CHECK(network.make_directory("nobody", "/x").error() == Errc::enoent);
}

TEST_CASE("the end of a process and the start of the next one") {
  MemoryNetwork network;
  const auto a = network.new_host("a", {"10.0.0.1"}).value();
  auto b = network.new_host("b", {"10.0.0.2"}).value();
  {
    Socket listener = create_server({"10.0.0.2", 80}, {}, *b).value();
    Socket client = create_connection({"10.0.0.2", 80}, {}, *a).value();
    Socket server = listener.accept().value().socket;
    // As a process that is killed: its sockets are closed for it.
    (void)listener.detach();
    (void)server.detach();
    b.reset();
    CHECK(client.recv(10).value().empty());
    CHECK(create_connection({"10.0.0.2", 80}, {}, *a).error() == Errc::econnrefused);
  }
  b = network.new_host("b").value();
  Socket again = create_server({"b", 80}, {}, *b).value();
  Socket client = create_connection({"b", 80}, {}, *a).value();
  CHECK(to_string(client.getpeername().value()) == "10.0.0.2:80");
}

TEST_CASE("hosts outlive the network object, and sockets' peers their hosts") {
  auto network = std::make_unique<MemoryNetwork>();
  auto a = network->new_host("a", {"10.0.0.1"}).value();
  auto b = network->new_host("b", {"10.0.0.2"}).value();
  network.reset();
  Socket listener = create_server({"10.0.0.2", 80}, {}, *b).value();
  Socket client = create_connection({"10.0.0.2", 80}, {}, *a).value();
  client.send("x").value();
  (void)listener.detach();
  b.reset();
  CHECK(client.recv(10).error() == Errc::econnreset);
}

TEST_CASE("handles are small numbers, the lowest free one first, and there are so many") {
  MemoryNetwork network({.max_handles = 3});
  const auto host = network.new_host("h").value();
  const auto open = [&] { return host->open(af_inet, sock_dgram, Protocol()); };
  CHECK(open().value() == Handle{3});
  CHECK(open().value() == Handle{4});
  CHECK(open().value() == Handle{5});
  CHECK(open().error() == Errc::emfile);
  CHECK(host->duplicate(Handle{3}).error() == Errc::emfile);
  host->close(Handle{4}).value();
  CHECK(host->open_pair(af_unix, sock_stream, Protocol()).error() == Errc::emfile);
  CHECK(host->duplicate(Handle{3}).value() == Handle{4});
  CHECK(host->adopt(4).value() == Handle{4});
  CHECK(host->adopt(2).error() == Errc::ebadf);
  CHECK(host->adopt(-1).error() == Errc::ebadf);
  CHECK(host->adopt(1000).error() == Errc::ebadf);
}

TEST_CASE("a host of its own for every namespace") {
  MemoryNetwork network;
  const auto a = network.new_host("a").value();
  const auto b = network.new_host("b").value();
  Socket on_a = socket(af_unix, sock_stream, {}, *a).value();
  Socket on_b = socket(af_unix, sock_stream, {}, *b).value();
  on_a.bind(UnixAddress{"/tmp/s"}).value();
  on_b.bind(UnixAddress{"/tmp/s"}).value();
  Socket port_a = create_server({"127.0.0.1", 80}, {}, *a).value();
  Socket port_b = create_server({"127.0.0.1", 80}, {}, *b).value();
}

TEST_CASE("directories and unlinking") {
  MemoryNetwork network;
  const auto host = network.new_host("h").value();
  const auto bind = [&](std::string_view path) {
    Socket s = socket(af_unix, sock_stream, {}, *host).value();
    return s.bind(UnixAddress{path});
  };
  CHECK(bind("/srv/app/s").error() == Errc::enoent);
  network.make_directory("h", "/srv/app").value();
  CHECK(bind("/srv/app/s"));
  CHECK(bind("/srv//app/../app/./s").error() == Errc::eaddrinuse);
  CHECK(bind("/srv/app").error() == Errc::eaddrinuse);
  CHECK(bind("/srv/app/s/t").error() == Errc::enotdir);
  CHECK(bind("here"));
  CHECK(bind("./here").error() == Errc::eaddrinuse);
  CHECK(bind("/here"));
  network.unlink("h", "/srv/app/s").value();
  CHECK(bind("/srv/app/s"));
  CHECK(network.unlink("h", "/srv/app").error() == Errc::enoent);
}

TEST_CASE("names and addresses between hosts") {
  TwoHosts hosts;
  hosts.network.add_name("www.beta.example", "beta").value();
  const auto found = getaddrinfo("www.beta.example", "http", af_unspec, sock_stream, {}, ai_canonname, *hosts.alpha);
  REQUIRE(found);
  REQUIRE(found->size() == 2);
  CHECK(to_string(found->at(0).address) == "[fd00::2]:80");
  CHECK(to_string(found->at(1).address) == "10.0.0.2:80");
  CHECK(found->at(0).canonname == "beta");
  CHECK(getaddrinfo("BETA", 1, af_inet, sock_stream, {}, {}, *hosts.alpha).value().size() == 1);
  CHECK(getaddrinfo("gamma", 1, af_unspec, {}, {}, {}, *hosts.alpha).error() == GaiErrc::noname);
  CHECK(gethostname(*hosts.beta).value() == "beta");
  CHECK(getnameinfo(InetAddress{"10.0.0.2", 22}, {}, *hosts.alpha).value() == NameInfo{"beta", "ssh"});
  CHECK(getnameinfo(Inet6Address{"fd00::1", 443}, {}, *hosts.beta).value() == NameInfo{"alpha", "https"});
  CHECK(getnameinfo(InetAddress{"10.0.0.9", 1}, ni_namereqd, *hosts.alpha).error() == GaiErrc::noname);
  // Where this host has no IPv6, IPv4 comes first.
  const auto old = hosts.network.new_host("old", {"10.0.0.3"}).value();
  const auto from_old = getaddrinfo("beta", 80, af_unspec, sock_stream, {}, {}, *old).value();
  CHECK(to_string(from_old.at(0).address) == "10.0.0.2:80");
  CHECK(getaddrinfo("beta", 80, af_unspec, sock_stream, {}, ai_addrconfig, *old).value().size() == 1);
  CHECK(getaddrinfo("old", 80, af_inet6, sock_stream, {}, {}, *old).error() == GaiErrc::addrfamily);
  CHECK(to_string(getaddrinfo("old", 80, af_inet6, sock_stream, {}, ai_v4mapped, *old).value().at(0).address) ==
        "[::ffff:10.0.0.3]:80");
  CHECK(if_nameindex(*old).value() == std::vector<InterfaceName>{{1, "lo"}, {2, "eth0"}, {3, "vcan0"}, {4, "vcan1"}});
}

TEST_CASE("the host database: a host's own name, its others, its addresses") {
  TwoHosts hosts;
  hosts.network.add_name("www.beta.example", "beta").value();
  hosts.network.add_name("B\u00FCcher.example", "beta").value();
  const HostEntry beta{"beta", {"www.beta.example", "xn--bcher-kva.example"}, {"10.0.0.2"}};
  for (const char* name : {"beta", "Beta", "WWW.beta.example", "b\u00FCcher.example"}) {
    CAPTURE(name);
    CHECK(gethostbyname_ex(name, *hosts.alpha).value() == beta);
    CHECK(gethostbyname(name, *hosts.alpha).value() == "10.0.0.2");
  }
  CHECK(gethostbyaddr("10.0.0.2", *hosts.alpha).value() == beta);
  CHECK(gethostbyaddr("fd00::2", *hosts.alpha).value().ipaddrlist == std::vector<std::string>{"fd00::2"});
  CHECK(gethostbyaddr("beta", *hosts.alpha).value().hostname == "beta");
  CHECK(getfqdn("10.0.0.2", *hosts.alpha).value() == "www.beta.example");
  CHECK(getfqdn("", *hosts.beta).value() == "www.beta.example");
  CHECK(getfqdn("alpha", *hosts.beta).value() == "alpha");
  CHECK(gethostbyaddr("10.0.0.9", *hosts.alpha).error() == HostErrc::host_not_found);
  CHECK(gethostbyname_ex("gamma", *hosts.alpha).error() == GaiErrc::noname);
  CHECK(hosts.network.new_host("b\u00FCcher.example").error() == Errc::eexist);
  CHECK(hosts.network.new_host("a..b").error() == Errc::einval);
  CHECK(hosts.network.add_name("\xFF", "beta").error() == Errc::einval);
}

TEST_CASE("a host may be called something else; on the network it keeps its name") {
  TwoHosts hosts;
  sethostname("gamma", *hosts.beta).value();
  CHECK(gethostname(*hosts.beta).value() == "gamma");
  CHECK(gethostname(*hosts.alpha).value() == "alpha");
  CHECK(gethostbyname("beta", *hosts.alpha).value() == "10.0.0.2");
  CHECK(gethostbyname("gamma", *hosts.alpha).error() == GaiErrc::noname);
  sethostname(std::string(64, 'x'), *hosts.beta).value();
  CHECK(sethostname(std::string(65, 'x'), *hosts.beta).error().message() == "sethostname: Invalid argument [EINVAL]");
  CHECK(gethostname(*hosts.beta).value() == std::string(64, 'x'));
}

TEST_CASE("connections by name over IPv4 and IPv6, and where they come from") {
  TwoHosts hosts;
  Socket server = create_server({"::", 80}, {.family = af_inet6, .dualstack_ipv6 = true}, *hosts.beta).value();
  Socket six = create_connection({"beta", 80}, {}, *hosts.alpha).value();
  Socket four = create_connection({"10.0.0.2", 80}, {}, *hosts.alpha).value();
  auto first = server.accept().value();
  auto second = server.accept().value();
  CHECK(std::get<Inet6Address>(first.address).host == "fd00::1");
  CHECK(std::get<Inet6Address>(second.address).host == "::ffff:10.0.0.1");
  CHECK(std::get<InetAddress>(four.getsockname().value()).host == "10.0.0.1");
  CHECK(to_string(first.socket.getsockname().value()) == "[fd00::2]:80");
}

TEST_CASE("link-local addresses need their interface") {
  MemoryNetwork network;
  const auto a = network.new_host("a", {"fe80::a"}).value();
  const auto b = network.new_host("b", {"fe80::b"}).value();
  Socket server = socket(af_inet6, sock_dgram, {}, *b).value();
  server.bind(Inet6Address{"fe80::b", 9, 0, 2}).value();
  CHECK(to_string(server.getsockname().value()) == "[fe80::b%2]:9");
  Socket client = socket(af_inet6, sock_dgram, {}, *a).value();
  CHECK(client.connect(Inet6Address{"fe80::b", 9}).error() == Errc::einval);
  client.sendto("x", Inet6Address{"fe80::b", 9, 0, 2}).value();
  const Received received = server.recvfrom(10).value();
  CHECK(std::get<Inet6Address>(received.address).host == "fe80::a");
  CHECK(std::get<Inet6Address>(received.address).scope_id == 2);
  CHECK(getnameinfo(Inet6Address{"fe80::1", 1, 0, 2}, ni_numerichost | ni_numericserv, *a).value().host ==
        "fe80::1%eth0");
}

TEST_CASE("broadcasts reach the network they are for") {
  MemoryNetwork network;
  const auto a = network.new_host("a", {"10.0.0.1"}).value();
  const auto b = network.new_host("b", {"10.0.0.2"}).value();
  const auto far = network.new_host("far", {"10.0.9.1"}).value();
  const auto receiver = [](Backend& backend) {
    Socket s = socket(af_inet, sock_dgram, {}, backend).value();
    s.bind(InetAddress{"", 9}).value();
    s.settimeout(1.0).value();
    return s;
  };
  Socket at_a = receiver(*a), at_b = receiver(*b), at_far = receiver(*far);
  Socket sender = socket(af_inet, sock_dgram, {}, *a).value();
  CHECK(sender.sendto("x", InetAddress{"10.0.0.255", 9}).error() == Errc::eacces);
  sender.setsockopt(sol_socket, so_broadcast, 1).value();
  sender.sendto("subnet", InetAddress{"10.0.0.255", 9}).value();
  CHECK(at_a.recv(10).value() == "subnet");
  CHECK(at_b.recv(10).value() == "subnet");
  CHECK(at_far.recv(10).error().is_timeout());
  sender.sendto("all", InetAddress{"<broadcast>", 9}).value();
  CHECK(at_b.recv(10).value() == "all");
  CHECK(at_far.recv(10).value() == "all");
}

TEST_CASE("multicast reaches those who have joined") {
  TwoHosts hosts;
  Socket member = hosts.datagram(*hosts.beta, 9);
  Socket sender = hosts.datagram(*hosts.alpha, 9);
  const ConstBuffer group("\xef\1\2\3\0\0\0\0", 8);
  member.settimeout(1.0).value();
  sender.settimeout(1.0).value();
  sender.sendto("early", InetAddress{"239.1.2.3", 9}).value();
  CHECK(member.recv(10).error().is_timeout());
  member.setsockopt(sol_ip, ip_add_membership, group).value();
  sender.setsockopt(sol_ip, ip_add_membership, group).value();
  sender.sendto("x", InetAddress{"239.1.2.3", 9}).value();
  CHECK(member.recv(10).value() == "x");
  CHECK(sender.recv(10).value() == "x");
  sender.setsockopt(sol_ip, ip_multicast_loop, 0).value();
  sender.sendto("y", InetAddress{"239.1.2.3", 9}).value();
  CHECK(member.recv(10).value() == "y");
  CHECK(sender.recv(10).error().is_timeout());
  member.setsockopt(sol_ip, ip_drop_membership, group).value();
  sender.sendto("z", InetAddress{"239.1.2.3", 9}).value();
  CHECK(member.recv(10).error().is_timeout());

  Socket member6 = socket(af_inet6, sock_dgram, {}, *hosts.beta).value();
  member6.bind(Inet6Address{"::", 10}).value();
  const ConstBuffer group6("\xff\5\0\0\0\0\0\0\0\0\0\0\0\0\0\7\2\0\0\0", 20);
  member6.setsockopt(sol_ipv6, ipv6_join_group, group6).value();
  Socket sender6 = socket(af_inet6, sock_dgram, {}, *hosts.alpha).value();
  sender6.sendto("six", Inet6Address{"ff05::7", 10}).value();
  CHECK(member6.recv(10).value() == "six");
}

}  // namespace
}  // namespace everysock::testing
