// Random programs that mostly make sense: sockets that find each other, and then anything.
#ifndef EVERYSOCK_TESTS_DIFFERENTIAL_GENERATOR_H_
#define EVERYSOCK_TESTS_DIFFERENTIAL_GENERATOR_H_

#include <cstddef>
#include <cstdint>

#include "operation.h"

namespace everysock::differential {

// The program of this seed, `length` steps or a few more. The same everywhere.
Program generate(std::uint64_t seed, std::size_t length);

}  // namespace everysock::differential

#endif  // EVERYSOCK_TESTS_DIFFERENTIAL_GENERATOR_H_
