// <netinet/in.h> after our header makes macros of these names: the calls are in parentheses, as the header says.
#include "everysock/byte_order.h"

#include <doctest/doctest.h>
#include <netinet/in.h>

namespace everysock {
namespace {

TEST_CASE("byte order") {
  CHECK((everysock::htons)(0x1234) == ::htons(0x1234));
  CHECK((everysock::htonl)(0x12345678) == ::htonl(0x12345678));
  CHECK((everysock::ntohs)((everysock::htons)(65535).value()) == 65535);
  CHECK((everysock::ntohl)((everysock::htonl)(0xffffffff).value()) == 0xffffffffu);
  CHECK((everysock::htons)(-1).error() == Error(Operation::htons, UsageErrc::integer_out_of_range));
  CHECK((everysock::ntohs)(65536).error() == UsageErrc::integer_out_of_range);
  CHECK((everysock::htonl)(-1).error() == UsageErrc::integer_out_of_range);
  CHECK((everysock::ntohl)(std::int64_t{1} << 32).error() == UsageErrc::integer_out_of_range);
  static_assert((everysock::htons)(0).value() == 0);
}

}  // namespace
}  // namespace everysock
