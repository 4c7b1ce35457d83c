// Connections side by side: what one of them suffers is not the others' business.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE_OVER(stream_kinds, "neighbour/one_that_is_not_read", Rows({"method/send", "method/recv"}), Needs{}) {
  Connection stuck = t.connected(kind);
  const std::size_t held = t.fill(stuck.client);

  Connection c = t.connected(kind);
  const std::string data = t.pattern(4 << 20);
  t.carry(c.client, c.server, data);
  t.carry(c.server, c.client, data);
  // The first has waited, and nothing of it is lost.
  REQUIRE_OK(stuck.client.close());
  REQUIRE_EQ(t.receive_to_end(stuck.server).size(), held);
}

}  // namespace
}  // namespace everysock::conformance
