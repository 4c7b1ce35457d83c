#include "web/proxy/options.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "platform/private_directory.h"

namespace everysock::proxy {
namespace {

CommandLine parse(const std::vector<std::string>& arguments, const char* token = nullptr) {
  return parse_command_line(arguments, [token](const std::string& name) {
    const bool known = name == "EVERYSOCK_PROXY_TOKEN" && token != nullptr;
    return known ? std::optional<std::string>(token) : std::nullopt;
  });
}

// What a mistake is answered with.
std::string mistake(const std::vector<std::string>& arguments, const char* token = nullptr) {
  const CommandLine result = parse(arguments, token);
  CHECK_FALSE(result.config.has_value());
  CHECK(result.status == 2);
  return result.text;
}

TEST_CASE("without arguments everything is closed, on loopback") {
  const CommandLine result = parse({});
  REQUIRE(result.config.has_value());
  const Config& config = *result.config;
  CHECK(config.listen == "127.0.0.1");
  CHECK(config.port == 8765);
  CHECK(config.backend == ServedBackend::posix);
  CHECK(config.rules.connect.empty());
  CHECK(config.rules.bind.empty());
  CHECK(config.rules.lookup.empty());
  CHECK_FALSE(config.rules.set_hostname);
  CHECK(config.origins.empty());
  CHECK_FALSE(config.files.has_value());
  CHECK_FALSE(config.token.is_set());
  CHECK(config.metrics_access == MetricsAccess::loopback);
}

TEST_CASE("renaming the machine has to be allowed") {
  const CommandLine result = parse({"--allow-sethostname"});
  REQUIRE(result.config.has_value());
  CHECK(result.config->rules.set_hostname);
}

TEST_CASE("flags") {
  const CommandLine result = parse({"--listen",
                                    "::1",
                                    "--port",
                                    "0",
                                    "--backend",
                                    "memory",
                                    "--serve",
                                    "/tmp",
                                    "--allow-connect",
                                    "*:443",
                                    "--allow-connect",
                                    "10.0.0.0/8:80,81",
                                    "--allow-bind",
                                    "localhost:8000-8999",
                                    "--allow-lookup",
                                    "*",
                                    "--origin",
                                    "https://A.example",
                                    "--host",
                                    "b.example",
                                    "--max-clients",
                                    "3",
                                    "--max-sockets",
                                    "4",
                                    "--max-listeners",
                                    "0",
                                    "--connects-per-second",
                                    "5",
                                    "--lookups-per-second",
                                    "6",
                                    "--queue-bytes",
                                    "2000000",
                                    "--message-bytes",
                                    "2097152",
                                    "--ping-interval",
                                    "7",
                                    "--hello-timeout",
                                    "8",
                                    "--request-timeout",
                                    "9",
                                    "--idle-timeout",
                                    "10",
                                    "--audit",
                                    "-",
                                    "--metrics",
                                    "off",
                                    "--lookup-threads",
                                    "11",
                                    "--ready-file",
                                    "r",
                                    "--allow-unix",
                                    "/run/app/",
                                    "--allow-family",
                                    "vsock",
                                    "--allow-family",
                                    "CAN"},
                                   "0123456789abcdef");
  INFO(result.text);
  REQUIRE(result.config.has_value());
  const Config& config = *result.config;
  CHECK(config.listen == "::1");
  CHECK(config.port == 0);
  CHECK(config.backend == ServedBackend::memory);
  CHECK(config.files.has_value());
  CHECK(config.rules.connect.size() == 2);
  CHECK(config.rules.bind.size() == 1);
  CHECK(config.rules.lookup.size() == 1);
  CHECK(config.rules.set_hostname);  // of a simulated machine, always
  CHECK(config.rules.families == std::vector{af_vsock, af_can});
  CHECK(config.origins == std::vector<std::string>{"https://a.example"});
  CHECK(config.hosts == std::vector<std::string>{"b.example"});
  CHECK(config.max_clients == 3);
  CHECK(config.quotas.sockets == 4);
  CHECK(config.quotas.listeners == 0);
  CHECK(config.quotas.connects_per_second == 5);
  CHECK(config.quotas.lookups_per_second == 6);
  CHECK(config.quotas.queued_bytes == 2000000);
  CHECK(config.quotas.message_bytes == 2097152);
  CHECK(config.client_limits.ping_seconds == 7);
  CHECK(config.client_limits.hello_seconds == 8);
  CHECK(config.http_limits.request_seconds == 9);
  CHECK(config.http_limits.idle_seconds == 10);
  CHECK(config.audit == "-");
  CHECK(config.metrics_access == MetricsAccess::off);
  CHECK(config.lookup_threads == 11);
  CHECK(config.ready_file == "r");
  CHECK(config.token.matches("0123456789abcdef"));
  CHECK(config.unix_paths == std::vector<std::string>{"/run/app/"});
}

TEST_CASE("mistakes are named: which flag, which text, what was expected") {
  CHECK(mistake({"--allow-connect", "10.0.0.0/33"}) ==
        "--allow-connect '10.0.0.0/33': expected a prefix length from 0 to 32, not '33'");
  CHECK(mistake({"--allow-connect", "*", "--allow-connect", "a:b"}) ==
        "--allow-connect 'a:b': expected a port number from 0 to 65535, not 'b'");
  CHECK(mistake({"--allow-bind", "example.org:80"}) ==
        "--allow-bind 'example.org:80': expected an address or a block, 'localhost' or '*': a name cannot be bound to");
  CHECK(mistake({"--allow-lookup", "a b"}) == "--allow-lookup 'a b': expected a host name, not 'a b'");
  CHECK(mistake({"--allow-family", "inet"}) ==
        "--allow-family 'inet': expected bluetooth, can, netlink, packet, qipcrtr, rds, tipc or vsock, not 'inet'");
  CHECK(mistake({"--allow-unix", "run/x"}) == "--allow-unix 'run/x': expected an absolute path");
  CHECK(mistake({"--origin", "example.org"}) ==
        "--origin 'example.org': expected an origin as browsers write it, 'https://example.org' or "
        "'http://localhost:8080'");
  CHECK(mistake({"--host", "http://x"}) ==
        "--host 'http://x': expected a host as browsers write it, 'example.org' or 'example.org:8443'");
  CHECK(mistake({"--listen", "example.org"}) ==
        "--listen 'example.org': expected an IPv4 or IPv6 address of this machine");
  CHECK(mistake({"--serve", "/nonexistent"}) ==
        "--serve '/nonexistent': expected a directory, but '/nonexistent': No such file or directory");
  const std::string more = "\n(--help lists the options)";
  CHECK(mistake({"--port", "65536"}) == "--port: expected a whole number from 0 to 65535, not '65536'" + more);
  CHECK(mistake({"--port", "http"}) == "--port: expected a whole number from 0 to 65535, not 'http'" + more);
  CHECK(mistake({"--port"}) == "--port: 1 required PORT missing" + more);
  CHECK(mistake({"--backend", "winsock"}) == "--backend: expected posix or memory, not 'winsock'" + more);
  CHECK(mistake({"--max-clients", "0"}) == "--max-clients: expected a whole number from 1 to 1000000, not '0'" + more);
  CHECK(mistake({"--ping-interval", "soon"}) ==
        "--ping-interval: expected a number from 0.001 to 1000000000, not 'soon'" + more);
  CHECK(mistake({"--unknown"}).starts_with("The following argument was not expected: --unknown"));
  CHECK(mistake({"stray"}).starts_with("The following argument was not expected: stray"));
}

TEST_CASE("a token is needed as soon as others can reach the proxy") {
  const char* expected =
      "': expected a token as well, since other machines can reach this address (--token-file FILE, or "
      "EVERYSOCK_PROXY_TOKEN)";
  CHECK(mistake({"--listen", "0.0.0.0"}) == std::string("--listen '0.0.0.0") + expected);
  CHECK(mistake({"--listen", "::"}) == std::string("--listen '::") + expected);
  CHECK(mistake({"--listen", "192.0.2.1"}) == std::string("--listen '192.0.2.1") + expected);
  CHECK(parse({"--listen", "0.0.0.0"}, "0123456789abcdef").config.has_value());
  CHECK(parse({"--listen", "127.1.2.3"}).config.has_value());
  CHECK(mistake({}, "short") == "EVERYSOCK_PROXY_TOKEN: expected a token of 16 to 1024 characters, not 5");
  CHECK(mistake({"--token-file", "/nonexistent"}) ==
        "--token-file '/nonexistent': expected a readable file with a token in its first line: No such file or "
        "directory");
  const std::string directory = platform::make_private_directory();
  std::ofstream(directory + "/token") << "fedcba9876543210  \nsecond line\n";
  const CommandLine result = parse({"--listen", "0.0.0.0", "--token-file", directory + "/token"}, "0123456789abcdef");
  std::filesystem::remove_all(directory);
  REQUIRE(result.config.has_value());
  CHECK(result.config->token.matches("fedcba9876543210"));
}

TEST_CASE("--help is for strangers") {
  const CommandLine result = parse({"--help"});
  CHECK_FALSE(result.config.has_value());
  CHECK(result.status == 0);
  for (const char* text : {"gives programs in browser pages real sockets", "--allow-connect RULE", "Examples",
                           "--serve build/page --allow-connect localhost:6379", "EACCES"}) {
    CAPTURE(text);
    CHECK(result.text.find(text) != std::string::npos);
  }
}

}  // namespace
}  // namespace everysock::proxy
