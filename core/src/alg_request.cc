#include "everysock/alg_request.h"

#include <cstring>
#include <limits>
#include <vector>

#include "everysock/socket.h"
#include "src/renamed.h"

namespace everysock {
namespace {

ControlMessage item(ControlType type, std::uint32_t number) {
  ControlMessage message{sol_alg, type, std::string(sizeof(number), '\0')};
  std::memcpy(message.data.data(), &number, sizeof(number));
  return message;
}

// struct af_alg_iv: its length, then the vector.
ControlMessage iv_item(ConstBuffer iv) {
  ControlMessage message = item(alg_set_iv, static_cast<std::uint32_t>(iv.size()));
  message.data.append(iv.view());
  return message;
}

}  // namespace

Result<std::size_t> Socket::sendmsg_afalg(std::span<const ConstBuffer> buffers, AlgOperation op,
                                          const AlgRequest& request) {
  constexpr Operation kOperation = Operation::sendmsg_afalg;
  if (handle_ == Handle::invalid) return fail(kOperation, Errc::ebadf);
  if (family_ != af_alg) return fail(kOperation, UsageErrc::alg_not_alg);
  if (request.assoclen && *request.assoclen < 0) return fail(kOperation, UsageErrc::alg_assoclen, *request.assoclen);
  std::vector<ControlMessage> control{item(alg_set_op, op.value())};
  if (request.iv) {
    if (request.iv->size() > std::numeric_limits<std::int32_t>::max()) return fail(kOperation, Errc::einval);
    control.push_back(iv_item(*request.iv));
  }
  if (request.assoclen) control.push_back(item(alg_set_aead_assoclen, static_cast<std::uint32_t>(*request.assoclen)));
  return internal::renamed(kOperation, sendmsg(buffers, control, request.flags));
}

Result<std::size_t> Socket::sendmsg_afalg(std::initializer_list<ConstBuffer> buffers, AlgOperation op,
                                          const AlgRequest& request) {
  return sendmsg_afalg(std::span<const ConstBuffer>(buffers.begin(), buffers.size()), op, request);
}

}  // namespace everysock
