#include "backends/memory/unix_mailbox.h"

#include <memory>
#include <utility>

#include "backends/memory/ip_control.h"
#include "backends/memory/network.h"

namespace everysock::memory {

void UnixMailbox::put(UnixSocket& sender, Gather& data, Ancillary ancillary) {
  DatagramQueue::Envelope& envelope = queue_.push(data);
  envelope.charged_to = std::static_pointer_cast<UnixSocket>(sender.shared_from_this());
  envelope.credentials = sender.machine().credentials();
  envelope.arrival = sender.network().now();
  if (!ancillary.empty()) envelope.ancillary = std::make_unique<Ancillary>(std::move(ancillary));
  sender.message_sent(envelope.charge);
}

std::size_t UnixMailbox::receive(Machine& machine, const OptionValues& options, ReceiveRequest& request,
                                 Scatter& room) {
  const DatagramQueue::Envelope& envelope = queue_.front();
  const std::size_t copied = queue_.copy_front(room);
  const std::size_t size = envelope.size;
  if (copied < size) request.received_flags |= msg_trunc;
  if (request.address != nullptr) *request.address = envelope.charged_to->sender_address();
  ControlRoom control(request);
  put_timestamp(options, envelope.arrival, control);
  deliver_ancillary(machine, envelope.ancillary.get(), options.pass_credentials ? &envelope.credentials : nullptr,
                    request, control);
  if (!request.flags.has(msg_peek)) pop();
  return request.flags.has(msg_trunc) ? size : copied;
}

void UnixMailbox::clear() {
  while (!queue_.empty()) pop();
}

void UnixMailbox::pop() {
  const std::size_t charge = queue_.front().charge;
  const std::shared_ptr<UnixSocket> sender = queue_.front().charged_to;
  queue_.pop();
  sender->message_gone(charge);
}

}  // namespace everysock::memory
