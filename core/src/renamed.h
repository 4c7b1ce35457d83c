// The error of a call that another one made, under the name of the function that the program called.
#ifndef EVERYSOCK_CORE_RENAMED_H_
#define EVERYSOCK_CORE_RENAMED_H_

#include "everysock/error.h"

namespace everysock::internal {

template <typename T>
Result<T> renamed(Operation operation, Result<T> result) {
  if (!result) return Unexpected(result.error().in(operation));
  return result;
}

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_RENAMED_H_
