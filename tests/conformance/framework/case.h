// How a case is registered. A case is written once, never names a backend and never branches on one; it says what it
// needs, and the runner holds that against what the backend claims (Backend::supports) and what the host has (probes).
//
//   CONFORMANCE("options/nodelay", Rows{"method/setsockopt"}, Needs{Feature::inet_stream, Feature::tcp_options}) {
//     Socket s = t.open(tcp4);
//     ...
//   }
//
// CONFORMANCE_OVER makes one case for each of several kinds of sockets (kinds.h); the kind's name ends the id
// ("stream/echo@tcp6"), what the kind needs is added, and the body sees it as `kind`.
//
// The id is topic/name; rows are rows of the specification (kind/name, behaviours and examples by their number:
// "method/send", "behaviour/B10", "example/E15").
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CASE_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CASE_H_

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "everysock/feature.h"
#include "framework/check.h"
#include "framework/context.h"
#include "framework/kinds.h"
#include "framework/probe.h"

namespace everysock::conformance {

using Rows = std::initializer_list<std::string_view>;

struct Case {
  std::string id;
  std::vector<std::string> rows;
  std::vector<Feature> features;
  std::vector<const Probe*> probes;
  std::function<void(Context&)> body;

  std::string_view topic() const { return std::string_view(id).substr(0, id.find('/')); }
};

// Every registered case, ordered by id. Ids are unique: a second use of one ends the program.
const std::vector<Case>& all_cases();

class Registration {
 public:
  Registration(std::string_view id, Rows rows, const Needs& needs, void (*body)(Context&));
  Registration(std::span<const Kind* const> kinds, std::string_view id, Rows rows, const Needs& needs,
               void (*body)(Context&, const Kind&));
};

}  // namespace everysock::conformance

#define EVERYSOCK_JOIN_(a, b) a##b
#define EVERYSOCK_JOIN(a, b) EVERYSOCK_JOIN_(a, b)

#define EVERYSOCK_CASE(name, ...)                                                                             \
  static void name(::everysock::conformance::Context&);                                                       \
  static const ::everysock::conformance::Registration EVERYSOCK_JOIN(name, _registration)(__VA_ARGS__, name); \
  static void name([[maybe_unused]] ::everysock::conformance::Context& t)
#define CONFORMANCE(...) EVERYSOCK_CASE(EVERYSOCK_JOIN(case_, __LINE__), __VA_ARGS__)

#define EVERYSOCK_CASE_OVER(name, ...)                                                                        \
  static void name(::everysock::conformance::Context&, const ::everysock::conformance::Kind&);                \
  static const ::everysock::conformance::Registration EVERYSOCK_JOIN(name, _registration)(__VA_ARGS__, name); \
  static void name([[maybe_unused]] ::everysock::conformance::Context& t,                                     \
                   [[maybe_unused]] const ::everysock::conformance::Kind& kind)
#define CONFORMANCE_OVER(...) EVERYSOCK_CASE_OVER(EVERYSOCK_JOIN(case_, __LINE__), __VA_ARGS__)

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CASE_H_
