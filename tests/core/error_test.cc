#include "everysock/error.h"

#include <doctest/doctest.h>

#include <type_traits>

#include "everysock/feature.h"

namespace everysock {
namespace {

static_assert(sizeof(Error) == 8 && std::is_trivially_copyable_v<Error>);

TEST_CASE("messages name the operation, the text and the code") {
  CHECK(Error(Operation::connect, Errc::econnrefused).message() == "connect: Connection refused [ECONNREFUSED]");
  CHECK(Error(Operation::getaddrinfo, GaiErrc::noname).message() ==
        "getaddrinfo: Name or service not known [EAI_NONAME]");
  CHECK(Error(Operation::getaddrinfo, HostErrc::host_not_found).message() ==
        "getaddrinfo: Unknown host [HOST_NOT_FOUND]");
  CHECK(Error::timed_out(Operation::recv).message() == "recv: timed out");
  CHECK(Error(Operation::bind, UsageErrc::port_out_of_range, 70000).message() ==
        "bind: port must be 0-65535, not 70000 [usage]");
  CHECK(Error::from_wire(ErrorDomain::system, Operation::bind, 9999).message() == "bind: error 9999");
  CHECK(Error::from_wire(ErrorDomain::usage, static_cast<Operation>(250), 9999).message() == "?: error 9999");
}

TEST_CASE("every system error has its name and text") {
#define EVERYSOCK_ERRC(enumerator, name, number, text) \
  CHECK(errc_name(Errc::enumerator) == #name);         \
  CHECK(strerror(Errc::enumerator) == text);           \
  CHECK(static_cast<int>(Errc::enumerator) == number);
#include "everysock/errc.inc"
#undef EVERYSOCK_ERRC
  CHECK(errc_name(static_cast<Errc>(9999)).empty());
  CHECK(errc_name(Errc::ok).empty());
  CHECK(strerror(Errc::ok) == "Success");
}

TEST_CASE("every error of name resolution has its name and text") {
  const auto said = [](auto code) { return Error(Operation::getaddrinfo, code).message().substr(13); };
  CHECK(said(GaiErrc::addrfamily) == "Address family for hostname not supported [EAI_ADDRFAMILY]");
  CHECK(said(GaiErrc::memory) == "Memory allocation failure [EAI_MEMORY]");
  CHECK(said(GaiErrc::overflow) == "Argument buffer overflow [EAI_OVERFLOW]");
  CHECK(said(HostErrc::try_again) == "Host name lookup failure [TRY_AGAIN]");
  CHECK(said(HostErrc::no_recovery) == "Unknown server error [NO_RECOVERY]");
  CHECK(said(HostErrc::no_data) == "No address associated with name [NO_DATA]");
  CHECK(said(static_cast<GaiErrc>(-99)) == "error -99");
  CHECK(said(static_cast<HostErrc>(99)) == "error 99");
}

TEST_CASE("domains do not compare equal") {
  const Error timeout = Error::timed_out(Operation::recv);
  CHECK(timeout.is_timeout());
  CHECK(timeout != Errc::etimedout);
  CHECK(timeout.errc() == Errc::ok);
  CHECK_FALSE(timeout.would_block());
  CHECK(Error(Operation::recv, Errc::eperm) != GaiErrc::badflags);
  CHECK(Error(Operation::connect, Errc::einprogress).would_block());
  CHECK(Error(Operation::recv, Errc::eagain).in(Operation::recvmsg).operation() == Operation::recvmsg);
}

TEST_CASE("absl::Status at the edge") {
  const absl::Status status = Error(Operation::connect, Errc::econnrefused).ToStatus();
  CHECK(status.code() == absl::StatusCode::kUnavailable);
  CHECK(status.message() == "connect: Connection refused [ECONNREFUSED]");
  CHECK(status.GetPayload("everysock/error") == absl::Cord("ECONNREFUSED"));
  CHECK(absl::IsDeadlineExceeded(Error::timed_out(Operation::recv).ToStatus()));
  CHECK(absl::IsInvalidArgument(Error(Operation::recv, UsageErrc::negative_size).ToStatus()));
  CHECK(absl::IsNotFound(Error(Operation::getaddrinfo, GaiErrc::noname).ToStatus()));
}

TEST_CASE("the canonical codes are those of absl::ErrnoToStatusCode") {
  const auto code = [](Errc number) { return Error(Operation::connect, number).ToStatus().code(); };
  CHECK(code(Errc::einval) == absl::StatusCode::kInvalidArgument);
  CHECK(code(Errc::etimedout) == absl::StatusCode::kDeadlineExceeded);
  CHECK(code(Errc::enodev) == absl::StatusCode::kNotFound);
  CHECK(code(Errc::eaddrinuse) == absl::StatusCode::kAlreadyExists);
  CHECK(code(Errc::eacces) == absl::StatusCode::kPermissionDenied);
  CHECK(code(Errc::epipe) == absl::StatusCode::kFailedPrecondition);
  CHECK(code(Errc::enobufs) == absl::StatusCode::kResourceExhausted);
  CHECK(code(Errc::erange) == absl::StatusCode::kOutOfRange);
  CHECK(code(Errc::eafnosupport) == absl::StatusCode::kUnimplemented);
  CHECK(code(Errc::eagain) == absl::StatusCode::kUnavailable);
  CHECK(code(Errc::ok) == absl::StatusCode::kOk);
  CHECK(code(Errc::ecanceled) == absl::StatusCode::kCancelled);
  CHECK(code(static_cast<Errc>(9999)) == absl::StatusCode::kUnknown);
  CHECK(absl::IsNotFound(Error(Operation::gethostbyaddr, HostErrc::host_not_found).ToStatus()));
}

TEST_CASE("features and support levels have names") {
  CHECK(feature_name(Feature::inet_stream) == "inet_stream");
  CHECK(support_level_name(SupportLevel::ignored) == "ignored");
  CHECK(feature_text(Feature::unix_abstract) == "AF_UNIX abstract names");
  CHECK(feature_name(static_cast<Feature>(255)) == "?");
  CHECK(support_level_name(SupportLevel::proxied) == "proxied");
}

}  // namespace
}  // namespace everysock
