#include "backends/memory/memory_backend.h"

#include <utility>

#include "backends/memory/backend.h"
#include "backends/memory/machine.h"
#include "backends/memory/network.h"
#include "everysock/idna.h"

namespace everysock {
namespace {

using memory::InterfaceAddress;
using memory::Machine;
using memory::Network;
using memory::Session;

// Setting up a network has no documented operation of its own.
constexpr Operation kOperation = Operation::none;

bool is_probability(double p) { return p >= 0 && p <= 1; }

bool is_sound(const LinkSettings& settings) {
  return settings.latency >= 0 && settings.jitter >= 0 && settings.reorder_delay >= 0 &&
         is_probability(settings.loss) && is_probability(settings.reorder) && is_probability(settings.duplicate);
}

// Applies `action` to two hosts that exist and differ.
template <typename Action>
Result<void> with_link(Network& network, std::string_view one, std::string_view other, Action action) {
  const Session session(network);
  const Machine* first = network.find_machine(one);
  const Machine* second = network.find_machine(other);
  if (first == nullptr || second == nullptr) return fail(kOperation, Errc::enoent);
  if (first == second) return fail(kOperation, Errc::einval);
  action(*first, *second);
  return {};
}

Result<void> cut_all(Network& network, std::string_view host, bool cut) {
  const Session session(network);
  const Machine* machine = network.find_machine(host);
  if (machine == nullptr) return fail(kOperation, Errc::enoent);
  for (const std::unique_ptr<Machine>& other : network.machines()) {
    if (other.get() != machine) network.links().set_cut(*machine, *other, cut);
  }
  return {};
}

}  // namespace

MemoryNetwork::MemoryNetwork(const NetworkSettings& settings) : network_(std::make_shared<Network>(settings)) {}

MemoryNetwork::~MemoryNetwork() = default;

Result<std::unique_ptr<Backend>> MemoryNetwork::new_host(std::string_view name,
                                                         const std::vector<std::string>& addresses) {
  const auto ascii = idna_encode(name);
  if (!ascii || ascii->empty()) return fail(kOperation, Errc::einval);
  const Session session(*network_);
  Machine* known = network_->find_machine(*ascii);
  if (known != nullptr && (known->occupied || known->name() != *ascii)) return fail(kOperation, Errc::eexist);
  std::vector<InterfaceAddress> parsed;
  for (const std::string& text : addresses) {
    auto address = memory::parse_interface_address(text);
    if (!address || address->ip.is_loopback()) return fail(kOperation, Errc::einval);
    address->interface_index = memory::kNetworkInterface;
    const Machine* owner = network_->find_machine(address->ip);
    if (owner != nullptr && owner != known) return fail(kOperation, Errc::eaddrinuse);
    if (owner == nullptr) parsed.push_back(*address);
  }
  Machine& machine = known != nullptr ? *known : network_->add_machine(*ascii);
  machine.occupied = true;
  for (const InterfaceAddress& address : parsed) {
    machine.add_address(address);
    network_->add_address(address.ip, machine);
  }
  return std::make_unique<memory::MemoryBackend>(network_, machine);
}

Result<void> MemoryNetwork::add_name(std::string_view name, std::string_view host) {
  const auto ascii = idna_encode(name);
  if (!ascii || ascii->empty()) return fail(kOperation, Errc::einval);
  const Session session(*network_);
  Machine* machine = network_->find_machine(host);
  if (machine == nullptr) return fail(kOperation, Errc::enoent);
  if (network_->find_machine(*ascii) != nullptr) return fail(kOperation, Errc::eexist);
  network_->add_name(*ascii, *machine);
  return {};
}

Result<void> MemoryNetwork::set_link(std::string_view one, std::string_view other, const LinkSettings& settings) {
  if (!is_sound(settings)) return fail(kOperation, Errc::einval);
  return with_link(*network_, one, other,
                   [&](const Machine& a, const Machine& b) { network_->links().set(a, b, settings); });
}

Result<void> MemoryNetwork::partition(std::string_view one, std::string_view other) {
  return with_link(*network_, one, other,
                   [&](const Machine& a, const Machine& b) { network_->links().set_cut(a, b, true); });
}

Result<void> MemoryNetwork::heal(std::string_view one, std::string_view other) {
  return with_link(*network_, one, other,
                   [&](const Machine& a, const Machine& b) { network_->links().set_cut(a, b, false); });
}

Result<void> MemoryNetwork::isolate(std::string_view host) { return cut_all(*network_, host, true); }
Result<void> MemoryNetwork::rejoin(std::string_view host) { return cut_all(*network_, host, false); }

Result<void> MemoryNetwork::make_directory(std::string_view host, std::string_view path) {
  const Session session(*network_);
  Machine* machine = network_->find_machine(host);
  if (machine == nullptr) return fail(kOperation, Errc::enoent);
  machine->unix_names().make_directories(path);
  return {};
}

Result<void> MemoryNetwork::unlink(std::string_view host, std::string_view path) {
  const Session session(*network_);
  Machine* machine = network_->find_machine(host);
  if (machine == nullptr || !machine->unix_names().unlink(path)) return fail(kOperation, Errc::enoent);
  return {};
}

std::int64_t MemoryNetwork::now() const {
  const Session session(*network_);
  return network_->now();
}

void MemoryNetwork::at(std::int64_t moment, std::function<void()> action) {
  const Session session(*network_);
  network_->at(moment, std::move(action));
}

void MemoryNetwork::sleep_until(std::int64_t moment) {
  Session session(*network_);
  if (moment > network_->now()) network_->sleep(session, Deadline(moment));
}

std::unique_ptr<Backend> new_memory_backend(std::uint64_t seed) {
  return new_memory_backend(NetworkSettings{.seed = seed});
}

std::unique_ptr<Backend> new_memory_backend(const NetworkSettings& settings) {
  const auto network = std::make_shared<Network>(settings);
  const Session session(*network);
  return std::make_unique<memory::MemoryBackend>(network, network->add_machine("localhost"));
}

}  // namespace everysock
