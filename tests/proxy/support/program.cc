#include "tests/proxy/support/program.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

extern char** environ;

namespace everysock::proxy {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
  std::vector<std::string> command = {EVERYSOCK_PROXY_PROGRAM};
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  int output[2];
  int errors[2];
  REQUIRE(pipe2(output, O_CLOEXEC) == 0);
  REQUIRE(pipe2(errors, O_CLOEXEC) == 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
  REQUIRE(posix_spawn(&pid_, EVERYSOCK_PROXY_PROGRAM, &actions, nullptr, pointers(command).data(),
                      pointers(variables).data()) == 0);
  posix_spawn_file_actions_destroy(&actions);
  ::close(output[1]);
  ::close(errors[1]);
  output_ = output[0];
  error_output_ = errors[0];
}

Program::~Program() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  ::close(output_);
  ::close(error_output_);
}

std::string Program::read_line() {
  std::size_t end;
  while ((end = pending_.find('\n')) == std::string::npos) {
    pollfd item{output_, POLLIN, 0};
    REQUIRE(poll(&item, 1, 10000) == 1);
    char buffer[4096];
    const ssize_t count = read(output_, buffer, sizeof(buffer));
    if (count <= 0) return "";
    pending_.append(buffer, static_cast<std::size_t>(count));
  }
  std::string line = pending_.substr(0, end);
  pending_.erase(0, end + 1);
  return line;
}

void Program::send_signal(int number) { kill(pid_, number); }

int Program::wait() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  int status = 0;
  pid_t ended;
  while ((ended = waitpid(pid_, &status, WNOHANG)) == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  REQUIRE(ended == pid_);
  pid_ = -1;
  char buffer[4096];
  ssize_t count;
  while ((count = read(error_output_, buffer, sizeof(buffer))) > 0)
    errors_.append(buffer, static_cast<std::size_t>(count));
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::size_t Program::peak_memory() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  std::string word;
  while (status >> word) {
    if (word != "VmHWM:") continue;
    std::size_t kilobytes = 0;
    status >> kilobytes;
    return kilobytes * 1024;
  }
  return 0;
}

}  // namespace everysock::proxy
