// The C library's databases from several threads, and the name of a machine of one's own.
#include <doctest/doctest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "everysock/socket.h"

namespace everysock {
namespace {

TEST_CASE("databases: many threads get each their own answers") {
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&wrong, odd = i % 2 == 1] {
      for (int round = 0; round < 50; ++round) {
        const auto port = getservbyname(odd ? "http" : "domain", odd ? "tcp" : "udp");
        const auto service = getservbyport(odd ? 80 : 53, odd ? "tcp" : "udp");
        const auto protocol = getprotobyname(odd ? "tcp" : "udp");
        const auto host = gethostbyname_ex("localhost");
        const auto same = gethostbyaddr("127.0.0.1");
        const bool right = port && *port == (odd ? 80 : 53) && service && *service == (odd ? "http" : "domain") &&
                           protocol && *protocol == (odd ? ipproto_tcp : ipproto_udp) && host &&
                           host->hostname == "localhost" && same && same->hostname == "localhost";
        if (!right) wrong.fetch_add(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

// In a UTS namespace of its own: 0, or which step failed.
int rename_a_machine() {
  enum { kNoNamespace = 77 };
  if (::unshare(CLONE_NEWUSER | CLONE_NEWUTS) != 0 && ::unshare(CLONE_NEWUTS) != 0) return kNoNamespace;
  if (!sethostname("everysock-test")) return 1;
  if (gethostname() != std::string("everysock-test")) return 2;
  if (!sethostname(std::string(64, 'x'))) return 3;
  const auto too_long = sethostname(std::string(65, 'x'));
  if (too_long || !(too_long.error() == Errc::einval)) return 4;
  if (gethostname() != std::string(64, 'x')) return 5;
  return 0;
}

TEST_CASE("sethostname: the machine is called so from then on") {
  const std::string before = gethostname().value();
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(rename_a_machine());
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) {
    MESSAGE("this system gives no UTS namespaces: only the refusal is tried");
    const auto set = sethostname(before);
    CHECK((set || set.error() == Errc::eperm));
  } else {
    CHECK(WEXITSTATUS(status) == 0);
  }
  CHECK(gethostname().value() == before);
}

}  // namespace
}  // namespace everysock
