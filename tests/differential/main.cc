// everysock_differential: random programs of socket operations on the kernel's sockets and on the simulated network,
// through the public API. Every operation must give the same: results, errors, bytes, names, readiness.
//
//   everysock_differential --known tests/differential/known.txt
//   everysock_differential --known tests/differential/known.txt --seed 1234 --operations 1    # one program again
//
// Ends with 0 when nothing differed, 1 when something did, 2 for wrong options.
#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

#include "comparison.h"
#include "generator.h"
#include "known.h"
#include "world.h"

namespace everysock::differential {
namespace {

struct Settings {
  std::uint64_t seed = 1;
  std::size_t operations = 100'000;
  std::size_t length = 60;
  std::size_t failures = 3;
  std::string known = EVERYSOCK_DIFFERENTIAL_KNOWN;
};

void print(const Program& program, std::uint64_t seed, const Difference& difference) {
  std::cout << "\nseed " << seed << ", shrunk to " << program.size() << " operations:\n";
  for (const Operation& operation : program) std::cout << "    " << to_string(operation) << "\n";
  std::cout << "  the last gives\n    on posix:  " << difference.on_posix << "\n    in memory: " << difference.in_memory
            << "\n";
}

// Prints the shortest form of a program that differs.
void report(Universe& posix, Universe& memory, KnownDifferences& known, const Program& program, std::uint64_t seed) {
  const Program shortest = shrink(posix, memory, known, program);
  const Comparison again = compare(posix, memory, known, shortest);
  if (again.difference) {
    print(shortest, seed, *again.difference);
  } else {
    std::cout << "\nseed " << seed << ": differed, but not when tried again; the whole program:\n";
    for (const Operation& operation : program) std::cout << "    " << to_string(operation) << "\n";
  }
  std::cout.flush();
}

int run(const Settings& settings) {
  KnownDifferences known;
  std::ifstream text(settings.known);
  if (!text) {
    std::cerr << "everysock_differential: cannot read " << settings.known << "\n";
    return 2;
  }
  if (!known.read(text)) {
    std::cerr << "everysock_differential: " << settings.known << ": not four parts: " << known.mistake() << "\n";
    return 2;
  }
  if (const std::string why = stay_on_one_processor(); !why.empty()) {
    std::cerr << "everysock_differential: " << why << "\n";
    return 2;
  }
  const std::string why = isolate_network();
  if (!why.empty()) std::cout << "no network namespace of its own (" << why << "): other programs' ports are seen\n";

  const auto posix = new_posix_universe();
  const auto memory = new_memory_universe();
  std::size_t compared = 0, programs = 0, failed = 0;
  std::uint64_t seed = settings.seed;
  for (; compared < settings.operations && failed < settings.failures; ++seed, ++programs) {
    const Program program = generate(seed, settings.length);
    const Comparison outcome = compare(*posix, *memory, known, program);
    compared += outcome.compared;
    if (!outcome.difference) continue;
    ++failed;
    std::cout << "\nseed " << seed << ": differs at operation " << outcome.compared << ", "
              << to_string(program[outcome.compared]) << "\n    on posix:  " << outcome.difference->on_posix
              << "\n    in memory: " << outcome.difference->in_memory << std::endl;
    report(*posix, *memory, known, program, seed);
  }
  for (const std::string& line : known.tally()) std::cout << "known, " << line << "\n";
  std::cout << "seeds " << settings.seed << " to " << seed - 1 << ": " << programs << " programs, " << compared
            << " operations alike, " << failed << " programs that differ\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace everysock::differential

int main(int argc, char** argv) {
  everysock::differential::Settings settings;
  CLI::App app("Random programs on posix and in memory must give the same");
  app.add_option("--seed", settings.seed, "Seed of the first program; the next has the next number")
      ->capture_default_str();
  app.add_option("--operations", settings.operations, "Compare at least as many operations")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--length", settings.length, "Operations in a program")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--failures", settings.failures, "End after as many programs that differ")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--known", settings.known, "The list of known differences")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return everysock::differential::run(settings);
}
