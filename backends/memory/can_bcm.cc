#include "backends/memory/can_bcm.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace everysock::memory {
namespace {

constexpr std::uint32_t kMostFrames = 256;  // MAX_NFRAMES

template <typename Job>
auto find_job(std::vector<std::unique_ptr<Job>>& jobs, const CanBcmHead& head, std::uint32_t interface) {
  return std::ranges::find_if(jobs, [&](const auto& job) { return job->is_for(head, interface); });
}

template <typename Job>
Errc remove_job(std::vector<std::unique_ptr<Job>>& jobs, const CanBcmHead& head, std::uint32_t interface) {
  const auto found = find_job(jobs, head, interface);
  if (found == jobs.end()) return Errc::einval;
  jobs.erase(found);
  return Errc::ok;
}

template <typename Job>
Errc read_job(std::vector<std::unique_ptr<Job>>& jobs, const CanBcmHead& head, std::uint32_t interface,
              std::uint32_t answer) {
  const auto found = find_job(jobs, head, interface);
  if (found == jobs.end()) return Errc::einval;
  (*found)->tell_status(answer);
  return Errc::ok;
}

// Takes a sound set-up message to its job, which is made if there is none. One that is there keeps its room.
template <typename Job>
Errc set_up_job(std::vector<std::unique_ptr<Job>>& jobs, CanSocket& owner, const CanBcmHead& head,
                std::uint32_t interface, std::vector<CanPacket> frames) {
  if (head.has(can_bcm_settimer) && !(head.first_interval.is_sound() && head.second_interval.is_sound())) {
    return Errc::einval;
  }
  auto found = find_job(jobs, head, interface);
  if (found != jobs.end() && head.frames > (*found)->frames()) return Errc::e2big;
  // Fewer frames than the head announces.
  if (frames.size() < head.frames) return Errc::efault;
  if (found == jobs.end()) {
    jobs.push_back(std::make_unique<Job>(owner, interface, head));
    found = jobs.end() - 1;
  }
  (*found)->set_up(head, std::move(frames));
  return Errc::ok;
}

}  // namespace

Result<void> CanBcm::connect(const Address& address) {
  constexpr Operation kOperation = Operation::connect;
  const auto interface = index_in(kOperation, address);
  if (!interface) return Unexpected(interface.error());
  if (connected_) return fail(kOperation, Errc::eisconn);
  if (*interface != 0 && !is_can_interface(*interface)) return fail(kOperation, Errc::enodev);
  connected_ = true;
  interface_ = *interface;
  buses().add(*this);
  return {};
}

void CanBcm::forget() {
  if (connected_) buses().remove(*this);
  connected_ = false;
  transmissions_.clear();
  receptions_.clear();
}

void CanBcm::hear(const CanPacket& packet, std::uint32_t interface, const CanSocket&) {
  for (const auto& reception : receptions_) reception->hear(packet, interface);
}

Result<std::size_t> CanBcm::send(const SendRequest& request, Gather& data, bool) {
  constexpr Operation kOperation = Operation::send;
  if (!connected_) return fail(kOperation, Errc::enotconn);
  CanBcmHead head;
  const std::size_t size = data.left();
  if (size < sizeof(head)) return fail(kOperation, Errc::einval);
  data.take(reinterpret_cast<std::byte*>(&head), sizeof(head));
  const std::size_t frame_size = head.frame_size();
  if (data.left() % frame_size != 0) return fail(kOperation, Errc::einval);
  std::uint32_t interface = interface_;
  if (interface == 0 && request.address != nullptr) {
    const auto given = index_in(kOperation, *request.address);
    if (!given) return Unexpected(given.error());
    if (*given != 0 && !is_can_interface(*given)) return fail(kOperation, Errc::enodev);
    interface = *given;
  }
  std::vector<CanPacket> frames;
  while (data.left() > 0) {
    std::string bytes(frame_size, '\0');
    data.take(reinterpret_cast<std::byte*>(bytes.data()), frame_size);
    frames.emplace_back(std::move(bytes));
  }
  const std::size_t given = frames.size();
  if (const Errc error = act(head, interface, std::move(frames)); error != Errc::ok) return fail(kOperation, error);
  // Of a set-up what was used of it, of a frame all, else the head.
  const bool set_up = head.operation == can_bcm_tx_setup || head.operation == can_bcm_rx_setup;
  const bool by_identifier = head.operation == can_bcm_rx_setup && head.has(can_bcm_rx_filter_id);
  const std::size_t used = head.operation == can_bcm_tx_send ? given : set_up && !by_identifier ? head.frames : 0;
  return sizeof(head) + used * frame_size;
}

Errc CanBcm::act(const CanBcmHead& head, std::uint32_t interface, std::vector<CanPacket> frames) {
  switch (head.operation) {
    case can_bcm_tx_setup:
      return set_up_transmission(head, interface, std::move(frames));
    case can_bcm_rx_setup:
      return set_up_reception(head, interface, std::move(frames));
    case can_bcm_tx_delete:
      return remove_job(transmissions_, head, interface);
    case can_bcm_rx_delete:
      return remove_job(receptions_, head, interface);
    case can_bcm_tx_read:
      return read_job(transmissions_, head, interface, can_bcm_tx_status);
    case can_bcm_rx_read:
      return read_job(receptions_, head, interface, can_bcm_rx_status);
    case can_bcm_tx_send:
      if (head.frames != 1 || frames.size() != 1) return Errc::einval;
      if (interface == 0) return Errc::enodev;
      return buses().send(std::move(frames[0]), interface, *this);
    default:
      return Errc::einval;
  }
}

Errc CanBcm::set_up_transmission(const CanBcmHead& head, std::uint32_t interface, std::vector<CanPacket> frames) {
  if (interface == 0) return Errc::enodev;
  if (head.frames < 1 || head.frames > kMostFrames) return Errc::einval;
  while (frames.size() > head.frames) frames.pop_back();
  const bool sound =
      std::ranges::all_of(frames, [](const CanPacket& frame) { return frame.is_classic() || frame.is_fd(); });
  if (!sound) return Errc::einval;
  return set_up_job(transmissions_, *this, head, interface, std::move(frames));
}

Errc CanBcm::set_up_reception(CanBcmHead head, std::uint32_t interface, std::vector<CanPacket> frames) {
  if (head.has(can_bcm_rx_filter_id) || head.frames == 0) {
    head.flags |= can_bcm_rx_filter_id;
    head.frames = 0;
  }
  if (head.frames > kMostFrames + 1) return Errc::einval;
  if (head.has(can_bcm_rx_rtr_frame) && (head.frames != 1 || (head.id & can_rtr_flag) == 0)) return Errc::einval;
  while (frames.size() > head.frames) frames.pop_back();
  return set_up_job(receptions_, *this, head, interface, std::move(frames));
}

// The manager has no options of its own.

Result<void> CanBcm::set_option(OptionLevel level, Option option, std::span<const std::byte> value) {
  if (level == sol_socket || !option.belongs_to(level)) return KernelSocket::set_option(level, option, value);
  return fail(Operation::setsockopt, Errc::eopnotsupp);
}

Result<std::size_t> CanBcm::get_option(OptionLevel level, Option option, std::span<std::byte> value) {
  if (level == sol_socket || !option.belongs_to(level)) return KernelSocket::get_option(level, option, value);
  return fail(Operation::getsockopt, Errc::eopnotsupp);
}

}  // namespace everysock::memory
