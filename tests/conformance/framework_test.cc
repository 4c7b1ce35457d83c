// The framework itself: a suite whose cases cannot fail would be worth nothing.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#define DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include <nlohmann/json.hpp>

#include "everysock/backend_wrapper.h"
#include "framework/case.h"
#include "framework/runner.h"
#include "posix_backend.h"

namespace everysock::conformance {
namespace {

// ---- cases whose outcome is known ----

const Probe absent_probe = {"absent", "the host lacks it", [](Backend&) { return false; }};

CONFORMANCE("known/passes", Rows({"method/send", "behaviour/B01"}), Needs{}) { REQUIRE_EQ(1, 1u); }
CONFORMANCE("known/tries_constants", Rows({"constant-group/SO_*"}), Needs{}) {
  t.taken("SO_TYPE");
  t.refused("SO_RTABLE", Error(Operation::getsockopt, Errc::enoprotoopt));
}
CONFORMANCE("known/fails", Rows({"method/send"}), Needs{}) { REQUIRE_EQ(std::string("a\n"), "b"); }
CONFORMANCE("known/fails_with_an_error", Rows({"method/bind"}), Needs{}) {
  Socket s = t.open(udp4);
  REQUIRE_OK(s.bind({"192.0.2.1", 0}));
}
CONFORMANCE("known/succeeds_unduly", Rows({"method/bind"}), Needs{}) {
  Socket s = t.open(udp4);
  REQUIRE_ERROR(s.bind({"127.0.0.1", 0}), Errc::eaddrinuse);
}
CONFORMANCE("known/leaves_a_socket", Rows({"method/close"}), Needs{}) {
  Socket s = t.open(udp4);
  (void)s.detach();
}
CONFORMANCE("known/hangs", Rows({"method/recv"}), Needs{}) {
  Socket s = t.bound(udp4);
  (void)s.recv(1);
}
CONFORMANCE("known/fails_in_a_thread", Rows({"method/recv"}), Needs{}) {
  Connection c = t.connected(unix_pair);
  Worker worker = t.spawn([&] { REQUIRE(false); });
  (void)c.client.recv(1);  // woken by the failure, which is what counts
}
CONFORMANCE("known/fails_beside_a_thread", Rows({"method/recv"}), Needs{}) {
  Connection c = t.connected(unix_pair);
  Worker worker = t.spawn([&] { (void)c.client.recv(1); });
  REQUIRE(false);
}
CONFORMANCE("known/throws", Rows({"method/recv"}), Needs{}) { throw std::runtime_error("surprise"); }
CONFORMANCE("known/refused", Rows({"method/send"}), Needs{Feature::msg_oob}) {
  Connection c = t.connected(unix_pair);
  REQUIRE_OK(c.client.send("x", msg_oob));
}
CONFORMANCE("known/refused_otherwise", Rows({"method/send"}), Needs{Feature::msg_oob}) { REQUIRE(false); }
CONFORMANCE("known/not_claimed_yet_passes", Rows({"method/send"}), Needs{Feature::msg_oob}) {}
CONFORMANCE("known/without_a_quality", Rows({"method/listen"}), Needs{Feature::backlog}) { REQUIRE(false); }
CONFORMANCE("known/not_here", Rows({"method/send"}), Needs{Feature::inet_stream, &absent_probe}) { REQUIRE(false); }
CONFORMANCE_OVER(udp_kinds, "known/over_kinds", Rows({"method/send"}), Needs{}) { REQUIRE_EQ(kind.type, sock_dgram); }

// Does not claim two features and refuses one of them.
class LimitedBackend : public BackendWrapper {
 public:
  using BackendWrapper::BackendWrapper;
  std::string_view name() const override { return "limited"; }
  Support supports(Feature feature) const override {
    if (feature == Feature::msg_oob || feature == Feature::backlog) return {SupportLevel::unsupported, "not here"};
    return inner().supports(feature);
  }
  Result<std::size_t> send(Handle handle, const SendRequest& request) override {
    if (request.flags.has(msg_oob)) return fail(Operation::send, Errc::eopnotsupp);
    return inner().send(handle, request);
  }
};

struct FrameworkRun {
  RunStatus status;
  std::vector<std::string> lines;
  nlohmann::json first_report;
  nlohmann::json report;

  std::string outcome(std::string_view id) const { return at(id)["outcome"]; }
  std::string reason(std::string_view id) const { return at(id)["reason"]; }
  const nlohmann::json& at(std::string_view id) const {
    for (const auto& each : report["cases"]) {
      if (each["id"] == id) return each;
    }
    throw std::runtime_error("no case " + std::string(id));
  }
};

FrameworkRun run(std::string filter, std::string_view expectations = "",
                 std::set<std::string, std::less<>> required = {}, bool on_calling_thread = false) {
  const auto posix = new_posix_backend();
  LimitedBackend backend(*posix);
  FrameworkRun run;
  RunOptions options;
  options.facts = {"test", "", "os", "kernel", "commit"};
  options.filter = std::move(filter);
  options.expectations = parse_expectations(expectations).expectations;
  options.required_probes = std::move(required);
  options.case_seconds = 0.3;
  options.on_calling_thread = on_calling_thread;
  options.print = [&](std::string_view line) { run.lines.emplace_back(line); };
  options.report = [&](const std::string& json) {
    run.report = nlohmann::json::parse(json);
    if (run.first_report.is_null()) run.first_report = run.report;
  };
  run.status = run_conformance(options, backend);
  return run;
}

DOCTEST_TEST_CASE("outcomes on the calling thread are the same, and a case that hangs is ended") {
  const FrameworkRun usual = run("*");
  const FrameworkRun here = run("*", "", {}, true);
  DOCTEST_CHECK(here.status == RunStatus::failed);
  DOCTEST_CHECK(here.reason("known/hangs").starts_with("not done after"));
  DOCTEST_REQUIRE(here.report["cases"].size() == usual.report["cases"].size());
  for (const auto& each : usual.report["cases"]) {
    DOCTEST_CHECK(here.outcome(each["id"].get<std::string>()) == each["outcome"]);
  }
}

DOCTEST_TEST_CASE("outcomes") {
  const FrameworkRun all = run("*");
  DOCTEST_CHECK(all.status == RunStatus::failed);
  DOCTEST_CHECK(all.outcome("known/passes") == "passed");
  DOCTEST_CHECK(all.reason("known/passes") == "");
  DOCTEST_CHECK(all.outcome("known/fails") == "failed");
  DOCTEST_CHECK(all.reason("known/fails").find("\"a\\x0a\" against \"b\"") != std::string::npos);
  DOCTEST_CHECK(all.reason("known/fails").starts_with("framework_test.cc:"));
  DOCTEST_CHECK(all.outcome("known/fails_with_an_error") == "failed");
  DOCTEST_CHECK(all.reason("known/fails_with_an_error").find("EADDRNOTAVAIL") != std::string::npos);
  DOCTEST_CHECK(all.outcome("known/succeeds_unduly") == "failed");
  DOCTEST_CHECK(all.reason("known/leaves_a_socket") == "1 sockets were left open");
  DOCTEST_CHECK(all.reason("known/hangs").starts_with("not done after"));
  DOCTEST_CHECK(all.reason("known/fails_in_a_thread").find("false is false") != std::string::npos);
  DOCTEST_CHECK(all.reason("known/fails_beside_a_thread").find("false is false") != std::string::npos);
  DOCTEST_CHECK(all.reason("known/throws") == "exception: surprise");
  DOCTEST_CHECK(all.outcome("known/over_kinds@udp4") == "passed");
  DOCTEST_CHECK(all.outcome("known/over_kinds@udp6") == "passed");
  DOCTEST_CHECK(all.lines.back() == "conformance/test: 6 passed, 10 failed, 1 skipped");
}

DOCTEST_TEST_CASE("what is not claimed must be refused as documented") {
  const FrameworkRun all = run("known/*refused*,known/not_claimed*,known/without*");
  DOCTEST_CHECK(all.outcome("known/refused") == "refused");
  DOCTEST_CHECK(all.reason("known/refused") == "Out-of-band data (MSG_OOB): not here");
  DOCTEST_CHECK(all.outcome("known/refused_otherwise") == "failed");
  DOCTEST_CHECK(all.outcome("known/not_claimed_yet_passes") == "unexpected-pass");
  DOCTEST_CHECK(all.outcome("known/without_a_quality") == "refused");
  DOCTEST_CHECK(all.status == RunStatus::failed);
}

DOCTEST_TEST_CASE("expectations") {
  const FrameworkRun good = run("known/fails", "known/fails   a known defect\n");
  DOCTEST_CHECK(good.outcome("known/fails") == "expected-failure");
  DOCTEST_CHECK(good.reason("known/fails").starts_with("a known defect ("));
  DOCTEST_CHECK(good.status == RunStatus::ok);
  const FrameworkRun fixed = run("known/passes", "known/passes a defect no more\n");
  DOCTEST_CHECK(fixed.outcome("known/passes") == "unexpected-pass");
  DOCTEST_CHECK(fixed.status == RunStatus::failed);
  DOCTEST_CHECK(run("known/passes", "known/nonesuch gone\n").status == RunStatus::failed);
}

DOCTEST_TEST_CASE("the environment") {
  const FrameworkRun lacking = run("known/not_here");
  DOCTEST_CHECK(lacking.outcome("known/not_here") == "environment");
  DOCTEST_CHECK(lacking.status == RunStatus::ok);
  const FrameworkRun required = run("known/not_here", "", {"all"});
  DOCTEST_CHECK(required.outcome("known/not_here") == "failed");
  DOCTEST_CHECK(required.status == RunStatus::failed);
  DOCTEST_CHECK(run("known/not_here", "", {"nonesuch"}).status == RunStatus::failed);
}

DOCTEST_TEST_CASE("the report") {
  const FrameworkRun one = run("known/passes");
  DOCTEST_CHECK(one.report["suite"] == "test");
  DOCTEST_CHECK(one.report["backend"] == "limited");
  DOCTEST_CHECK(one.report["kernel"] == "kernel");
  DOCTEST_CHECK(one.report["cases"].size() == 1);
  DOCTEST_CHECK(one.report["cases"][0]["rows"] == nlohmann::json{"method/send", "behaviour/B01"});
  DOCTEST_CHECK(one.report["cases"][0]["ms"].is_number());
  DOCTEST_CHECK(!one.report["cases"][0].contains("constants"));
  DOCTEST_CHECK(one.report["features"]["msg_oob"] == nlohmann::json{{"text", "Out-of-band data (MSG_OOB)"},
                                                                    {"level", "unsupported"},
                                                                    {"reason", "not here"}});
  DOCTEST_CHECK(one.report["features"]["inet_stream"]["level"] == "native");
  DOCTEST_CHECK(run("known/tries_constants").report["cases"][0]["constants"] ==
                nlohmann::json{{"SO_TYPE", ""}, {"SO_RTABLE", "getsockopt: Protocol not available [ENOPROTOOPT]"}});
  // Before anything ran, the report said so: that is what a crash leaves.
  DOCTEST_CHECK(one.first_report["cases"][0]["outcome"] == "failed");
  DOCTEST_CHECK(one.lines.back() == "conformance/test: 1 passed, 0 failed, 0 skipped");
  DOCTEST_CHECK(run("nonesuch").status == RunStatus::failed);
}

DOCTEST_TEST_CASE("expectation files") {
  DOCTEST_CHECK(parse_expectations("# all is well\n\n").expectations.empty());
  const ParsedExpectations two = parse_expectations("a/b \t because\r\n  c/d of reasons");
  DOCTEST_CHECK(two.error == "");
  DOCTEST_CHECK(two.expectations.at("a/b") == "because");
  DOCTEST_CHECK(two.expectations.at("c/d") == "of reasons");
  DOCTEST_CHECK(parse_expectations("\na/b\n").error == "line 2: an id and a reason are needed");
  DOCTEST_CHECK(parse_expectations("a/b x\na/b y").error == "line 2: a/b stands there twice");
}

DOCTEST_TEST_CASE("globs") {
  DOCTEST_CHECK(glob_matches("*", ""));
  DOCTEST_CHECK(glob_matches("stream/*@tcp?", "stream/echo@tcp4"));
  DOCTEST_CHECK(!glob_matches("stream/*@tcp?", "stream/echo@udp4"));
  DOCTEST_CHECK(!glob_matches("stream", "stream/echo"));
  DOCTEST_CHECK(glob_matches("a,b*,c", "bee"));
  DOCTEST_CHECK(!glob_matches("a,b,c", "d"));
  DOCTEST_CHECK(glob_matches("*,!b*", "ant"));
  DOCTEST_CHECK(!glob_matches("*,!b*", "bee"));
  DOCTEST_CHECK(glob_matches("*,!b*,bee", "bee"));
  DOCTEST_CHECK(!glob_matches("!b", "a"));
}

}  // namespace
}  // namespace everysock::conformance
