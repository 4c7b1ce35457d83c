// Every public header among system headers that define macros: compiled with BEFORE or AFTER naming such a header.
// The standard's and abseil's own headers come first: what macros do to them is not ours to mend.
#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <compare>
#include <concepts>
#include <cstring>
#include <functional>
#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include <tl/expected.hpp>

#ifdef BEFORE
#include BEFORE
#endif

#include "every_header.h"  // all that are installed; written by tests/consumer/run

#ifdef AFTER
#include AFTER
#endif

// Names that the headers above define as macros, or as functions of the same name, in use.
int main() {
  everysock::Result<everysock::Socket> s = everysock::socket(everysock::af_inet6, everysock::sock_stream);
  if (!s) return 1;
  const everysock::Result<std::uint16_t> swapped = (everysock::htons)(80);
  const everysock::Result<std::string> packed = everysock::inet_aton("127.0.0.1");
  if (!s->setsockopt(everysock::sol_socket, everysock::so_reuseaddr, 1)) return 1;
  if (!s->bind(everysock::Inet6Address{"::1", 0}) && !s->bind({"::1", 0})) return 0;  // a machine without IPv6
  return swapped && packed && (everysock::ntohs)(*swapped) == 80 ? 0 : 1;
}
