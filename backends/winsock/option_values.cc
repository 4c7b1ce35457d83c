#include "backends/winsock/option_values.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cstdint>
#include <cstring>
#include <optional>

#include "platform/windows/constant_tables.h"
#include "platform/windows/winsock_headers.h"
#include "platform/windows/wsa_error.h"

namespace everysock::winsock {
namespace {

using Bytes = std::span<const std::byte>;

template <typename T>
OptionValue bytes_of(const T& value) {
  OptionValue bytes(sizeof(T));
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}

// Nothing where there are too few bytes.
template <typename T>
std::optional<T> read(Bytes bytes, std::size_t offset = 0) {
  if (bytes.size() < offset + sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

using Octets4 = std::array<std::byte, 4>;

// An interface by number instead of by address: 0.x.x.x in network order (IP_MULTICAST_IF and struct ip_mreq in
// Microsoft's documentation).
Octets4 by_number(std::uint32_t interface_index) {
  const std::uint32_t swapped = (::htonl)(interface_index);
  Octets4 octets;
  std::memcpy(octets.data(), &swapped, sizeof(swapped));
  return octets;
}

// struct in_addr, struct ip_mreq (group, interface) or struct ip_mreqn (group, interface, its number): the interface.
std::optional<Octets4> interface_of(Bytes value) {
  if (value.size() < 8) return read<Octets4>(value);
  const auto number = read<std::uint32_t>(value, 8);
  if (number && *number != 0) return by_number(*number);
  return read<Octets4>(value, 4);
}

OptionValue joined(std::initializer_list<Octets4> parts) {
  OptionValue value;
  for (const Octets4& part : parts) value.insert(value.end(), part.begin(), part.end());
  return value;
}

struct LinuxLinger {
  std::int32_t on;
  std::int32_t seconds;
};

struct LinuxTime {
  std::int64_t seconds;
  std::int64_t microseconds;
};

Unexpected refused(Errc code) { return fail(Operation::setsockopt, code); }

Result<OptionValue> native_linger(Bytes value) {
  const auto linger = read<LinuxLinger>(value);
  if (!linger) return refused(Errc::einval);
  return bytes_of(::linger{static_cast<u_short>(linger->on != 0),
                           static_cast<u_short>(std::clamp<std::int32_t>(linger->seconds, 0, USHRT_MAX))});
}

// Milliseconds, rounded up, as 0 stands for none at all.
Result<OptionValue> native_time(Bytes value) {
  const auto time = read<LinuxTime>(value);
  if (!time) return refused(Errc::einval);
  if (time->microseconds < 0 || time->microseconds >= 1'000'000) return refused(Errc::edom);
  const std::int64_t seconds = std::clamp<std::int64_t>(time->seconds, 0, INT_MAX / 1000 - 1);
  return bytes_of(static_cast<DWORD>(seconds * 1000 + (time->microseconds + 999) / 1000));
}

Result<OptionValue> native_membership(Bytes value) {
  const auto group = read<Octets4>(value);
  const auto interface_octets = interface_of(value);
  if (value.size() < 8 || !group || !interface_octets) return refused(Errc::einval);
  return joined({*group, *interface_octets});
}

// struct ip_mreq_source: group, interface, source there; group, source, interface here.
Result<OptionValue> native_source_membership(Bytes value) {
  const auto group = read<Octets4>(value);
  const auto interface_octets = read<Octets4>(value, 4);
  const auto source = read<Octets4>(value, 8);
  if (!group || !interface_octets || !source) return refused(Errc::einval);
  return joined({*group, *source, *interface_octets});
}

}  // namespace

OptionValue int_value(int number) { return bytes_of(number); }

Result<OptionValue> to_native_value(Option option, Bytes value) {
  if (option.is_native()) return OptionValue(value.begin(), value.end());
  if (option == so_linger) return native_linger(value);
  if (option == so_rcvtimeo || option == so_sndtimeo) return native_time(value);
  if (option == ip_add_membership || option == ip_drop_membership) return native_membership(value);
  if (option == ip_add_source_membership || option == ip_drop_source_membership || option == ip_block_source ||
      option == ip_unblock_source) {
    return native_source_membership(value);
  }
  if (option == ip_multicast_if) {
    const auto interface_octets = interface_of(value);
    if (!interface_octets) return refused(Errc::einval);
    return joined({*interface_octets});
  }
  // Numbers of one byte, which Linux takes for some of ipproto_ip.
  if (value.size() == 1 && option.level() == sol_ip) return int_value(static_cast<std::uint8_t>(value.front()));
  if (value.size() < sizeof(int)) return refused(Errc::einval);
  return OptionValue(value.begin(), value.end());
}

OptionValue from_native_value(Option option, Bytes value) {
  if (option == so_linger) {
    const auto linger = read<::linger>(value);
    if (linger) return bytes_of(LinuxLinger{linger->l_onoff != 0 ? 1 : 0, linger->l_linger});
  }
  if (option == so_rcvtimeo || option == so_sndtimeo) {
    const auto milliseconds = read<DWORD>(value);
    if (milliseconds) return bytes_of(LinuxTime{*milliseconds / 1000, std::int64_t{*milliseconds % 1000} * 1000});
  }
  const auto number = read<int>(value);
  if (number && option == so_error) return int_value(static_cast<int>(platform::portable_wsa_error(*number)));
  if (number && option == so_type) return int_value(static_cast<int>(platform::portable_kind(*number).value()));
  // A BOOL may come as one byte.
  if (value.size() == 1 && !option.is_native()) return int_value(static_cast<std::uint8_t>(value.front()));
  return OptionValue(value.begin(), value.end());
}

}  // namespace everysock::winsock
