// The machine that the figures are of.
#ifndef EVERYSOCK_TESTS_BENCHMARK_HARNESS_MACHINE_H_
#define EVERYSOCK_TESTS_BENCHMARK_HARNESS_MACHINE_H_

#include <nlohmann/json.hpp>

namespace everysock::benchmark {

// The two ends of every measurement run on processors of their own, where there are two.
void run_as_client();
void run_as_peer();

// Processor, kernel, compiler, load: for the report.
nlohmann::ordered_json machine_facts();

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_HARNESS_MACHINE_H_
