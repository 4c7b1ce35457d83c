#include "everysock/address.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "src/text.h"

namespace everysock {
namespace {

template <typename... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

AddressFamily family_of(const Address& address) noexcept {
  return std::visit(Overloaded{
                        [](std::monostate) { return af_unspec; },
                        [](const InetAddress&) { return af_inet; },
                        [](const Inet6Address&) { return af_inet6; },
                        [](const UnixAddress&) { return af_unix; },
                        [](const OpaqueAddress& opaque) { return opaque.family; },
                    },
                    address);
}

std::string to_string(const Address& address) {
  return std::visit(Overloaded{
                        [](std::monostate) { return std::string("(none)"); },
                        [](const InetAddress& inet) { return absl::StrCat(inet.host.str(), ":", inet.port); },
                        [](const Inet6Address& inet6) {
                          const std::string zone = inet6.scope_id != 0 ? absl::StrCat("%", inet6.scope_id) : "";
                          return absl::StrCat("[", inet6.host.str(), zone, "]:", inet6.port);
                        },
                        [](const UnixAddress& local) {
                          if (local.is_unnamed()) return std::string("(unnamed)");
                          if (!local.is_abstract()) return local.path.str();
                          return absl::StrCat("@", absl::CHexEscape(internal::absl_view(local.path.view().substr(1))));
                        },
                        [](const OpaqueAddress& opaque) {
                          return absl::StrCat("(family ", opaque.family.value(), ") ",
                                              absl::BytesToHexString(internal::absl_view(opaque.data.view())));
                        },
                    },
                    address);
}

}  // namespace everysock
