// Asks a Redis server three things: PING, SET and GET.
//   redis_ping [HOST [PORT [VALUE]]]
#include <everysock/socket.h>

#include <cstdlib>
#include <initializer_list>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace everysock;

class Redis {
 public:
  explicit Redis(Socket socket) : socket_(std::move(socket)) {}

  // Sends a command and returns its answer. The protocol: https://redis.io/docs/latest/develop/reference/protocol-spec
  std::string ask(std::initializer_list<std::string_view> words) {
    std::string command = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string_view word : words) {
      command += "$" + std::to_string(word.size()) + "\r\n" + std::string(word) + "\r\n";
    }
    socket_.sendall(command).value();

    const std::string head = take_line();  // +text, -error, :number, or $length of the bytes that follow
    const std::string rest = head.substr(1);
    if (head[0] == '-') throw std::runtime_error("redis: " + rest);
    if (head[0] != '$') return rest;
    if (rest == "-1") return "(nothing)";
    return take(std::stoul(rest) + 2).substr(0, std::stoul(rest));
  }

 private:
  std::string take(std::size_t size) {
    while (input_.size() < size) receive();
    const std::string taken = input_.substr(0, size);
    input_.erase(0, size);
    return taken;
  }

  std::string take_line() {
    while (input_.find("\r\n") == std::string::npos) receive();
    const std::string line = take(input_.find("\r\n") + 2);
    if (line.size() < 3) throw std::runtime_error("redis: an empty answer");
    return line.substr(0, line.size() - 2);
  }

  void receive() {
    const std::string data = socket_.recv(4096).value();
    if (data.empty()) throw std::runtime_error("redis: the server closed the connection");
    input_ += data;
  }

  Socket socket_;
  std::string input_;  // received and not taken yet
};

int main(int argc, char** argv) try {
  const std::string host = argc > 1 ? argv[1] : "127.0.0.1";
  const int port = argc > 2 ? std::atoi(argv[2]) : 6379;
  const std::string value = argc > 3 ? argv[3] : "Hello, world";

  Socket s = create_connection({host, port}, {.timeout = 5.0}).value();
  std::cout << "connected to " << to_string(s.getpeername().value()) << std::endl;
  Redis redis(std::move(s));
  std::cout << "PING: " << redis.ask({"PING"}) << std::endl;
  std::cout << "SET greeting: " << redis.ask({"SET", "greeting", value}) << std::endl;
  std::cout << "GET greeting: " << redis.ask({"GET", "greeting"}) << std::endl;
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
} catch (const std::exception& failure) {
  std::cerr << failure.what() << "\n";
  return 1;
}
