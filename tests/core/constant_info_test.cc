#include "everysock/constant_info.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <string>

#include "everysock/socket.h"
#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

// constants.tsv: every documented name and its value on Linux.
std::map<std::string, std::string> documented() {
  std::map<std::string, std::string> all;
  std::ifstream file(EVERYSOCK_CONSTANTS_TSV);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const auto tab = line.find('\t');
    all[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return all;
}

std::string value_as_text(const ConstantInfo& info) {
  if (info.kind == ConstantKind::text) return std::string(info.text);
  if (info.kind == ConstantKind::gai_code) return std::to_string(static_cast<std::int64_t>(info.value));
  if (info.name == "TIPC_WAIT_FOREVER") return std::to_string(static_cast<std::int32_t>(info.value));
  if (info.name == "has_ipv6") return info.value == 1 ? "True" : "False";
  return std::to_string(info.value);
}

TEST_CASE("every documented constant is there, with Linux's value where Linux has one") {
  const auto expected = documented();
  CHECK(expected.size() == 568);
  CHECK(all_constants().size() == expected.size());
  for (const auto& [name, value] : expected) {
    CAPTURE(name);
    const ConstantInfo* const info = find_constant(name);
    REQUIRE(info != nullptr);
    CHECK_FALSE(info->availability.empty());
    // SOL_SOCKET is 1 on Linux, as IPPROTO_ICMP is; here the two levels differ.
    if (value.empty() || name == "SOL_SOCKET") continue;
    CHECK(value_as_text(*info) == value);
  }
}

TEST_CASE("constants are found by value") {
  CHECK(describe(af_can)->name == "AF_CAN");
  CHECK(describe(sock_seqpacket)->name == "SOCK_SEQPACKET");
  CHECK(describe(af_inet, ipproto_tcp)->name == "IPPROTO_TCP");
  CHECK(describe(af_bluetooth, btproto_hci)->name == "BTPROTO_HCI");
  CHECK(describe(af_can, can_raw)->name == "CAN_RAW");
  CHECK(describe(sol_can_raw)->name == "SOL_CAN_RAW");
  CHECK(describe(so_bindtodevice)->name == "SO_BINDTODEVICE");
  CHECK(describe(can_raw_filter)->name == "CAN_RAW_FILTER");
  CHECK(describe(msg_peek)->name == "MSG_PEEK");
  CHECK(describe(shut_rdwr)->name == "SHUT_RDWR");
  CHECK(describe(sio_rcvall)->name == "SIO_RCVALL");
  CHECK(describe(AddressFamily(250)) == nullptr);
  CHECK(describe(AddressFamily::native(2)) == nullptr);
  CHECK(describe(Option(sol_socket, 9999)) == nullptr);
  CHECK(find_constant("AF_NOWHERE") == nullptr);
}

TEST_CASE("an error names the constant, the backend and where the constant is available") {
  FakeBackend backend;
  Socket s = backend.make_socket();
  backend.option_outcome = fail(Operation::setsockopt, Errc::enoprotoopt);
  const auto done = s.setsockopt(sol_socket, so_rtable, 1);
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error() == Errc::enoprotoopt);
  CHECK(done.error().constant() == "SO_RTABLE");
  CHECK(done.error().message() ==
        "setsockopt: Protocol not available [ENOPROTOOPT]: SO_RTABLE on the backend fake (documented for: OpenBSD)");
  // Other failures of the same call are not the constant's fault.
  backend.option_outcome = fail(Operation::setsockopt, Errc::einval);
  CHECK(s.setsockopt(sol_socket, so_rtable, 1).error().constant().empty());
}

}  // namespace
}  // namespace everysock
