// The cases: one file each.
#ifndef EVERYSOCK_TESTS_BENCHMARK_CASES_CATALOGUE_H_
#define EVERYSOCK_TESTS_BENCHMARK_CASES_CATALOGUE_H_

#include <cstddef>
#include <span>
#include <vector>

#include "tests/benchmark/harness/system.h"
#include "tests/benchmark/harness/workload.h"
#include "tests/benchmark/peer/peers.h"
#include "tests/benchmark/targets/target.h"

namespace everysock::benchmark {

using Targets = std::span<Target* const>;

// What they are given must outlive the cases.
std::vector<Case> all_cases(const Peers& peers, Targets targets);

Case would_block(const Peers& peers, Targets targets);
Case request_response(const Peers& peers, Targets targets, std::size_t size);
Case request_response_with_timeout(const Peers& peers, Targets targets);
Case late_response_with_timeout(const Peers& peers, Targets targets);
Case stream_out(const Peers& peers, Targets targets);
Case stream_in(const Peers& peers, Targets targets);
Case connect_close(const Peers& peers, Targets targets);
Case datagram(const Peers& peers, Targets targets);
// Starts the servers at once, in processes of their own.
Case echo_server(Targets targets, std::size_t connections);

// The rows of a case: the bare system calls twice, then every target.
template <typename MakeRaw, typename MakeLibrary>
std::vector<Row> rows_of(MakeRaw raw, Targets targets, MakeLibrary library) {
  std::vector<Row> rows{{"raw", raw}, {"raw again", raw}};
  for (Target* target : targets) rows.push_back({target->row(), [=] { return library(*target); }});
  return rows;
}

}  // namespace everysock::benchmark

#endif  // EVERYSOCK_TESTS_BENCHMARK_CASES_CATALOGUE_H_
