// Which descriptors a child process really gets (behaviour/B14).
#include <doctest/doctest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <string>
#include <thread>

#include "everysock/socket.h"

extern char** environ;

namespace everysock {
namespace {

// The exit status of a shell, a child that is made by fork and exec.
int shell(const std::string& command) {
  const char* arguments[] = {"sh", "-c", command.c_str(), nullptr};
  pid_t child = 0;
  REQUIRE(::posix_spawn(&child, "/bin/sh", nullptr, nullptr, const_cast<char* const*>(arguments), environ) == 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

bool child_has(const Socket& socket) { return shell("test -S /dev/fd/" + std::to_string(socket.fileno())) == 0; }

TEST_CASE("no descriptor that the library makes reaches a child, unless it is told to") {
  auto pair = socketpair();
  REQUIRE(pair);
  auto server = create_server({"127.0.0.1", 0});
  REQUIRE(server);
  auto client = create_connection({"127.0.0.1", std::get<InetAddress>(*server->getsockname()).port});
  REQUIRE(client);
  auto accepted = server->accept();
  REQUIRE(accepted);
  auto plain = socket();
  REQUIRE(plain);
  // Copies of what children do get.
  REQUIRE(plain->set_inheritable(true));
  auto copy = plain->dup();
  REQUIRE(copy);
  auto wrapped = fromfd(plain->fileno(), af_inet, sock_stream);
  REQUIRE(wrapped);

  for (Socket* made : {&pair->first, &pair->second, &*server, &*client, &accepted->socket, &*copy, &*wrapped}) {
    CAPTURE(repr(*made));
    CHECK_FALSE(child_has(*made));
    REQUIRE(made->set_inheritable(true));
    CHECK(child_has(*made));
    CHECK(made->get_inheritable() == true);
    REQUIRE(made->set_inheritable(false));
    CHECK_FALSE(child_has(*made));
  }
  CHECK(child_has(*plain));
}

TEST_CASE("of what is no descriptor nothing can be said") {
  Backend& backend = default_backend();
  const auto none = static_cast<Handle>(1 << 20);
  CHECK(backend.inheritable(none).error() == Error(Operation::get_inheritable, Errc::ebadf));
  CHECK(backend.set_inheritable(none, true).error() == Error(Operation::set_inheritable, Errc::ebadf));
}

TEST_CASE("a child that is made meanwhile gets nothing either") {
  std::atomic<bool> done{false};
  std::thread maker([&] {
    while (!done) {
      auto pair = socketpair();
      auto one = socket();
      auto copy = one ? one->dup() : std::move(one);
    }
  });
  int inherited = 0;
  for (int i = 0; i < 40; ++i) inherited += shell("for f in /dev/fd/*; do test -S $f && exit 0; done; exit 1") == 0;
  done = true;
  maker.join();
  CHECK(inherited == 0);
}

}  // namespace
}  // namespace everysock
