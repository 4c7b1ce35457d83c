// The program itself: starting, what keeps it from that, and ending.
#include "tests/proxy/support/program.h"

#include <doctest/doctest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "platform/private_directory.h"
#include "tests/proxy/support/test_client.h"

namespace everysock::proxy {
namespace {

namespace ws = websocket;

class Directory {
 public:
  Directory() : path_(platform::make_private_directory()) {}
  ~Directory() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// The port in "everysock-proxy: ready at http://127.0.0.1:PORT/".
std::uint16_t port_of(const std::string& line) {
  const std::string start = "everysock-proxy: ready at http://127.0.0.1:";
  REQUIRE(line.starts_with(start));
  return static_cast<std::uint16_t>(std::stoi(line.substr(start.size())));
}

TEST_CASE("it says where it is, on its output and in a file") {
  const Directory directory;
  Program program({"--port", "0", "--ready-file", directory / "ready.json"});
  const std::uint16_t port = port_of(program.read_line());
  CHECK(port > 0);
  std::ifstream file(directory / "ready.json");
  const auto ready = nlohmann::json::parse(file);
  CHECK(ready["port"] == port);
  CHECK(ready["url"] == "http://127.0.0.1:" + std::to_string(port) + "/");
  TestClient client = TestClient::greeted(port);
}

TEST_CASE("SIGTERM and SIGINT end it cleanly: goodbye to the clients, status 0") {
  for (const int number : {SIGTERM, SIGINT}) {
    Program program({"--port", "0"});
    const std::uint16_t port = port_of(program.read_line());
    TestClient client = TestClient::greeted(port);
    TestClient silent(port);
    program.send_signal(number);
    CHECK(client.read_close() == CloseFrame{1001, "the proxy is ending"});
    client.send_raw(masked_frame(0x88, std::string("\x03\xe9", 2)));
    CHECK(program.wait() == 0);
    CHECK(program.read_line() == "everysock-proxy: ended");
    CHECK(program.errors().empty());
  }
}

TEST_CASE("a client that does not answer its goodbye does not keep it from ending") {
  Program program({"--port", "0"});
  TestClient client = TestClient::greeted(port_of(program.read_line()));
  program.send_signal(SIGTERM);
  CHECK(program.wait() == 0);
}

TEST_CASE("killed, it takes every connection with it") {
  Program program({"--port", "0"});
  TestClient client = TestClient::greeted(port_of(program.read_line()));
  program.send_signal(SIGKILL);
  CHECK(client.read_close() == CloseFrame{1006, ""});
  CHECK(program.wait() == -SIGKILL);
}

TEST_CASE("the private directory for AF_UNIX names goes with it") {
  const Directory directory;
  std::filesystem::create_directory(directory / "t");
  Program program({"--port", "0"}, {"TMPDIR=" + (directory / "t")});
  port_of(program.read_line());
  CHECK_FALSE(std::filesystem::is_empty(directory / "t"));
  program.send_signal(SIGTERM);
  CHECK(program.wait() == 0);
  CHECK(std::filesystem::is_empty(directory / "t"));
}

// Status and words of a start that fails.
std::pair<int, std::string> failing_start(const std::vector<std::string>& arguments,
                                          const std::vector<std::string>& environment = {}) {
  Program program(arguments, environment);
  const int status = program.wait();
  return {status, program.errors()};
}

TEST_CASE("what keeps it from starting is named") {
  Program running({"--port", "0"});
  const std::string port = std::to_string(port_of(running.read_line()));
  CHECK(failing_start({"--port", port}) ==
        std::pair(1, "everysock-proxy: cannot listen on 127.0.0.1:" + port +
                         ": another program has taken this port (--port chooses another, 0 any free one)\n"));
  CHECK(failing_start({"--listen", "192.0.2.1", "--port", "0"}, {"EVERYSOCK_PROXY_TOKEN=0123456789abcdef"}) ==
        std::pair(1, std::string("everysock-proxy: cannot listen on 192.0.2.1:0: this machine has no such address\n")));
  CHECK(failing_start({"--allow-connect", "10.0.0.1:99999"}) ==
        std::pair(2, std::string("everysock-proxy: --allow-connect '10.0.0.1:99999': expected a port number from 0 to "
                                 "65535, not '99999'\n")));
  CHECK(failing_start({"--serve", "/nonexistent"}) ==
        std::pair(2, std::string("everysock-proxy: --serve '/nonexistent': expected a directory, but '/nonexistent': "
                                 "No such file or directory\n")));
  CHECK(failing_start({"--port", "0", "--audit", "/nonexistent/log"}) ==
        std::pair(1, std::string("everysock-proxy: --audit '/nonexistent/log': expected a file that can be written: "
                                 "No such file or directory\n")));
  CHECK(failing_start({"--port", "0", "--ready-file", "/nonexistent/ready"}) ==
        std::pair(1, std::string("everysock-proxy: --ready-file '/nonexistent/ready': expected a file that can be "
                                 "written\n")));
  CHECK(failing_start({"--listen", "0.0.0.0"}).first == 2);
}

TEST_CASE("the audit log has one JSON object per line, and nobody's data") {
  const Directory directory;
  {
    Program program({"--port", "0", "--audit", directory / "audit", "--allow-bind", "127.0.0.1"});
    const std::uint16_t port = port_of(program.read_line());
    {
      TestClient client = TestClient::greeted(port);
      client.open(1);
      CHECK(client.failing_connect(1, InetAddress{"127.0.0.1", 9}) == Errc::eacces);
      client.add(1, ws::Bind{.request = client.next_request(), .address = InetAddress{"127.0.0.1", 0}}).flush();
      client.expect<ws::Done>(1);
      client.open(2, af_unix, sock_dgram);
      client
          .add(2,
               ws::Datagram{.request = client.next_request(), .address = UnixAddress{"/\xff\n"}, .data = {"PAYLOAD"}})
          .flush();
      client.expect<ws::Failed>(2);
    }
    TestClient(port).upgrade({{"Origin", "https://evil.example"}});
    program.send_signal(SIGTERM);
    CHECK(program.wait() == 0);
  }
  std::ifstream file(directory / "audit");
  std::vector<nlohmann::json> lines;
  std::string text;
  while (std::getline(file, text)) {
    CHECK(text.find("PAYLOAD") == std::string::npos);
    lines.push_back(nlohmann::json::parse(text));
  }
  const auto find = [&](const char* event) {
    for (const auto& line : lines) {
      if (line["event"] == event) return line;
    }
    return nlohmann::json();
  };
  CHECK(find("listening")["backend"] == "posix");
  CHECK(find("client")["client"] == 1);
  CHECK(find("hello")["agent"] == "test");
  CHECK(find("connect")["target"] == "127.0.0.1:9");
  CHECK(find("connect")["outcome"] == "refused");
  CHECK(find("connect")["reason"] == "no --allow-connect rule covers it");
  CHECK(find("bind")["outcome"] == "done");
  CHECK(find("http-refused")["reason"] == "bad-origin");
  CHECK(find("http-refused")["origin"] == "https://evil.example");
  CHECK(find("client-gone")["client"] == 1);
  CHECK(find("ended").contains("time"));
}

}  // namespace
}  // namespace everysock::proxy
