// Option values between the layout of Linux on x86-64, which is the portable one, and Winsock's. Nearly all are an int
// in both; here are the others.
#ifndef EVERYSOCK_BACKENDS_WINSOCK_OPTION_VALUES_H_
#define EVERYSOCK_BACKENDS_WINSOCK_OPTION_VALUES_H_

#include <cstddef>
#include <span>
#include <vector>

#include "everysock/constants.h"
#include "everysock/error.h"

namespace everysock::winsock {

using OptionValue = std::vector<std::byte>;

// EINVAL, EDOM: a value that cannot be.
Result<OptionValue> to_native_value(Option option, std::span<const std::byte> value);
OptionValue from_native_value(Option option, std::span<const std::byte> value);

// An int's bytes.
OptionValue int_value(int number);

}  // namespace everysock::winsock

#endif  // EVERYSOCK_BACKENDS_WINSOCK_OPTION_VALUES_H_
