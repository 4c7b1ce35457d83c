#include "everysock/error.h"

#include <array>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "src/named_error.h"
#include "src/text.h"

namespace everysock {
namespace {

using internal::absl_view;

struct Text {
  std::string_view name;
  std::string_view text;
};

Text system_text(Errc code) {
  switch (code) {
    case Errc::ok:
      return {"", "Success"};
#define EVERYSOCK_ERRC(enumerator, name, number, text) \
  case Errc::enumerator:                               \
    return {#name, text};
#include "everysock/errc.inc"
#undef EVERYSOCK_ERRC
  }
  return {};
}

Text gai_text(GaiErrc code) {
  switch (code) {
    case GaiErrc::badflags:
      return {"EAI_BADFLAGS", "Bad value for ai_flags"};
    case GaiErrc::noname:
      return {"EAI_NONAME", "Name or service not known"};
    case GaiErrc::again:
      return {"EAI_AGAIN", "Temporary failure in name resolution"};
    case GaiErrc::fail:
      return {"EAI_FAIL", "Non-recoverable failure in name resolution"};
    case GaiErrc::nodata:
      return {"EAI_NODATA", "No address associated with hostname"};
    case GaiErrc::family:
      return {"EAI_FAMILY", "ai_family not supported"};
    case GaiErrc::socktype:
      return {"EAI_SOCKTYPE", "ai_socktype not supported"};
    case GaiErrc::service:
      return {"EAI_SERVICE", "Servname not supported for ai_socktype"};
    case GaiErrc::addrfamily:
      return {"EAI_ADDRFAMILY", "Address family for hostname not supported"};
    case GaiErrc::memory:
      return {"EAI_MEMORY", "Memory allocation failure"};
    case GaiErrc::system:
      return {"EAI_SYSTEM", "System error"};
    case GaiErrc::badhints:
      return {"EAI_BADHINTS", "Bad value for hints"};
    case GaiErrc::protocol:
      return {"EAI_PROTOCOL", "Resolved protocol is unknown"};
    case GaiErrc::max:
      return {"EAI_MAX", "Unknown error"};
    case GaiErrc::overflow:
      return {"EAI_OVERFLOW", "Argument buffer overflow"};
  }
  return {};
}

Text host_text(HostErrc code) {
  switch (code) {
    case HostErrc::host_not_found:
      return {"HOST_NOT_FOUND", "Unknown host"};
    case HostErrc::try_again:
      return {"TRY_AGAIN", "Host name lookup failure"};
    case HostErrc::no_recovery:
      return {"NO_RECOVERY", "Unknown server error"};
    case HostErrc::no_data:
      return {"NO_DATA", "No address associated with name"};
  }
  return {};
}

constexpr std::string_view kUsageTexts[] = {
#define EVERYSOCK_USAGE(enumerator, text) text,
#include "everysock/usage.inc"
#undef EVERYSOCK_USAGE
};

constexpr std::string_view kOperationNames[] = {
#define EVERYSOCK_OPERATION(enumerator, name) name,
#include "everysock/operation.inc"
#undef EVERYSOCK_OPERATION
};

Text text_of(Error error) {
  switch (error.domain()) {
    case ErrorDomain::system:
      return system_text(static_cast<Errc>(error.code()));
    case ErrorDomain::gai:
      return gai_text(static_cast<GaiErrc>(error.code()));
    case ErrorDomain::herror:
      return host_text(static_cast<HostErrc>(error.code()));
    case ErrorDomain::timeout:
      return {"", "timed out"};
    case ErrorDomain::usage: {
      const auto index = static_cast<std::size_t>(error.code());
      return {"", index < std::size(kUsageTexts) ? kUsageTexts[index] : std::string_view()};
    }
  }
  return {};
}

// The choices of absl::ErrnoToStatusCode, for the portable numbers.
absl::StatusCode canonical_code(Errc code) {
  switch (code) {
    case Errc::ok:
      return absl::StatusCode::kOk;
    case Errc::einval:
    case Errc::enametoolong:
    case Errc::e2big:
    case Errc::edestaddrreq:
    case Errc::edom:
    case Errc::efault:
    case Errc::eilseq:
    case Errc::enoprotoopt:
    case Errc::enotsock:
    case Errc::enotty:
    case Errc::eprototype:
    case Errc::emsgsize:
      return absl::StatusCode::kInvalidArgument;
    case Errc::etimedout:
      return absl::StatusCode::kDeadlineExceeded;
    case Errc::enodev:
    case Errc::enoent:
    case Errc::enxio:
    case Errc::esrch:
      return absl::StatusCode::kNotFound;
    case Errc::eexist:
    case Errc::eaddrnotavail:
    case Errc::ealready:
    case Errc::eaddrinuse:
      return absl::StatusCode::kAlreadyExists;
    case Errc::eperm:
    case Errc::eacces:
    case Errc::erofs:
      return absl::StatusCode::kPermissionDenied;
    case Errc::ebadf:
    case Errc::ebusy:
    case Errc::eisconn:
    case Errc::enotconn:
    case Errc::enotdir:
    case Errc::eisdir:
    case Errc::epipe:
    case Errc::eshutdown:
      return absl::StatusCode::kFailedPrecondition;
    case Errc::enospc:
    case Errc::emfile:
    case Errc::enfile:
    case Errc::enobufs:
    case Errc::enomem:
      return absl::StatusCode::kResourceExhausted;
    case Errc::eoverflow:
    case Errc::erange:
      return absl::StatusCode::kOutOfRange;
    case Errc::eopnotsupp:
    case Errc::eafnosupport:
    case Errc::epfnosupport:
    case Errc::eprotonosupport:
    case Errc::esocktnosupport:
    case Errc::enosys:
      return absl::StatusCode::kUnimplemented;
    case Errc::eagain:
    case Errc::einprogress:
    case Errc::econnrefused:
    case Errc::econnaborted:
    case Errc::econnreset:
    case Errc::eintr:
    case Errc::ehostdown:
    case Errc::ehostunreach:
    case Errc::enetdown:
    case Errc::enetreset:
    case Errc::enetunreach:
      return absl::StatusCode::kUnavailable;
    case Errc::ecanceled:
      return absl::StatusCode::kCancelled;
    default:
      return absl::StatusCode::kUnknown;
  }
}

absl::StatusCode canonical_code(Error error) {
  switch (error.domain()) {
    case ErrorDomain::system:
      return canonical_code(static_cast<Errc>(error.code()));
    case ErrorDomain::gai:
    case ErrorDomain::herror:
      return absl::StatusCode::kNotFound;
    case ErrorDomain::timeout:
      return absl::StatusCode::kDeadlineExceeded;
    case ErrorDomain::usage:
      return absl::StatusCode::kInvalidArgument;
  }
  return absl::StatusCode::kUnknown;
}

}  // namespace

std::string_view strerror(Errc code) noexcept { return system_text(code).text; }
std::string_view errc_name(Errc code) noexcept { return system_text(code).name; }

std::string_view operation_name(Operation operation) noexcept {
  const auto index = static_cast<std::size_t>(operation);
  return index < std::size(kOperationNames) ? kOperationNames[index] : std::string_view("?");
}

std::string_view Error::name() const noexcept { return text_of(*this).name; }

std::string_view Error::constant() const noexcept {
  const internal::NamedConstant named = internal::named_constant(*this);
  return named.constant == nullptr ? std::string_view() : named.constant->name;
}

std::string Error::message() const {
  const Text text = text_of(*this);
  std::string message = absl::StrCat(absl_view(operation_name(operation())), ": ");
  if (text.text.empty()) {
    absl::StrAppend(&message, "error ", code());
  } else if (domain() == ErrorDomain::usage) {
    absl::StrAppend(&message, absl::StrReplaceAll(absl_view(text.text), {{"#", absl::StrCat(detail())}}), " [usage]");
  } else {
    absl::StrAppend(&message, absl_view(text.text));
    if (!text.name.empty()) absl::StrAppend(&message, " [", absl_view(text.name), "]");
    if (const internal::NamedConstant named = internal::named_constant(*this); named.constant != nullptr) {
      absl::StrAppend(&message, ": ", absl_view(named.constant->name), " on the backend ", absl_view(named.backend),
                      " (documented for: ", absl_view(named.constant->availability), ")");
    }
  }
  return message;
}

absl::Status Error::ToStatus() const {
  absl::Status status(canonical_code(*this), message());
  if (const std::string_view code_name = name(); !code_name.empty()) {
    status.SetPayload("everysock/error", absl::Cord(absl_view(code_name)));
  }
  return status;
}

}  // namespace everysock
