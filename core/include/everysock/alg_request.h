// What goes with a request to an operation socket of AF_ALG.
#ifndef EVERYSOCK_ALG_REQUEST_H_
#define EVERYSOCK_ALG_REQUEST_H_

#include <cstdint>
#include <optional>

#include "everysock/buffer.h"
#include "everysock/constants.h"

namespace everysock {

// The optional arguments of Socket::sendmsg_afalg().
//
//   operation.sendmsg_afalg({plaintext}, alg_op_encrypt, {.iv = initialisation_vector}).value();
//   std::string ciphertext = operation.recv(plaintext.size()).value();
struct AlgRequest {
  std::optional<ConstBuffer> iv = std::nullopt;  // as long as the algorithm's
  // aead: how many bytes in front of the text are authenticated only. Not negative (UsageErrc::alg_assoclen).
  std::optional<std::int32_t> assoclen = std::nullopt;
  MessageFlags flags = {};  // msg_more: further parts follow
};

}  // namespace everysock

#endif  // EVERYSOCK_ALG_REQUEST_H_
