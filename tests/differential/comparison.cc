#include "comparison.h"

#include <algorithm>
#include <memory>

#include "interpreter.h"

namespace everysock::differential {
namespace {

Program without(const Program& program, std::size_t from, std::size_t count) {
  Program rest(program.begin(), program.begin() + static_cast<std::ptrdiff_t>(from));
  const std::size_t end = std::min(program.size(), from + count);
  rest.insert(rest.end(), program.begin() + static_cast<std::ptrdiff_t>(end), program.end());
  return rest;
}

// Nothing where the kernel happened to choose a port twice, before a difference or up to the end.
std::optional<Comparison> compare_once(Universe& posix, Universe& memory, KnownDifferences& known,
                                       const Program& program) {
  const std::unique_ptr<World> here = posix.new_world();
  const std::unique_ptr<World> there = memory.new_world();
  Interpreter on_posix(*here);
  Interpreter in_memory(*there);
  Comparison result;
  for (const Operation& operation : program) {
    Difference outcomes{on_posix.run(operation), in_memory.run(operation)};
    if (outcomes.on_posix != outcomes.in_memory) {
      if (!known.covers(to_string(operation), outcomes.on_posix, outcomes.in_memory)) {
        result.difference = std::move(outcomes);
      }
      break;
    }
    ++result.compared;
  }
  if (on_posix.chose_a_port_twice()) return std::nullopt;
  return result;
}

}  // namespace

Comparison compare(Universe& posix, Universe& memory, KnownDifferences& known, const Program& program) {
  constexpr int kTries = 10;
  for (int tries = 0; tries < kTries; ++tries) {
    if (const auto result = compare_once(posix, memory, known, program)) return *result;
  }
  return {0, Difference{"a port chosen twice, each time", ""}};
}

Program shrink(Universe& posix, Universe& memory, KnownDifferences& known, Program program) {
  const auto keep_if_different = [&](Program candidate) {
    const Comparison outcome = compare(posix, memory, known, candidate);
    if (!outcome.difference) return false;
    candidate.resize(outcome.compared + 1);
    program = std::move(candidate);
    return true;
  };
  keep_if_different(program);
  for (std::size_t piece = std::max<std::size_t>(program.size() / 2, 1);; piece = (piece + 1) / 2) {
    for (std::size_t from = 0; from < program.size();) {
      if (!keep_if_different(without(program, from, piece))) from += piece;
    }
    if (piece == 1) break;
  }
  return program;
}

}  // namespace everysock::differential
