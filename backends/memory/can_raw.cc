#include "backends/memory/can_raw.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace everysock::memory {
namespace {

constexpr std::size_t kMostFilters = 512;  // CAN_RAW_FILTER_MAX
static_assert(sizeof(CanFilter) == 8);

}  // namespace

Result<void> CanRaw::bind(const Address& address) {
  const auto interface = index_in(Operation::bind, address);
  if (!interface) return Unexpected(interface.error());
  if (*interface != 0 && !is_can_interface(*interface)) return fail(Operation::bind, Errc::enodev);
  if (!bound_) buses().add(*this);
  bound_ = true;
  interface_ = *interface;
  return {};
}

void CanRaw::forget() {
  if (bound_) buses().remove(*this);
  bound_ = false;
}

// ---- sending ----

bool CanRaw::may_send(const CanPacket& packet) const {
  return packet.is_classic() || (packet.is_fd() && fd_frames_ != 0) || (packet.is_xl() && xl_frames_ != 0);
}

Result<std::size_t> CanRaw::send(const SendRequest& request, Gather& data, bool) {
  constexpr Operation kOperation = Operation::send;
  const std::size_t size = data.left();
  if (size <= CanPacket::kXlHead || size > CanFrame::max_packed) return fail(kOperation, Errc::einval);
  std::uint32_t interface = interface_;
  if (request.address != nullptr) {
    const auto given = index_in(kOperation, *request.address);
    if (!given) return Unexpected(given.error());
    interface = *given;
  }
  if (interface == 0) return fail(kOperation, Errc::enxio);
  std::string bytes(size, '\0');
  data.take(reinterpret_cast<std::byte*>(bytes.data()), size);
  CanPacket packet(std::move(bytes));
  if (!may_send(packet)) return fail(kOperation, Errc::einval);
  const Errc error = buses().send(std::move(packet), interface, *this, loopback_ != 0);
  if (error != Errc::ok) return fail(kOperation, error);
  return size;
}

// ---- receiving ----

bool CanRaw::takes(std::uint32_t frame_id) const {
  auto matches = static_cast<std::size_t>(
      std::ranges::count_if(filters_, [&](const CanFilter& filter) { return filter.takes(frame_id); }));
  const CanFilter errors{0, static_cast<std::uint32_t>(error_mask_) | can_err_flag};
  if (error_mask_ != 0 && errors.takes(frame_id)) ++matches;
  return join_filters_ != 0 ? matches > 0 && matches >= filters_.size() : matches > 0;
}

void CanRaw::hear(const CanPacket& packet, std::uint32_t interface, const CanSocket& sender) {
  const bool own = &sender == this;
  if (interface_ != 0 && interface != interface_) return;
  if (own && receive_own_ == 0) return;
  if ((packet.is_fd() && fd_frames_ == 0) || (packet.is_xl() && xl_frames_ == 0)) return;
  if (!takes(packet.id())) return;
  // As Linux shows what was sent on this machine, and by this very socket.
  deliver(packet.bytes(), interface, own ? msg_dontroute | msg_confirm : msg_dontroute);
}

Result<std::size_t> CanRaw::receive(ReceiveRequest& request, Scatter& room, bool going_on) {
  if (request.flags.has(msg_errqueue)) return fail(Operation::recv, Errc::eagain);
  return CanSocket::receive(request, room, going_on);
}

// ---- options ----

std::int32_t* CanRaw::number_of(Option option) {
  if (option == can_raw_err_filter) return &error_mask_;
  if (option == can_raw_loopback) return &loopback_;
  if (option == can_raw_recv_own_msgs) return &receive_own_;
  if (option == can_raw_fd_frames) return &fd_frames_;
  if (option == can_raw_xl_frames) return &xl_frames_;
  if (option == can_raw_join_filters) return &join_filters_;
  return nullptr;
}

Result<void> CanRaw::set_filters(std::span<const std::byte> value) {
  if (value.size() % sizeof(CanFilter) != 0 || value.size() > kMostFilters * sizeof(CanFilter)) {
    return fail(Operation::setsockopt, Errc::einval);
  }
  filters_.resize(value.size() / sizeof(CanFilter));
  if (!value.empty()) std::memcpy(filters_.data(), value.data(), value.size());
  return {};
}

Result<std::size_t> CanRaw::get_filters(std::span<std::byte> value) const {
  const auto bytes = std::as_bytes(std::span(filters_));
  if (value.size() < bytes.size()) return fail(Operation::getsockopt, Errc::erange);
  return write_bytes(value, bytes);
}

Result<void> CanRaw::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  constexpr Operation kOperation = Operation::setsockopt;
  if (level == sol_socket || !option.belongs_to(level)) return KernelSocket::set_option(level, option, value);
  if (level != sol_can_raw) return fail(kOperation, Errc::einval);
  if (option == can_raw_filter) return set_filters(value);
  std::int32_t* const number = number_of(option);
  if (number == nullptr) return fail(kOperation, Errc::enoprotoopt);
  if (value.size() != sizeof(*number)) return fail(kOperation, Errc::einval);
  const std::int32_t given = *read_int(value);
  // XL frames bring FD frames along, for as long as they are on.
  if (option == can_raw_fd_frames && given == 0 && xl_frames_ != 0) return fail(kOperation, Errc::einval);
  if (option == can_raw_xl_frames && given != 0) fd_frames_ = given;
  *number = option == can_raw_err_filter ? static_cast<std::int32_t>(static_cast<std::uint32_t>(given) & can_err_mask)
                                         : given;
  return {};
}

Result<std::size_t> CanRaw::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  constexpr Operation kOperation = Operation::getsockopt;
  if (level == sol_socket || !option.belongs_to(level)) return KernelSocket::get_option(level, option, value);
  if (level != sol_can_raw) return fail(kOperation, Errc::einval);
  if (option == can_raw_filter) return get_filters(value);
  const std::int32_t* const number = number_of(option);
  if (number == nullptr) return fail(kOperation, Errc::enoprotoopt);
  return write_int(value, *number);
}

}  // namespace everysock::memory
