#include "src/named_error.h"

#include <array>
#include <atomic>
#include <bit>
#include <memory>
#include <new>
#include <string>

namespace everysock::internal {
namespace {

constexpr std::int32_t kPositionBits = 16;

// Names of backends, kept for as long as the program runs: an error outlives its backend.
std::array<std::atomic<const std::string*>, 255> kept_names;

// 1 + the place of `name`; 0 if there is no place for it.
std::int32_t number_of(std::string_view name) noexcept {
  std::unique_ptr<const std::string> own;
  for (std::size_t place = 0; place < kept_names.size(); ++place) {
    const std::string* kept = kept_names[place].load(std::memory_order_acquire);
    if (kept == nullptr) {
      if (own == nullptr) own.reset(new (std::nothrow) std::string(name));
      if (own == nullptr) return 0;
      if (kept_names[place].compare_exchange_strong(kept, own.get(), std::memory_order_acq_rel)) {
        static_cast<void>(own.release());
        return static_cast<std::int32_t>(place) + 1;
      }
    }
    if (*kept == name) return static_cast<std::int32_t>(place) + 1;
  }
  return 0;
}

bool means_absence(Error error) noexcept {
  switch (error.errc()) {
    case Errc::eafnosupport:
    case Errc::epfnosupport:
    case Errc::esocktnosupport:
    case Errc::eprotonosupport:
    case Errc::enoprotoopt:
    case Errc::eopnotsupp:
      return true;
    default:
      return false;
  }
}

}  // namespace

Error naming(Error error, const ConstantInfo* constant, const Backend& backend) noexcept {
  if (constant == nullptr || !means_absence(error)) return error;
  const auto position = static_cast<std::int32_t>(constant - all_constants().data()) + 1;
  return Error::from_wire(error.domain(), error.operation(), error.code(),
                          number_of(backend.name()) << kPositionBits | position);
}

NamedConstant named_constant(Error error) noexcept {
  const auto position = static_cast<std::size_t>(error.detail() & ((1 << kPositionBits) - 1));
  const auto place = static_cast<std::size_t>(error.detail() >> kPositionBits);
  const auto constants = all_constants();
  if (error.domain() != ErrorDomain::system || error.detail() <= 0 || position == 0 || position > constants.size()) {
    return {};
  }
  NamedConstant named{&constants[position - 1], {}};
  if (place > 0 && place <= kept_names.size()) {
    const std::string* const kept = kept_names[place - 1].load(std::memory_order_acquire);
    if (kept != nullptr) named.backend = *kept;
  }
  return named;
}

const ConstantInfo* first_foreign_type(std::span<const ControlMessage> control) noexcept {
  for (const ControlMessage& message : control) {
    if (message.level == sol_socket && message.type == scm_creds) return find_constant("SCM_CREDS");
    if (message.level == sol_socket && message.type == scm_creds2) return find_constant("SCM_CREDS2");
  }
  return nullptr;
}

const ConstantInfo* first_flag(MessageFlags flags) noexcept {
  if (!flags) return nullptr;
  return describe(MessageFlags(std::uint32_t{1} << std::countr_zero(flags.value())));
}

}  // namespace everysock::internal
