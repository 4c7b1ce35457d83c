// everysock_conformance: runs the suite natively against one backend.
//
//   everysock_conformance --suite posix --backend posix --out build/report/posix.json
//
// Ends with 0 when all is as it should be, 1 when a case failed or passed unexpectedly, 2 for wrong options.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "factory.h"
#include "framework/case.h"
#include "framework/runner.h"
#include "host.h"

namespace everysock::conformance {
namespace {

constexpr int wrong_options = 2;

int complain(const std::string& text) {
  std::cerr << "everysock_conformance: " << text << "\n";
  return wrong_options;
}

// A directory of its own, removed at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::random_device random;
    do {
      path_ = std::filesystem::temp_directory_path() / ("es-" + std::to_string(random() % 100000000));
    } while (!std::filesystem::create_directory(path_));
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  std::string str() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// The case at hand, for the message of a crash. The report written at the start already says "did not run" of all.
volatile const char* running_case = "none";

extern "C" void on_crash(int signal) {
  std::fprintf(stderr, "everysock_conformance: signal %d in case %s\n", signal, const_cast<const char*>(running_case));
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void name_the_case_of_a_crash() {
  for (int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL}) {
    // A sanitizer's own handler says more.
    const auto before = std::signal(signal, on_crash);
    if (before != SIG_DFL) std::signal(signal, before);
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void list_cases(const std::string& filter) {
  for (const Case& each : all_cases()) {
    if (!glob_matches(filter, each.id)) continue;
    std::vector<std::string> needs;
    for (Feature feature : each.features) needs.emplace_back(feature_name(feature));
    for (const Probe* probe : each.probes) needs.push_back("probe:" + std::string(probe->name));
    std::cout << each.id << "\t" << joined(each.rows) << "\t" << joined(needs) << "\n";
  }
}

bool write_file(const std::string& path, const std::string& text) {
  std::error_code ignored;
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, ignored);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  return static_cast<bool>(file.flush());
}

int run(int argc, char** argv) {
  RunOptions options;
  options.facts.os = host_os();
  options.facts.kernel = host_kernel();
  FactoryOptions factory_options;
  std::string backend_name = "posix";
  std::string out;
  std::string expectations;
  std::vector<std::string> required;
  bool list = false;

  CLI::App app{"Runs everysock's conformance suite against one backend."};
  app.add_option("--backend", backend_name, "posix, winsock, memory, websocket: as far as they are built")
      ->capture_default_str();
  app.add_option("--suite", options.facts.suite, "name of the report (default: the backend's)");
  app.add_option("--out", out, "write the report (JSON) to this file");
  app.add_option("--filter", options.filter, "cases to run: a glob, several with commas; !GLOB takes out")
      ->capture_default_str();
  app.add_flag("--list", list, "print id, rows and needs of the cases, and run none");
  app.add_option("--expectations", expectations, "file of cases that are expected to fail, each with a reason");
  app.add_option("--require", required, "probes that must succeed (or: all), with commas")->delimiter(',');
  app.add_option("--seed", options.seed, "for the data of the cases and the simulated network")->capture_default_str();
  app.add_option("--case-timeout", options.case_seconds, "seconds after which a case has failed")
      ->capture_default_str();
  app.add_flag("--on-main-thread", options.on_calling_thread, "run the cases on the main thread");
  app.add_option("--unix-dir", options.unix_directory, "directory of AF_UNIX names (default: as the backend needs)");
  app.add_option("--proxy-url", factory_options.proxy_url, "websocket: the proxy, ws://host:port/path");
  app.add_option("--token", factory_options.token, "websocket: the proxy's token");
  app.add_option("--commit", options.facts.commit, "commit for the report (default: asked of git)");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : wrong_options;
  }

  if (list) {
    list_cases(options.filter);
    return 0;
  }
  const auto factory = backend_factories().find(backend_name);
  if (factory == backend_factories().end()) return complain("no backend " + backend_name + " in this build");
  if (options.facts.suite.empty()) options.facts.suite = backend_name;
  if (options.facts.commit.empty()) options.facts.commit = commit_of(EVERYSOCK_SOURCE_DIR);
  options.required_probes.insert(required.begin(), required.end());
  if (!expectations.empty()) {
    std::ifstream file(expectations);
    if (!file) return complain("cannot read " + expectations);
    std::ostringstream text;
    text << file.rdbuf();
    ParsedExpectations parsed = parse_expectations(text.str());
    if (!parsed.error.empty()) return complain(expectations + ", " + parsed.error);
    options.expectations = std::move(parsed.expectations);
  }

  std::optional<TemporaryDirectory> directory;
  if (options.unix_directory.empty() && factory->second.paths_are_files) {
    options.unix_directory = directory.emplace().str();
  }

  factory_options.seed = options.seed;
  std::string error;
  std::unique_ptr<Backend> backend = factory->second.make(factory_options, error);
  if (!backend) return complain(backend_name + ": " + error);

  bool written = true;
  options.print = [](std::string_view line) { std::cout << line << std::endl; };
  options.starting = [](std::string_view id) { running_case = id.data(); };
  options.report = [&](const std::string& json) { written = out.empty() || write_file(out, json); };
  name_the_case_of_a_crash();

  const RunStatus status = run_conformance(options, *backend);
  if (!written) return complain("cannot write " + out);
  if (status == RunStatus::hung) {
    directory.reset();
    std::_Exit(static_cast<int>(RunStatus::failed));  // a thread still uses the backend
  }
  return static_cast<int>(status);
}

}  // namespace
}  // namespace everysock::conformance

int main(int argc, char** argv) { return everysock::conformance::run(argc, argv); }
