#include "framework/runner.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "everysock/socket.h"
#include "everysock/thread.h"
#include "framework/case.h"
#include "framework/tracking_backend.h"

namespace everysock::conformance {
namespace {

using RealClock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr Feature kFeatures[] = {
#define EVERYSOCK_FEATURE(enumerator, text) Feature::enumerator,
#include "everysock/feature.inc"
#undef EVERYSOCK_FEATURE
};

// A case on its own thread. Lives on the heap, so that a case which never ends can be left behind.
struct RunningCase {
  RunningCase(const Case& running, TrackingBackend& backend, const RunOptions& options)
      : tested(running), context(backend, running.id, options.unix_directory, options.seed) {}

  const Case& tested;
  Context context;
  std::mutex mutex;
  std::condition_variable ended_changed;
  bool ended = false;
  Thread thread;

  void run() {
    try {
      tested.body(context);
    } catch (const Failure& failure) {
      context.record(failure);
    } catch (const std::exception& exception) {
      context.record({std::string("exception: ") + exception.what(), std::nullopt});
    }
    const std::lock_guard lock(mutex);
    ended = true;
    ended_changed.notify_all();
  }

  bool wait(Seconds patience) {
    std::unique_lock lock(mutex);
    return ended_changed.wait_for(lock, patience, [this] { return ended; });
  }
};

struct CaseRun {
  std::optional<Failure> failure;
  bool hung = false;
  std::map<std::string, std::string> constants;
};

// The one that runs now, for end_run_early().
RunningCase* current_case = nullptr;

CaseRun run_case(const Case& tested, TrackingBackend& backend, const RunOptions& options) {
  auto running = std::make_unique<RunningCase>(tested, backend, options);
  current_case = running.get();
  bool ended = false;
  bool late = false;
  const auto watch = [&] {
    // It waits for another thread, which a simulated network has to know.
    backend.thread_waits_elsewhere(true);
    ended = running->wait(Seconds(options.case_seconds));
    late = !ended;
    if (late) {
      backend.shut_down_all();
      ended = running->wait(Seconds(3));
    }
    backend.thread_waits_elsewhere(false);
  };
  if (options.on_calling_thread) {
    Thread watcher(backend, watch);
    running->run();
    watcher.join();
    ended = true;
  } else {
    running->thread = Thread(backend, [&running = *running] { running.run(); });
    watch();
  }

  CaseRun run;
  run.failure = running->context.failure();
  if (late) {
    std::string text = "not done after " + std::to_string(static_cast<int>(options.case_seconds)) + " s";
    if (run.failure) text += ", after " + run.failure->text;
    run.failure = Failure{std::move(text), std::nullopt};
  }
  if (!ended) {
    run.hung = true;
    (void)running.release();  // the thread still uses it
    return run;
  }
  running->thread.join();
  run.constants = running->context.constants();
  if (const std::size_t left = backend.open_handles(); left != 0) {
    if (!run.failure) run.failure = Failure{std::to_string(left) + " sockets were left open", std::nullopt};
    backend.close_all();
  }
  (void)setdefaulttimeout(std::nullopt);
  return run;
}

class Run {
 public:
  Run(const RunOptions& options, Backend& backend) : options_(options), backend_(backend), facts_(options.facts) {
    facts_.backend = backend.name();
    current = this;
  }
  ~Run() { current = nullptr; }

  static Run* current;

  void end_early(const Failure& failure) {
    judge_case(failure, current_case->context.constants());
    backend_.close_all();
    report();
  }

  RunStatus operator()() {
    select_cases();
    if (!check_options()) return RunStatus::failed;
    report();
    for (std::size_t i = 0; i < results_.size(); ++i) {
      CaseResult& result = results_[i];
      if (options_.starting) options_.starting(result.tested->id);
      run_one(result);
      if (i + 1 == results_.size() || results_[i + 1].tested->topic() != result.tested->topic()) end_of_topic(i);
    }
    report();
    const Totals sum = totals(results_);
    if (sum.refused != 0) print("of the passed, " + std::to_string(sum.refused) + " were refused as documented");
    print(summary_line(facts_, sum));
    if (hung_) return RunStatus::hung;
    return sum.failed == 0 ? RunStatus::ok : RunStatus::failed;
  }

 private:
  void select_cases() {
    for (const Case& each : all_cases()) {
      if (glob_matches(options_.filter, each.id)) {
        results_.push_back({&each, {Outcome::failed, "did not run: the program ended before"}, 0});
      }
    }
  }

  bool check_options() {
    if (results_.empty()) {
      print("no case matches the filter " + options_.filter);
      return false;
    }
    for (const auto& [id, reason] : options_.expectations) {
      bool known = false;
      for (const Case& each : all_cases()) known = known || each.id == id;
      if (!known) {
        print("the expectations name a case that does not exist: " + id);
        return false;
      }
    }
    for (const std::string& name : options_.required_probes) {
      bool known = name == "all";
      for (const Probe* probe : all_probes()) known = known || probe->name == name;
      if (!known) {
        print("there is no probe " + name);
        return false;
      }
    }
    return true;
  }

  void run_one(CaseResult& result) {
    const Case& tested = *result.tested;
    running_ = &result;
    started_ = RealClock::now();
    const Probe* absent = unclaimed_feature(tested, backend_) ? nullptr : absent_probe(tested);
    if (absent) {
      const bool required = options_.required_probes.contains(absent->name) || options_.required_probes.contains("all");
      result.verdict = {required ? Outcome::failed : Outcome::environment,
                        std::string(absent->absence) + " (probe " + std::string(absent->name) +
                            (required ? ", which is required)" : ")")};
      end_of_case();
    } else {
      const CaseRun run = run_case(tested, backend_, options_);
      hung_ = hung_ || run.hung;
      judge_case(run.failure, run.constants);
    }
  }

  void judge_case(const std::optional<Failure>& failure, const std::map<std::string, std::string>& constants) {
    const Case& tested = *running_->tested;
    std::optional<std::string> expectation;
    if (const auto found = options_.expectations.find(tested.id); found != options_.expectations.end()) {
      expectation = found->second;
    }
    running_->constants = constants;
    running_->verdict = judge(tested, backend_, failure, expectation);
    end_of_case();
  }

  void end_of_case() {
    CaseResult& result = *running_;
    result.ms = std::chrono::duration<double, std::milli>(RealClock::now() - started_).count();
    if (is_bad(result.verdict.outcome)) {
      print(std::string(outcome_name(result.verdict.outcome)) + ": " + result.tested->id + ": " +
            result.verdict.reason);
    }
  }

  const Probe* absent_probe(const Case& tested) {
    for (const Probe* probe : tested.probes) {
      auto [known, asked_now] = present_.try_emplace(probe, false);
      if (asked_now) known->second = probe->present(backend_);
      if (!known->second) return probe;
    }
    return nullptr;
  }

  void end_of_topic(std::size_t last) {
    std::size_t first = last;
    while (first > 0 && results_[first - 1].tested->topic() == results_[last].tested->topic()) --first;
    const std::vector<CaseResult> topic(results_.begin() + static_cast<std::ptrdiff_t>(first),
                                        results_.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    const Totals sum = totals(topic);
    double ms = 0;
    for (const CaseResult& result : topic) ms += result.ms;
    std::string line = "  " + std::string(results_[last].tested->topic());
    line.resize(std::max<std::size_t>(line.size(), 14), ' ');
    line += " " + std::to_string(sum.passed) + " of " + std::to_string(topic.size()) + " passed";
    if (sum.refused != 0) line += ", " + std::to_string(sum.refused) + " of them refused";
    if (sum.failed != 0) line += ", " + std::to_string(sum.failed) + " failed";
    if (sum.skipped != 0) line += ", " + std::to_string(sum.skipped) + " not possible here";
    print(line + ", " + std::to_string(static_cast<int>(ms)) + " ms");
  }

  void report() {
    facts_.features.clear();
    for (Feature feature : kFeatures) facts_.features.emplace_back(feature, backend_.supports(feature));
    if (options_.report) options_.report(report_json(facts_, results_));
  }
  void print(const std::string& line) {
    if (options_.print) options_.print(line);
  }

  const RunOptions& options_;
  TrackingBackend backend_;
  RunFacts facts_;
  std::vector<CaseResult> results_;
  CaseResult* running_ = nullptr;
  RealClock::time_point started_;
  std::map<const Probe*, bool> present_;
  bool hung_ = false;
};

Run* Run::current = nullptr;

}  // namespace

void end_run_early(const Failure& failure) {
  if (Run::current != nullptr && current_case != nullptr) Run::current->end_early(failure);
}

RunStatus run_conformance(const RunOptions& options, Backend& backend) {
  // On the heap, and left there if some thread still uses it.
  auto run = std::make_unique<Run>(options, backend);
  const RunStatus status = (*run)();
  if (status == RunStatus::hung) (void)run.release();
  return status;
}

}  // namespace everysock::conformance
