// Options of 64 bits: AF_VSOCK's.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

// One option, of as many bytes as it was set with.
class OptionBackend final : public FakeBackend {
 public:
  Result<std::size_t> get_option(Handle, OptionLevel, Option, std::span<std::byte> room) override {
    asked = room.size();
    const std::size_t size = std::min(room.size(), value.size());
    std::memcpy(room.data(), value.data(), size);
    return size;
  }
  Result<void> set_option(Handle, OptionLevel, Option, std::span<const std::byte> bytes) override {
    if (bytes.data() == nullptr) {
      null_of = bytes.size();
    } else {
      value.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    return {};
  }

  std::string value;
  std::size_t asked = 0;
  std::size_t null_of = 0;
};

constexpr OptionLevel level(af_vsock);
constexpr std::uint64_t kLarge = 0x123456789abcdef0;

TEST_CASE("the level af_vsock has 64 bits") {
  OptionBackend backend;
  Socket s = backend.make_socket(af_vsock);
  CHECK(s.setsockopt(level, so_vm_sockets_buffer_size, 65536));
  CHECK(backend.value == std::string("\0\0\1\0\0\0\0\0", 8));
  CHECK(s.getsockopt(level, so_vm_sockets_buffer_size) == 65536);
  CHECK(backend.asked == 8);
  CHECK(s.setsockopt(level, so_vm_sockets_buffer_max_size, kLarge));
  CHECK(s.getsockopt<std::uint64_t>(level, so_vm_sockets_buffer_max_size) == kLarge);
  CHECK(s.getsockopt(level, so_vm_sockets_buffer_max_size).error() ==
        Error(Operation::getsockopt, UsageErrc::integer_out_of_range));
}

TEST_CASE("other levels have an int") {
  OptionBackend backend;
  Socket s = backend.make_socket(af_vsock);
  CHECK(s.setsockopt(sol_socket, so_rcvbuf, std::uint64_t{4096}));
  CHECK(backend.value.size() == 4);
  CHECK(s.getsockopt<std::uint64_t>(sol_socket, so_rcvbuf) == std::uint64_t{4096});
  CHECK(backend.asked == 4);
  CHECK(s.setsockopt(sol_socket, so_rcvbuf, kLarge).error() ==
        Error(Operation::setsockopt, UsageErrc::integer_out_of_range));
  CHECK(s.setsockopt(sol_socket, so_mark, -5));
  CHECK(s.getsockopt(sol_socket, so_mark) == -5);
}

TEST_CASE("no buffers from AF_VSOCK sockets") {
  OptionBackend backend;
  Socket s = backend.make_socket(af_vsock);
  CHECK(s.getsockopt(level, so_vm_sockets_buffer_size, 8).error().message() ==
        "getsockopt: getsockopt string buffer not allowed [usage]");
  CHECK(s.getsockopt(sol_socket, so_type, 4).error() == UsageErrc::option_buffer_not_allowed);
  CHECK(backend.asked == 0);
}

TEST_CASE("(None, optlen)") {
  OptionBackend backend;
  Socket s = backend.make_socket(af_alg, sock_seqpacket);
  CHECK(s.setsockopt(sol_alg, alg_set_aead_authsize, ConstBuffer(nullptr, 16)));
  CHECK(backend.null_of == 16);
}

}  // namespace
}  // namespace everysock
