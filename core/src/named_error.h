// Errors that say which constant a backend would not take: the position of the constant in all_constants() and a number
// for the backend's name fit into Error::detail().
#ifndef EVERYSOCK_CORE_NAMED_ERROR_H_
#define EVERYSOCK_CORE_NAMED_ERROR_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "everysock/backend.h"
#include "everysock/constant_info.h"
#include "everysock/error.h"

namespace everysock::internal {

// `error`, naming `constant`, if its code is one for things that a system does not have; otherwise as it is, as it is
// for a null constant.
Error naming(Error error, const ConstantInfo* constant, const Backend& backend) noexcept;

// The constant that a system error names, null if none, and the backend's name.
struct NamedConstant {
  const ConstantInfo* constant = nullptr;
  std::string_view backend;
};
NamedConstant named_constant(Error error) noexcept;

// The first flag that a backend might not know, for the error of a call with several.
const ConstantInfo* first_flag(MessageFlags flags) noexcept;
// The same of control messages: the first type of another system than Linux.
const ConstantInfo* first_foreign_type(std::span<const ControlMessage> control) noexcept;

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_NAMED_ERROR_H_
