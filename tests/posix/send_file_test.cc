// sendfile() with files that only a system has, and the signal that must not come.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <string>

#include "everysock/socket.h"

namespace everysock {
namespace {

// SIGPIPE kills the process here, as it does by default.
class DeadlySigpipe {
 public:
  DeadlySigpipe() { before_ = ::signal(SIGPIPE, SIG_DFL); }
  ~DeadlySigpipe() { ::signal(SIGPIPE, before_); }

 private:
  void (*before_)(int);
};

bool sigpipe_is(int (*question)(sigset_t*)) {
  sigset_t set;
  question(&set);
  return sigismember(&set, SIGPIPE) == 1;
}
bool is_pending() { return sigpipe_is(::sigpending); }
bool is_blocked() {
  return sigpipe_is([](sigset_t* set) { return ::pthread_sigmask(SIG_BLOCK, nullptr, set); });
}

std::pair<Socket, Socket> broken_pair() {
  auto pair = socketpair();
  REQUIRE(pair);
  REQUIRE(pair->second.close());
  return std::move(*pair);
}

StdioFile this_program() {
  auto file = StdioFile::open("/proc/self/exe");
  REQUIRE(file);
  return std::move(*file);
}

TEST_CASE("a closed peer raises no SIGPIPE") {
  const DeadlySigpipe deadly;
  auto pair = broken_pair();
  StdioFile file = this_program();
  CHECK(pair.first.sendfile(file).error() == Error(Operation::sendfile, Errc::epipe));
  CHECK_FALSE(is_pending());
  CHECK_FALSE(is_blocked());
}

TEST_CASE("a SIGPIPE that waits already is left alone") {
  const DeadlySigpipe deadly;
  sigset_t sigpipe;
  sigset_t before;
  sigemptyset(&sigpipe);
  sigaddset(&sigpipe, SIGPIPE);
  REQUIRE(::pthread_sigmask(SIG_BLOCK, &sigpipe, &before) == 0);
  REQUIRE(::pthread_kill(::pthread_self(), SIGPIPE) == 0);
  auto pair = broken_pair();
  StdioFile file = this_program();
  CHECK(pair.first.sendfile(file).error() == Errc::epipe);
  CHECK(is_pending());
  CHECK(is_blocked());
  int taken = 0;
  REQUIRE(::sigwait(&sigpipe, &taken) == 0);
  REQUIRE(::pthread_sigmask(SIG_SETMASK, &before, nullptr) == 0);
}

TEST_CASE("a pipe is read and sent from where it stands") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  REQUIRE(::write(ends[1], "through a pipe", 14) == 14);
  ::close(ends[1]);
  auto pair = socketpair();
  REQUIRE(pair);
  DescriptorFile file(ends[0]);
  CHECK(pair->first.sendfile(file, 1).error() == Errc::espipe);
  CHECK(pair->first.sendfile(file, 0, 8) == 8u);
  CHECK(pair->first.sendfile(file) == 6u);
  CHECK(pair->second.recv(100) == "through a pipe");
  ::close(ends[0]);
}

TEST_CASE("a file that has no size until it is read") {
  auto pair = socketpair();
  REQUIRE(pair);
  auto file = StdioFile::open("/proc/self/status");
  REQUIRE(file);
  const auto sent = pair->first.sendfile(*file, 0, 6);
  CHECK(sent == 6u);
  CHECK(pair->second.recv(100) == "Name:\t");
}

TEST_CASE("what is no file to read") {
  auto pair = socketpair();
  REQUIRE(pair);
  const int directory = ::open("/", O_RDONLY | O_CLOEXEC);
  REQUIRE(directory >= 0);
  DescriptorFile file(directory);
  CHECK(pair->first.sendfile(file).error() == Error(Operation::sendfile, Errc::eisdir));
  ::close(directory);
  DescriptorFile closed(directory);
  CHECK(pair->first.sendfile(closed).error() == Errc::ebadf);
}

TEST_CASE("a file of the C library that is in memory alone has no descriptor") {
  char memory[] = "in memory";
  std::FILE* stream = ::fmemopen(memory, 9, "rb");
  REQUIRE(stream != nullptr);
  StdioFile file(stream);
  CHECK_FALSE(file.fileno());
  auto pair = socketpair();
  REQUIRE(pair);
  CHECK(pair->first.sendfile(file, 3) == 6u);
  CHECK(pair->second.recv(100) == "memory");
  std::fclose(stream);
}

TEST_CASE("an opened file is not inherited, and closes with its source") {
  std::int64_t number = -1;
  {
    StdioFile file = this_program();
    number = file.fileno().value();
    CHECK((::fcntl(static_cast<int>(number), F_GETFD) & FD_CLOEXEC) != 0);
  }
  CHECK(::fcntl(static_cast<int>(number), F_GETFD) == -1);
}

}  // namespace
}  // namespace everysock
