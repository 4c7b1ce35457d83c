#include "tests/benchmark/harness/measure.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <random>

#include "tests/benchmark/harness/system.h"

namespace everysock::benchmark {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) { return std::chrono::duration<double, std::nano>(Clock::now() - start).count(); }

double time_of(const Row& row, std::size_t operations) {
  const auto workload = row.make();
  const auto start = Clock::now();
  workload->run(operations);
  return since(start);
}

// How many operations take a turn's time: doubles until it can be told.
std::size_t operations_in(const Row& row, double turn) {
  for (std::size_t operations = 1;; operations *= 2) {
    const double took = time_of(row, operations);
    if (took < turn / 4) continue;
    return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(operations) * turn / took));
  }
}

// Every row does what the first one does in a turn's time; one that would take several times as long does less.
std::vector<std::size_t> operations_per_turn(const std::vector<Row>& rows, double turn) {
  const std::size_t most = operations_in(rows.front(), turn);
  std::vector<std::size_t> result;
  for (const Row& row : rows) {
    const std::size_t tried = std::max<std::size_t>(1, most / 10);
    const bool slow = time_of(row, tried) > turn;
    result.push_back(slow ? std::min(most, operations_in(row, turn)) : most);
  }
  return result;
}

void take_turn(const Row& row, Samples& samples) {
  const auto workload = row.make();
  workload->run(std::max<std::size_t>(1, samples.operations / 10));  // caches, congestion windows
  const double cpu = workload->cpu_nanoseconds();
  const auto start = Clock::now();
  workload->run(samples.operations);
  const auto operations = static_cast<double>(samples.operations);
  samples.time.push_back(since(start) / operations);
  samples.cpu.push_back((workload->cpu_nanoseconds() - cpu) / operations);
}

}  // namespace

double Workload::cpu_nanoseconds() const { return own_cpu_nanoseconds(); }

std::vector<Samples> measure(const Case& benchmark_case, const Plan& plan) {
  std::vector<Samples> samples;
  for (const std::size_t operations : operations_per_turn(benchmark_case.rows, benchmark_case.turn_seconds * 1e9)) {
    samples.push_back({.operations = operations, .time = {}, .cpu = {}});
  }
  std::vector<std::size_t> order(samples.size());
  std::iota(order.begin(), order.end(), 0);
  std::mt19937 random(plan.seed);
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t i : order) take_turn(benchmark_case.rows[i], samples[i]);
  }
  return samples;
}

}  // namespace everysock::benchmark
