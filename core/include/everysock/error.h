// Errors: what failed, where, and how a program asks about it.
//
// Every fallible function of everysock returns Result<T>: either a T or an Error. Nothing throws, so programs built
// with -fno-exceptions lose nothing; programs that like exceptions call .value(), which throws
// tl::bad_expected_access<Error>.
//
//   Result<Socket> s = everysock::create_connection({"localhost", 6379});
//   if (!s) {
//     std::cerr << s.error().message() << "\n";          // create_connection: Connection refused [ECONNREFUSED]
//     if (s.error() == Errc::econnrefused) ...
//   }
//
// An Error is 8 bytes and trivially copyable: making, copying and dropping one allocates nothing, which is what makes
// a would-block answer cheap.
//
// Source: the Python documentation's socket.error, socket.herror, socket.gaierror, socket.timeout and the OSError
// hierarchy (spec rows exception/*); errno(3); RFC 3493 section 6.1 for the gai codes.
#ifndef EVERYSOCK_ERROR_H_
#define EVERYSOCK_ERROR_H_

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include <tl/expected.hpp>

namespace everysock {

// Who found the error.
enum class ErrorDomain : std::uint8_t {
  system,   // the operating system, or the backend in its place: code() is an Errc
  gai,      // getaddrinfo or getnameinfo (documented as gaierror): code() is a GaiErrc
  herror,   // gethostbyname_ex or gethostbyaddr (documented as herror): code() is a HostErrc
  timeout,  // the socket's own time-out ran out (documented as timeout / TimeoutError): code() is ETIMEDOUT
  usage,    // the call's arguments, found by the library before any system call: code() is a UsageErrc
};

// System errors, by their documented names in lower case: Errc::econnrefused is ECONNREFUSED. EWOULDBLOCK is
// Errc::eagain and ENOTSUP is Errc::eopnotsupp on every platform.
enum class Errc : std::int16_t {
  ok = 0,
#define EVERYSOCK_ERRC(enumerator, name, number, text) enumerator = number,
#include "everysock/errc.inc"
#undef EVERYSOCK_ERRC
};

// Name resolution failures (RFC 3493; EAI_NODATA and EAI_ADDRFAMILY from its predecessors, EAI_BADHINTS, EAI_PROTOCOL
// and EAI_MAX from the BSDs). EAI_SYSTEM never appears in an Error: it becomes the system error behind it.
enum class GaiErrc : std::int16_t {
  badflags = -1,
  noname = -2,
  again = -3,
  fail = -4,
  nodata = -5,
  family = -6,
  socktype = -7,
  service = -8,
  addrfamily = -9,
  memory = -10,
  system = -11,
  overflow = -12,
  badhints = -112,
  protocol = -113,
  max = -115,
};

// h_errno failures (gethostbyname(3)).
enum class HostErrc : std::int16_t { host_not_found = 1, try_again = 2, no_recovery = 3, no_data = 4 };

// Arguments that cannot mean anything, each with the text that message() prints. These are the library's own: they
// carry no errno (the documentation raises ValueError, TypeError, OverflowError or an OSError without errno for them).
enum class UsageErrc : std::int16_t {
#define EVERYSOCK_USAGE(enumerator, text) enumerator,
#include "everysock/usage.inc"
#undef EVERYSOCK_USAGE
};

// The documented name of the function or method that failed.
enum class Operation : std::uint8_t {
#define EVERYSOCK_OPERATION(enumerator, name) enumerator,
#include "everysock/operation.inc"
#undef EVERYSOCK_OPERATION
};

class [[nodiscard]] Error {
 public:
  constexpr Error(Operation operation, Errc code) noexcept
      : Error(ErrorDomain::system, operation, static_cast<std::int16_t>(code)) {}
  constexpr Error(Operation operation, GaiErrc code) noexcept
      : Error(ErrorDomain::gai, operation, static_cast<std::int16_t>(code)) {}
  constexpr Error(Operation operation, HostErrc code) noexcept
      : Error(ErrorDomain::herror, operation, static_cast<std::int16_t>(code)) {}
  // `detail` is a number that the text prints where it helps (the offending port, say); in a system error it stands for
  // the constant().
  constexpr Error(Operation operation, UsageErrc code, std::int32_t detail = 0) noexcept
      : Error(ErrorDomain::usage, operation, static_cast<std::int16_t>(code), detail) {}

  // The socket's time-out ran out during `operation`.
  static constexpr Error timed_out(Operation operation) noexcept {
    return Error(ErrorDomain::timeout, operation, static_cast<std::int16_t>(Errc::etimedout));
  }

  // Rebuilds an error that came over a wire. Numbers this version does not know stay as they are and print as
  // numbers.
  static constexpr Error from_wire(ErrorDomain domain, Operation operation, std::int16_t code,
                                   std::int32_t detail = 0) noexcept {
    return Error(domain, operation, code, detail);
  }

  constexpr ErrorDomain domain() const noexcept { return static_cast<ErrorDomain>(word_ >> kDomain & 0xff); }
  constexpr Operation operation() const noexcept { return static_cast<Operation>(word_ >> kOperation & 0xff); }
  constexpr std::int16_t code() const noexcept { return static_cast<std::int16_t>(word_ >> kCode & 0xffff); }
  constexpr std::int32_t detail() const noexcept { return static_cast<std::int32_t>(word_ & 0xffffffff); }

  // The system error number, Errc::ok for the domains that carry none.
  constexpr Errc errc() const noexcept {
    return domain() == ErrorDomain::system ? static_cast<Errc>(code()) : Errc::ok;
  }
  constexpr bool is_timeout() const noexcept { return domain() == ErrorDomain::timeout; }
  // EAGAIN, EINPROGRESS or EALREADY: the operation would have had to wait (documented as BlockingIOError).
  constexpr bool would_block() const noexcept {
    return errc() == Errc::eagain || errc() == Errc::einprogress || errc() == Errc::ealready;
  }

  // The same failure as seen by the function that called the one which failed.
  constexpr Error in(Operation operation) const noexcept { return Error(domain(), operation, code(), detail()); }

  // The documented name of the constant that the backend does not have, where that is the trouble (with EAFNOSUPPORT,
  // ESOCKTNOSUPPORT, EPROTONOSUPPORT, ENOPROTOOPT or EOPNOTSUPP): "SO_BINDTODEVICE". "" otherwise. message() then also
  // tells the backend and the systems that have the constant (constant_info.h).
  std::string_view constant() const noexcept;

  // "connect: Connection refused [ECONNREFUSED]", "recv: timed out",
  // "getaddrinfo: Name or service not known [EAI_NONAME]", "bind: port must be 0-65535, not 70000 [usage]".
  std::string message() const;
  // The documented name of the code: "ECONNREFUSED", "EAI_NONAME", "HOST_NOT_FOUND"; "" for usage and time-outs.
  std::string_view name() const noexcept;

  // At the edge to code that speaks absl::Status: the canonical code nearest to the error, message() as its text and
  // the name under the payload URL "everysock/error".
  absl::Status ToStatus() const;

  friend constexpr bool operator==(Error a, Error b) noexcept = default;
  friend constexpr bool operator==(Error a, Errc b) noexcept {
    return a.is(ErrorDomain::system, static_cast<std::int16_t>(b));
  }
  friend constexpr bool operator==(Error a, GaiErrc b) noexcept {
    return a.is(ErrorDomain::gai, static_cast<std::int16_t>(b));
  }
  friend constexpr bool operator==(Error a, HostErrc b) noexcept {
    return a.is(ErrorDomain::herror, static_cast<std::int16_t>(b));
  }
  friend constexpr bool operator==(Error a, UsageErrc b) noexcept {
    return a.is(ErrorDomain::usage, static_cast<std::int16_t>(b));
  }

 private:
  // One word: as four members an error was taken apart and put together again at every return.
  static constexpr int kCode = 32;
  static constexpr int kDomain = 48;
  static constexpr int kOperation = 56;

  constexpr Error(ErrorDomain domain, Operation operation, std::int16_t code, std::int32_t detail = 0) noexcept
      : word_(std::uint64_t{static_cast<std::uint32_t>(detail)} |
              std::uint64_t{static_cast<std::uint16_t>(code)} << kCode |
              std::uint64_t{static_cast<std::uint8_t>(domain)} << kDomain |
              std::uint64_t{static_cast<std::uint8_t>(operation)} << kOperation) {}

  constexpr bool is(ErrorDomain domain, std::int16_t code) const noexcept {
    return this->domain() == domain && this->code() == code;
  }

  std::uint64_t word_;
};
static_assert(sizeof(Error) == 8);

namespace internal {
[[noreturn]] inline void throw_bad_access(Error error) {
#ifdef __cpp_exceptions
  throw tl::bad_expected_access<Error>(error);
#else
  (void)error;
  std::abort();
#endif
}
}  // namespace internal

// A value or the reason why there is none: tl::expected<T, Error> with all its members. Dropping one unread is a
// warning.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

// Success or the reason for failure. value() is here, as std::expected<void, E> has it, for programs that like
// exceptions; without exceptions it ends the program.
template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
 public:
  using tl::expected<void, Error>::expected;

  void value() const {
    if (!has_value()) internal::throw_bad_access(error());
  }
};

using Unexpected = tl::unexpected<Error>;

// return fail(Operation::bind, Errc::eaddrinuse);
template <typename Code>
constexpr Unexpected fail(Operation operation, Code code) noexcept {
  return Unexpected(Error(operation, code));
}
constexpr Unexpected fail(Operation operation, UsageErrc code, std::int32_t detail) noexcept {
  return Unexpected(Error(operation, code, detail));
}

// The text of a system error, "Connection refused" (strerror(3) in the C locale).
std::string_view strerror(Errc code) noexcept;
// "ECONNREFUSED"; "" for a number this version does not know.
std::string_view errc_name(Errc code) noexcept;
// The documented name of an operation: "create_connection".
std::string_view operation_name(Operation operation) noexcept;

}  // namespace everysock

#endif  // EVERYSOCK_ERROR_H_
