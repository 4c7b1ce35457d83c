#include <linux/tcp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <random>

#include "posix_backend.h"
#include "world.h"

namespace everysock::differential {
namespace {

// Loopback queues what is sent for the processor that sent it, and delivers it in that order: at once mostly, later
// from ksoftirqd on a busy machine. So once a datagram has come back that was sent after all else, all else has
// arrived. What this set off (answers, and answers to those) has been queued behind the datagram: hence the rounds, one
// for each leg of the longest exchange, and one more.
class Sentinel {
 public:
  explicit Sentinel(Backend& backend) : backend_(backend) {
    socket_ = socket(af_inet, sock_dgram, {}, backend).value();
    socket_.bind(InetAddress{"127.0.0.1", 0}).value();
    socket_.connect(socket_.getsockname().value()).value();
    socket_.setblocking(false).value();
  }

  bool round_trips() {
    constexpr int kRounds = 6;
    for (int round = 0; round < kRounds; ++round) {
      if (!round_trip()) return false;
    }
    return true;
  }

 private:
  bool round_trip() {
    constexpr std::int64_t kLongest = 5'000'000'000;
    const char byte = 's';
    if (!socket_.send(ConstBuffer(&byte, 1))) return false;
    std::array<char, 4> buffer;
    if (socket_.recv_into(buffer)) return true;
    WaitItem item{socket_.handle(), Interest::read};
    const auto waited = backend_.wait({&item, 1}, Deadline::after(backend_.now(), kLongest));
    return waited && socket_.recv_into(buffer).has_value();
  }

  Backend& backend_;
  Socket socket_;
};

// A short piece of a stream is held back until the one before has been acknowledged (RFC 896), which the receiver may
// take 40 ms for, and up to 200 ms.
constexpr std::int64_t kHoldStep = 2'000'000;
constexpr std::int64_t kLongestHold = 500'000'000;

// States of the kernel's, tcp(7) names them without numbers.
constexpr int kEstablished = 1;
constexpr int kCloseWait = 8;

std::uint32_t unsent(const Socket& socket) {
  struct ::tcp_info info {};
  socklen_t size = sizeof info;
  if (socket.fileno() < 0 || socket.type() != sock_stream || socket.family() == af_unix) return 0;
  if (::getsockopt(static_cast<int>(socket.fileno()), IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_state == kEstablished || info.tcpi_state == kCloseWait ? info.tcpi_notsent_bytes : 0;
}

class PosixWorld final : public World {
 public:
  PosixWorld(Backend& backend, Sentinel& sentinel, std::string directory)
      : backend_(backend), sentinel_(sentinel), directory_(std::move(directory)) {
    std::filesystem::create_directory(directory_);
  }
  ~PosixWorld() override {
    std::error_code ignored;  // the directory above is removed at the end, too
    std::filesystem::remove_all(directory_, ignored);
  }

  Backend& backend() override { return backend_; }
  bool settle(std::span<const Socket> sockets) override {
    if (!sentinel_.round_trips()) return false;
    bool waited = false;
    for (const Socket& socket : sockets) {
      for (int tries = 0; unsent(socket) > 0; ++tries) {
        if (tries > kLongestHold / kHoldStep) return false;
        (void)backend_.wait({}, Deadline::after(backend_.now(), kHoldStep));  // nothing to wait for but time
        waited = true;
      }
    }
    return !waited || sentinel_.round_trips();
  }
  std::string directory() const override { return directory_ + "/"; }
  std::string abstract_prefix() const override { return directory_; }
  bool unlink(const std::string& path) override { return ::unlink(path.c_str()) == 0; }

 private:
  Backend& backend_;
  Sentinel& sentinel_;
  const std::string directory_;
};

class PosixUniverse final : public Universe {
 public:
  PosixUniverse() : backend_(new_posix_backend()) {
    std::random_device random;
    do {
      directory_ = std::filesystem::temp_directory_path() / ("es-" + std::to_string(random() % 100000000));
    } while (!std::filesystem::create_directory(directory_));
    sentinel_ = std::make_unique<Sentinel>(*backend_);
  }
  ~PosixUniverse() override {
    std::error_code ignored;  // a directory in /tmp that stays does no harm
    std::filesystem::remove_all(directory_, ignored);
  }

  std::unique_ptr<World> new_world() override {
    return std::make_unique<PosixWorld>(*backend_, *sentinel_, directory_.string() + "/" + std::to_string(++worlds_));
  }

 private:
  std::unique_ptr<Backend> backend_;
  std::filesystem::path directory_;
  std::unique_ptr<Sentinel> sentinel_;
  int worlds_ = 0;
};

}  // namespace

std::string isolate_network() {
  if (::unshare(CLONE_NEWNET) != 0) return std::string("unshare: ") + std::strerror(errno);
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_LOOPBACK | IFF_RUNNING;
  const bool up = ::ioctl(fd, SIOCSIFFLAGS, &request) == 0;
  const std::string why = up ? "" : std::string("SIOCSIFFLAGS: ") + std::strerror(errno);
  ::close(fd);
  return why;
}

std::string stay_on_one_processor() {
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &processors);
  if (::sched_setaffinity(0, sizeof processors, &processors) == 0) return "";
  return std::string("sched_setaffinity: ") + std::strerror(errno);
}

std::unique_ptr<Universe> new_posix_universe() { return std::make_unique<PosixUniverse>(); }

}  // namespace everysock::differential
