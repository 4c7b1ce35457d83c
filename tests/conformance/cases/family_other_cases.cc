// Families of other systems than Linux, which are refused.
#include <array>

#include "framework/case.h"
#include "framework/outcome.h"

namespace everysock::conformance {
namespace {

struct Foreign {
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
  std::string_view name;
};

// Each is of one system, and refused by its name everywhere else.
CONFORMANCE("family/of_one_system",
            Rows({"family/PF_SYSTEM SYSPROTO_CONTROL", "family/AF_HYPERV", "family/AF_DIVERT", "family/AF_LINK"}),
            Needs{Feature::inet_stream}) {
  const std::array families = {
      Foreign{af_system, sock_dgram, sysproto_control, "AF_SYSTEM"},
      Foreign{af_hyperv, sock_stream, hv_protocol_raw, "AF_HYPERV"},
      Foreign{af_divert, sock_raw, {}, "AF_DIVERT"},
      Foreign{af_link, sock_raw, {}, "AF_LINK"},
  };
  for (const Foreign& foreign : families) {
    const auto s = socket(foreign.family, foreign.kind, foreign.protocol, t.backend());
    if (s) continue;
    if (s.error() == Errc::eperm || s.error() == Errc::eacces) continue;
    if (!is_refusal(s.error())) fail_case(EVERYSOCK_HERE, s.error().message(), s.error());
    REQUIRE_EQ(s.error().constant(), foreign.name);
  }
}

}  // namespace
}  // namespace everysock::conformance
