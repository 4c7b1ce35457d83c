#include "platform/per_thread.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace {

std::atomic<int> made{0};
std::atomic<int> whole_at_the_end{0};

struct Remembered {
  Remembered() { ++made; }
  ~Remembered() {
    if (text == std::string(1000, 'x')) ++whole_at_the_end;
  }
  std::string text;
};

TEST_CASE("per_thread: an object for each thread, whole until the thread has ended") {
  constexpr int count = 50;
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([] {
      everysock::platform::per_thread<Remembered>().text.assign(500, 'x');
      everysock::platform::per_thread<Remembered>().text.append(500, 'x');
    });
  }
  for (std::thread& each : threads) each.join();
  CHECK(made == count);
  CHECK(whole_at_the_end == count);
}

}  // namespace
