// The same program in two worlds.
#ifndef EVERYSOCK_TESTS_DIFFERENTIAL_COMPARISON_H_
#define EVERYSOCK_TESTS_DIFFERENTIAL_COMPARISON_H_

#include <cstddef>
#include <optional>
#include <string>

#include "known.h"
#include "operation.h"
#include "world.h"

namespace everysock::differential {

struct Difference {
  std::string on_posix;
  std::string in_memory;
};

struct Comparison {
  std::size_t compared = 0;              // operations that gave the same
  std::optional<Difference> difference;  // of the operation after those
};

// Carries the program out in both until they differ. Behind a difference that is known nothing can be compared any
// more: the program ends there, without one. It begins anew where the kernel has chosen a port twice.
Comparison compare(Universe& posix, Universe& memory, KnownDifferences& known, const Program& program);

// The shortest program found that still differs, from one that does: up to the difference, then ever smaller pieces
// left out as long as what is left differs somewhere.
Program shrink(Universe& posix, Universe& memory, KnownDifferences& known, Program program);

}  // namespace everysock::differential

#endif  // EVERYSOCK_TESTS_DIFFERENTIAL_COMPARISON_H_
