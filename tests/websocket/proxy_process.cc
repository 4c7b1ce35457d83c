#include "tests/websocket/proxy_process.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

extern char** environ;

namespace everysock::websocket {
namespace {

// The value of a key in the one line of JSON that the ready file is.
std::string value_of(const std::string& json, const std::string& key) {
  const std::size_t at = json.find("\"" + key + "\":");
  if (at == std::string::npos) return "";
  std::size_t begin = at + key.size() + 3;
  if (json[begin] == '"') ++begin;
  return json.substr(begin, json.find_first_of("\",}", begin) - begin);
}

}  // namespace

ProxyProcess::ProxyProcess(int port, std::vector<std::string> more) {
  const std::filesystem::path ready =
      std::filesystem::temp_directory_path() / ("everysock-ready-" + std::to_string(std::random_device()()) + ".json");
  std::vector<std::string> arguments = {EVERYSOCK_PROXY_PROGRAM,
                                        "--port",
                                        std::to_string(port),
                                        "--ready-file",
                                        ready.string(),
                                        "--allow-connect",
                                        "127.0.0.0/8",
                                        "--allow-bind",
                                        "127.0.0.0/8",
                                        "--allow-lookup",
                                        "*",
                                        "--connects-per-second",
                                        "1000"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
  REQUIRE(posix_spawn(&pid_, EVERYSOCK_PROXY_PROGRAM, &actions, nullptr, pointers.data(), environ) == 0);
  posix_spawn_file_actions_destroy(&actions);

  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  std::string json;
  while (json.find('\n') == std::string::npos) {
    REQUIRE_MESSAGE(std::chrono::steady_clock::now() < deadline, "the proxy was not ready within 30 s");
    REQUIRE_MESSAGE(waitpid(pid_, nullptr, WNOHANG) == 0, "the proxy ended before it was ready");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::ifstream file(ready);
    json.assign(std::istreambuf_iterator<char>(file), {});
  }
  std::filesystem::remove(ready);
  port_ = std::stoi(value_of(json, "port"));
  url_ = "ws://127.0.0.1:" + std::to_string(port_) + "/";
  const std::string said = value_of(json, "url");
  if (said.rfind("http", 0) == 0) url_ = "ws" + said.substr(4);
}

void ProxyProcess::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

}  // namespace everysock::websocket
