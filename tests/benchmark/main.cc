// everysock_benchmark: what the library costs beside the system calls it makes. docs/performance.md explains it.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "backends/websocket/websocket_backend.h"
#include "tests/benchmark/cases/catalogue.h"
#include "tests/benchmark/harness/call_count.h"
#include "tests/benchmark/harness/machine.h"
#include "tests/benchmark/harness/measure.h"
#include "tests/benchmark/harness/report.h"
#include "tests/benchmark/harness/system.h"
#include "tests/benchmark/targets/machine_target.h"
#include "tests/benchmark/targets/memory_target.h"

namespace everysock::benchmark {
namespace {

constexpr std::size_t kCountedOperations = 200;

struct Options {
  std::vector<std::string> cases;
  std::string row;
  std::string proxy_url;
  std::string out;
  Plan plan;
  bool count_only = false;
  std::size_t operations = 0;
};

bool wanted(const Options& options, const Case& benchmark_case) {
  return options.cases.empty() ||
         std::find(options.cases.begin(), options.cases.end(), benchmark_case.id) != options.cases.end();
}

// For a profiler: one row of one case, nothing else.
int run_one(const Case& benchmark_case, const std::string& name, std::size_t operations) {
  for (const Row& row : benchmark_case.rows) {
    if (row.name != name) continue;
    row.make()->run(operations);
    return 0;
  }
  give_up(name.c_str(), "no such row");
}

int report(const std::vector<Case>& cases, const Options& options) {
  nlohmann::ordered_json result{
      {"suite", "benchmark"}, {"machine", machine_facts()}, {"cases", nlohmann::json::array()}};
  const std::string not_counted = result["machine"].value("not_counted", "");
  if (!not_counted.empty()) std::printf("not counted %s\n", not_counted.c_str());
  std::vector<std::vector<RowResult>> results(cases.size());
  // First what forks, then what may start threads.
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (const Row& row : cases[i].rows) {
      results[i].emplace_back().counts =
          cases[i].frugal_rows.empty() ? std::nullopt : count_calls(row, kCountedOperations);
    }
  }
  bool good = true;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].timed && !options.count_only) {
      const auto samples = measure(cases[i], options.plan);
      for (std::size_t row = 0; row < samples.size(); ++row) results[i][row].samples = samples[row];
    }
    const auto entry = to_json(cases[i], results[i]);
    print(entry);
    good = all_met(entry) && good;
    result["cases"].push_back(entry);
  }
  if (!options.out.empty()) std::ofstream(options.out) << result.dump(2) << "\n";
  return good ? 0 : 1;
}

int run(const Options& options) {
  prepare_process();
  run_as_client();
  const Peers& peers = *new Peers;  // for good: they may be threads of this process
  MachineTarget native(kNativeRow, peers, new_native_backend);
  MemoryTarget memory;
  MachineTarget websocket("websocket", peers, [&] { return new_websocket_backend({.url = options.proxy_url}); });
  std::vector<Target*> targets{&native, &memory};
  if (!options.proxy_url.empty()) targets.push_back(&websocket);
  std::vector<Case> cases = all_cases(peers, targets);
  std::erase_if(cases, [&](const Case& each) { return !wanted(options, each); });
  if (!kTimeIsBound) {
    for (Case& each : cases) each.bounds.clear();
  }
  if (cases.empty()) give_up("--case", "no such case");
  if (!options.row.empty()) return run_one(cases.front(), options.row, options.operations);
  return report(cases, options);
}

}  // namespace
}  // namespace everysock::benchmark

int main(int argc, char** argv) {
  everysock::benchmark::Options options;
  CLI::App app("Times everysock against the bare system calls. Exits with 1 where a bound is missed.");
  app.add_option("--case", options.cases, "only these (may be repeated)");
  app.add_option("--rounds", options.plan.rounds, "rounds in which every row gets its turn")->capture_default_str();
  app.add_option("--seed", options.plan.seed, "of the order of turns")->capture_default_str();
  app.add_option("--out", options.out, "write the figures there, as JSON");
  app.add_flag("--count-only", options.count_only, "system calls and allocations alone, no timing");
  app.add_option("--proxy-url", options.proxy_url, "an everysock-proxy, for the row websocket");
  auto* row = app.add_option("--row", options.row, "for a profiler: run this row of the case, measure nothing");
  app.add_option("--operations", options.operations, "how often, with --row")->needs(row);
  CLI11_PARSE(app, argc, argv);
  return everysock::benchmark::run(options);
}
