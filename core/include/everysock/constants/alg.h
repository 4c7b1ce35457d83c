// AF_ALG: the kernel's cryptography. Linux, Documentation/crypto/userspace-if.rst.
#ifndef EVERYSOCK_CONSTANTS_ALG_H_
#define EVERYSOCK_CONSTANTS_ALG_H_

#include "everysock/constant.h"

namespace everysock {

// Level.
inline constexpr OptionLevel sol_alg{279};

// Options.
inline constexpr Option alg_set_key{sol_alg, 1};
inline constexpr Option alg_set_aead_authsize{sol_alg, 5};
inline constexpr Option alg_set_pubkey{sol_alg, 6};

// Control messages of a request.
inline constexpr ControlType alg_set_iv{2};
inline constexpr ControlType alg_set_op{3};
inline constexpr ControlType alg_set_aead_assoclen{4};

// What alg_set_op asks for.
inline constexpr AlgOperation alg_op_decrypt{0};
inline constexpr AlgOperation alg_op_encrypt{1};
inline constexpr AlgOperation alg_op_sign{2};
inline constexpr AlgOperation alg_op_verify{3};

}  // namespace everysock

#endif  // EVERYSOCK_CONSTANTS_ALG_H_
