// The assertions of a case. Each ends the case where it does not hold, by throwing a Failure, which keeps the library's
// Error where there was one: from it the runner tells a documented refusal from a defect.
//
//   Socket s = REQUIRE_OK(socket(af_inet, sock_stream, {}, t.backend()));
//   REQUIRE_ERROR(s.getpeername(), Errc::enotconn);
//   REQUIRE_EQ(s.type(), sock_stream);
//
// They may be used on every thread that t.spawn() has started.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CHECK_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CHECK_H_

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "everysock/address.h"
#include "everysock/backend.h"
#include "everysock/constants.h"
#include "everysock/error.h"

namespace everysock::conformance {

struct Location {
  const char* file;
  int line;
};

// Why a case did not hold.
struct Failure {
  std::string text;            // "stream_cases.cc:20: s.recv(5): recv: timed out"
  std::optional<Error> error;  // what the library said, where the assertion was about a Result
};

// Throws the Failure.
[[noreturn]] void fail_case(Location at, std::string_view text, std::optional<Error> error = std::nullopt);

// ---- values as a person reads them ----
std::string show(std::string_view text);  // quoted, escaped, and cut when long
std::string show(bool value);
std::string show(double value);
std::string show(const Address& address);
std::string show(const Host& host);
std::string show(Errc code);
std::string show(GaiErrc code);
std::string show(HostErrc code);
std::string show(UsageErrc code);
std::string show(Operation operation);
std::string show(Interest interest);
inline std::string show(const std::string& text) { return show(std::string_view(text)); }
inline std::string show(const char* text) { return show(std::string_view(text)); }
inline std::string show(const BdAddr& address) { return address.str(); }
template <typename T>
requires std::integral<T> std::string show(T value) { return std::to_string(value); }
template <typename T>
std::string show(const std::optional<T>& value) {
  return value ? show(*value) : "nothing";
}
inline std::string show(std::nullopt_t) { return "nothing"; }
template <typename T>
requires requires(const T& constant) {
  { constant.value() } -> std::same_as<std::uint32_t>;
}
std::string show(const T& constant) { return "constant " + std::to_string(constant.value()); }
template <std::size_t N>
std::string show(const InlineText<N>& text) {
  return show(text.view());
}

// ---- behind the macros ----
template <typename R>
auto require_ok(R&& result, const char* expression, Location at) -> typename std::remove_cvref_t<R>::value_type {
  if (!result) fail_case(at, std::string(expression) + ": " + result.error().message(), result.error());
  if constexpr (!std::is_void_v<typename std::remove_cvref_t<R>::value_type>) return *std::forward<R>(result);
}

// (A reference into the result, good for `const Error error = REQUIRE_ERROR(...)`.)
template <typename R, typename Code>
const Error& require_error(const R& result, Code code, const char* expression, Location at) {
  if (result) fail_case(at, std::string(expression) + " succeeded, expected " + show(code));
  if (!(result.error() == code)) {
    fail_case(at, std::string(expression) + ": " + result.error().message() + ", expected " + show(code),
              result.error());
  }
  return result.error();
}

template <typename R>
const Error& require_timeout(const R& result, const char* expression, Location at) {
  if (result) fail_case(at, std::string(expression) + " succeeded, expected a time-out");
  if (!result.error().is_timeout()) {
    fail_case(at, std::string(expression) + ": " + result.error().message() + ", expected a time-out", result.error());
  }
  return result.error();
}

// Numbers compare as numbers, whatever their signs.
template <typename T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;
enum class Relation { equal, not_equal, less, less_equal, greater_equal };

template <Relation relation, typename A, typename B>
bool holds(const A& a, const B& b) {
  if constexpr (Number<A> && Number<B>) {
    if constexpr (relation == Relation::equal) return std::cmp_equal(a, b);
    if constexpr (relation == Relation::not_equal) return std::cmp_not_equal(a, b);
    if constexpr (relation == Relation::less) return std::cmp_less(a, b);
    if constexpr (relation == Relation::less_equal) return std::cmp_less_equal(a, b);
    if constexpr (relation == Relation::greater_equal) return std::cmp_greater_equal(a, b);
  } else {
    if constexpr (relation == Relation::equal) return a == b;
    if constexpr (relation == Relation::not_equal) return a != b;
    if constexpr (relation == Relation::less) return a < b;
    if constexpr (relation == Relation::less_equal) return a <= b;
    if constexpr (relation == Relation::greater_equal) return a >= b;
  }
}

template <Relation relation, typename A, typename B>
void require_relation(const A& a, const B& b, const char* expression, Location at) {
  if (!holds<relation>(a, b)) fail_case(at, std::string(expression) + ": " + show(a) + " against " + show(b));
}

}  // namespace everysock::conformance

#define EVERYSOCK_HERE (::everysock::conformance::Location{__FILE__, __LINE__})

#define REQUIRE(condition)                                                                         \
  do {                                                                                             \
    if (!(condition)) ::everysock::conformance::fail_case(EVERYSOCK_HERE, #condition " is false"); \
  } while (false)

// Each turns its arguments into text itself: a macro below it would print what they expand to.
#define EVERYSOCK_REQUIRE_RELATION(a, b, relation, text)                                                   \
  ::everysock::conformance::require_relation<::everysock::conformance::Relation::relation>((a), (b), text, \
                                                                                           EVERYSOCK_HERE)
#define REQUIRE_EQ(a, b) EVERYSOCK_REQUIRE_RELATION(a, b, equal, #a " == " #b)
#define REQUIRE_NE(a, b) EVERYSOCK_REQUIRE_RELATION(a, b, not_equal, #a " != " #b)
#define REQUIRE_LT(a, b) EVERYSOCK_REQUIRE_RELATION(a, b, less, #a " < " #b)
#define REQUIRE_LE(a, b) EVERYSOCK_REQUIRE_RELATION(a, b, less_equal, #a " <= " #b)
#define REQUIRE_GE(a, b) EVERYSOCK_REQUIRE_RELATION(a, b, greater_equal, #a " >= " #b)

// The value of a Result that must hold one.
#define REQUIRE_OK(result) ::everysock::conformance::require_ok((result), #result, EVERYSOCK_HERE)
// The Error of a Result that must hold this one: an Errc, GaiErrc, HostErrc or UsageErrc.
#define REQUIRE_ERROR(result, code) ::everysock::conformance::require_error((result), (code), #result, EVERYSOCK_HERE)
// The Error of a Result that must hold the socket's own time-out.
#define REQUIRE_TIMEOUT(result) ::everysock::conformance::require_timeout((result), #result, EVERYSOCK_HERE)

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CHECK_H_
