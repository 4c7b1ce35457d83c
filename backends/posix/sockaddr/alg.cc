// AF_ALG: Linux, Documentation/crypto/userspace-if.rst.
#include "backends/posix/sockaddr/families.h"

#ifdef AF_ALG
#include <linux/if_alg.h>

namespace everysock::posix {

Errc encode(const AlgAddress& address, NativeAddress& native, int) noexcept {
  auto& alg = emplace<sockaddr_alg>(native, AF_ALG);
  // Both end with a NUL.
  static_assert(decltype(AlgAddress::type)::capacity() < sizeof(alg.salg_type));
  static_assert(decltype(AlgAddress::name)::capacity() < sizeof(alg.salg_name));
  if (address.type.too_long() || address.name.too_long()) return Errc::einval;
  std::memcpy(alg.salg_type, address.type.view().data(), address.type.view().size());
  std::memcpy(alg.salg_name, address.name.view().data(), address.name.view().size());
  alg.salg_feat = address.feat;
  alg.salg_mask = address.mask;
  return Errc::ok;
}

Address decode_alg(const NativeAddress& native) {
  const auto alg = view<sockaddr_alg>(native, sizeof(sockaddr_alg));
  if (!alg) return opaque(native);
  const auto text = [](const auto& bytes) {
    const char* const begin = reinterpret_cast<const char*>(bytes);
    return std::string_view(begin, ::strnlen(begin, sizeof(bytes) - 1));
  };
  return AlgAddress{text(alg->salg_type), text(alg->salg_name), alg->salg_feat, alg->salg_mask};
}

}  // namespace everysock::posix

#else

namespace everysock::posix {

Errc encode(const AlgAddress&, NativeAddress&, int) noexcept { return Errc::eafnosupport; }

}  // namespace everysock::posix

#endif
