// The demo page's live figures: asks a Redis server PING, one at a time, for a fifth of each second, and prints a line
// of JSON about it.
//   pulse HOST PORT [SECONDS]
#include <everysock/socket.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace everysock;

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPeriod = std::chrono::seconds(1);
constexpr auto kBurst = std::chrono::milliseconds(200);
constexpr std::string_view kQuestion = "*1\r\n$4\r\nPING\r\n";
constexpr std::string_view kAnswer = "+PONG\r\n";

double microseconds(Clock::duration duration) { return std::chrono::duration<double, std::micro>(duration).count(); }

// One PING and its answer. Fails as the socket fails, or with EPROTO on another answer.
Result<void> round_trip(Socket& s) {
  if (const Result<void> sent = s.sendall(kQuestion); !sent) return sent;
  std::string answer;
  while (answer.size() < kAnswer.size()) {
    const Result<std::string> data = s.recv(64);
    if (!data) return Unexpected(data.error());
    if (data->empty()) return fail(Operation::recv, Errc::econnreset);
    answer += *data;
  }
  if (answer != kAnswer) return fail(Operation::recv, Errc::eproto);
  return {};
}

// The value below which a `share` of the sorted times lies.
double percentile(const std::vector<double>& sorted, double share) {
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

Result<void> burst(Socket& s, std::vector<double>& times) {
  times.clear();
  const auto start = Clock::now();
  auto last = start;
  do {
    if (const Result<void> made = round_trip(s); !made) return made;
    const auto now = Clock::now();
    times.push_back(microseconds(now - last));
    last = now;
  } while (last - start < kBurst);

  const double rate = static_cast<double>(times.size()) * 1e6 / microseconds(last - start);
  std::sort(times.begin(), times.end());
  std::cout << R"({"round_trips":)" << times.size() << R"(,"per_second":)" << rate << R"(,"p50_us":)"
            << percentile(times, 0.5) << R"(,"p90_us":)" << percentile(times, 0.9) << R"(,"p99_us":)"
            << percentile(times, 0.99) << R"(,"bytes":)" << times.size() * (kQuestion.size() + kAnswer.size()) << "}"
            << std::endl;
  return {};
}

Result<void> run(const InetAddress& server, int seconds) {
  Result<Socket> s = create_connection(server, {.timeout = 5.0});
  if (!s) return Unexpected(s.error());
  if (const Result<void> set = s->setsockopt(ipproto_tcp, tcp_nodelay, 1); !set) return set;
  std::vector<double> times;
  auto next = Clock::now();
  for (int second = 0; second < seconds; ++second) {
    if (const Result<void> made = burst(*s, times); !made) return made;
    next += kPeriod;
    if (second + 1 < seconds) std::this_thread::sleep_until(next);
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: pulse HOST PORT [SECONDS]\n";
    return 2;
  }
  const int seconds = argc > 3 ? std::atoi(argv[3]) : std::numeric_limits<int>::max();
  if (const Result<void> done = run({argv[1], std::atoi(argv[2])}, seconds); !done) {
    std::cerr << done.error().message() << "\n";
    return 1;
  }
}
