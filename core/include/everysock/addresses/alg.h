// Addresses of AF_ALG: which algorithm of the kernel's cryptography a socket offers. Linux.
//
//   Socket algorithm = socket(af_alg, sock_seqpacket).value();
//   algorithm.bind(AlgAddress{"hash", "sha256"}).value();      // ENOENT: the kernel does not have it
//   Socket operation = algorithm.accept().value().socket;      // with no address
//
// Source: Python documentation, "Socket families" (spec row family/AF_ALG); Linux,
// Documentation/crypto/userspace-if.rst.
#ifndef EVERYSOCK_ADDRESSES_ALG_H_
#define EVERYSOCK_ADDRESSES_ALG_H_

#include <cstdint>

#include "everysock/inline_text.h"

namespace everysock {

// type is "aead", "hash", "skcipher" or "rng", at most 13 bytes (UsageErrc::alg_type_too_long); name "sha256",
// "hmac(sha256)", "cbc(aes)", ..., at most 63 (UsageErrc::alg_name_too_long).
struct AlgAddress {
  InlineText<13> type = {};
  InlineText<63> name = {};
  std::uint32_t feat = 0;
  std::uint32_t mask = 0;

  friend bool operator==(const AlgAddress&, const AlgAddress&) = default;
};

}  // namespace everysock

#endif  // EVERYSOCK_ADDRESSES_ALG_H_
