// The conformance suite as a WASI component. An assertion that fails ends the program here (throw.cc), so that
// conformance.mjs has each case run in an instance of its own.
//
//   conformance --list                              the ids, one a line
//   conformance --facts                             the report's head: everything but the cases
//   conformance ID [--expect REASON] [--require PROBE[,PROBE...]]
//                                                   the case's line of the report
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "everysock/default_backend.h"
#include "framework/case.h"
#include "framework/runner.h"

namespace everysock::conformance {
namespace {

constexpr std::string_view kCases = "\"cases\":[";

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

std::string argument(int argc, char** argv, std::string_view name) {
  for (int i = 1; i + 1 < argc; ++i) {
    if (argv[i] == name) return argv[i + 1];
  }
  return "";
}

int run(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string_view what = argv[1];
  if (what == "--list") {
    for (const Case& each : all_cases()) print(each.id);
    return 0;
  }
  RunOptions options;
  options.facts.suite = "wasi";
  options.facts.os = "wasi";
  options.facts.kernel = "wasi 0.2 (jco)";
  options.print = [](std::string_view) {};
  if (what == "--facts") {
    options.filter = all_cases().front().id;
    options.report = [](const std::string& json) { print(std::string_view(json).substr(0, json.find(kCases))); };
  } else {
    options.filter = what;
    if (const std::string reason = argument(argc, argv, "--expect"); !reason.empty()) {
      options.expectations.emplace(what, reason);
    }
    std::string probes = argument(argc, argv, "--require") + ",";
    for (std::size_t end; (end = probes.find(',')) != probes.npos; probes.erase(0, end + 1)) {
      if (end != 0) options.required_probes.insert(probes.substr(0, end));
    }
    options.report = [](const std::string& json) {
      const std::size_t begin = json.find(kCases) + kCases.size() + 1;
      print(std::string_view(json).substr(begin, json.rfind("\n]") - begin));
    };
  }
  return static_cast<int>(run_conformance(options, default_backend()));
}

}  // namespace
}  // namespace everysock::conformance

int main(int argc, char** argv) { return everysock::conformance::run(argc, argv); }
