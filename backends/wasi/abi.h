// The component model's canonical ABI, as far as the imports need it: where a function stores its result, handles that
// are dropped, lists that the host allocates.
// (WebAssembly/component-model, design/mvp/CanonicalABI.md)
#ifndef EVERYSOCK_BACKENDS_WASI_ABI_H_
#define EVERYSOCK_BACKENDS_WASI_ABI_H_

#include <wasi_imports.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace everysock::wasi {

inline std::int32_t address_of(const void* data) noexcept {
  return static_cast<std::int32_t>(reinterpret_cast<std::uintptr_t>(data));
}

// Room for the result of a call, which the host stores: a variant's discriminant comes first, then the payload at
// offsets that its alignment decides.
class ResultArea {
 public:
  std::int32_t where() noexcept { return address_of(bytes_); }
  bool is_error() const noexcept { return at<std::uint8_t>(0) != 0; }
  template <typename T>
  T at(std::size_t offset) const noexcept {
    T value;
    std::memcpy(&value, bytes_ + offset, sizeof(value));
    return value;
  }
  const std::uint8_t* bytes(std::size_t offset) const noexcept { return bytes_ + offset; }

 private:
  alignas(8) std::uint8_t bytes_[48] = {};
};

// A list in a result area: an address and a length. The host has allocated it; this frees it.
class HostList {
 public:
  HostList(const ResultArea& area, std::size_t offset) noexcept
      : HostList(area.at<std::uint32_t>(offset), area.at<std::uint32_t>(offset + 4)) {}
  HostList(std::uint32_t address, std::uint32_t size) noexcept
      : data_(reinterpret_cast<std::uint8_t*>(static_cast<std::uintptr_t>(address))), size_(size) {}
  HostList(const HostList&) = delete;
  HostList& operator=(const HostList&) = delete;
  // An empty one may have no memory of its own.
  ~HostList() {
    if (size_ != 0) std::free(data_);
  }

  const std::uint8_t* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }

 private:
  std::uint8_t* data_;
  std::size_t size_;
};

// A resource of the host's that this program owns; `drop` gives it back.
template <void (*drop)(std::int32_t)>
class Owned {
 public:
  Owned() = default;
  explicit Owned(std::int32_t handle) noexcept : handle_(handle) {}
  Owned(Owned&& other) noexcept : handle_(std::exchange(other.handle_, kNone)) {}
  Owned& operator=(Owned&& other) noexcept {
    if (this != &other) {
      reset();
      handle_ = std::exchange(other.handle_, kNone);
    }
    return *this;
  }
  ~Owned() { reset(); }

  void reset() noexcept {
    if (handle_ != kNone) drop(std::exchange(handle_, kNone));
  }
  explicit operator bool() const noexcept { return handle_ != kNone; }
  std::int32_t get() const noexcept { return handle_; }

 private:
  static constexpr std::int32_t kNone = -1;
  std::int32_t handle_ = kNone;
};

using Pollable = Owned<wasi_poll_pollable_drop>;
using InputStream = Owned<wasi_streams_input_stream_drop>;
using OutputStream = Owned<wasi_streams_output_stream_drop>;
using StreamFailure = Owned<wasi_error_error_drop>;
using HostTcpSocket = Owned<wasi_tcp_tcp_socket_drop>;
using HostUdpSocket = Owned<wasi_udp_udp_socket_drop>;
using IncomingDatagrams = Owned<wasi_udp_incoming_datagram_stream_drop>;
using OutgoingDatagrams = Owned<wasi_udp_outgoing_datagram_stream_drop>;
using ResolvedAddresses = Owned<wasi_ip_name_lookup_resolve_address_stream_drop>;

// The network that this program was given.
std::int32_t network() noexcept;

}  // namespace everysock::wasi

#endif  // EVERYSOCK_BACKENDS_WASI_ABI_H_
