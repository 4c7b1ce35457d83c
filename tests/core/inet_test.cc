#include "everysock/inet.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>

#include <random>
#include <string>

namespace everysock {
namespace {

using namespace std::string_literals;

TEST_CASE("inet_aton takes the classic forms") {
  CHECK(everysock::inet_aton("10.1.2.3") == "\x0a\x01\x02\x03"s);
  CHECK(everysock::inet_aton("1.2") == "\x01\x00\x00\x02"s);
  CHECK(everysock::inet_aton("10.1.515") == "\x0a\x01\x02\x03"s);
  CHECK(everysock::inet_aton("0x7f.1") == "\x7f\x00\x00\x01"s);
  CHECK(everysock::inet_aton("0177.0.0.01") == "\x7f\x00\x00\x01"s);
  CHECK(everysock::inet_aton("4294967295") == "\xff\xff\xff\xff"s);
  CHECK(everysock::inet_aton("1.2.3.4 rest") == "\x01\x02\x03\x04"s);
  for (const char* bad :
       {"", " 1.2.3.4", "1.2.3.4.5", "256.1.1.1", "1.2.3.256", "4294967296", "1.", "a", "1.2.3.4x", "0x", "08"}) {
    CAPTURE(bad);
    CHECK(everysock::inet_aton(bad).error() == UsageErrc::illegal_ip_text);
  }
}

TEST_CASE("inet_ntoa and inet_ntop check lengths and families") {
  CHECK(everysock::inet_ntoa("\x01\x02\x03\x04"s) == "1.2.3.4");
  CHECK(everysock::inet_ntoa("abc").error() == UsageErrc::packed_length);
  CHECK(everysock::inet_ntop(af_inet, "\x07\x0a\x00\x05"s) == "7.10.0.5");
  CHECK(everysock::inet_ntop(af_inet6, "Z\xef\x00\x2b\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08"s) ==
        "5aef:2b::8");
  CHECK(everysock::inet_ntop(af_inet6, "abcd").error() == UsageErrc::packed_length);
  CHECK(everysock::inet_ntop(af_unix, "abcd").error() == UsageErrc::unknown_family);
  CHECK(everysock::inet_pton(af_unix, "1.2.3.4").error() == Errc::eafnosupport);
}

// The C library is the reference: random addresses and random damage.
TEST_CASE("inet_pton and inet_ntop agree with the C library") {
  std::mt19937 random(20261121);
  const std::string alphabet = "0123456789abcdefF:.%x ";
  int valid = 0;
  for (int round = 0; round < 20000; ++round) {
    unsigned char bytes[16];
    for (unsigned char& byte : bytes) byte = random() % 3 == 0 ? static_cast<unsigned char>(random()) : 0;
    if (random() % 4 == 0) std::fill(bytes, bytes + 10, static_cast<unsigned char>(0)), bytes[10] = bytes[11] = 0xff;
    const int family = random() % 2 == 0 ? AF_INET : AF_INET6;
    const std::size_t size = family == AF_INET ? 4 : 16;
    char expected[INET6_ADDRSTRLEN];
    REQUIRE(::inet_ntop(family, bytes, expected, sizeof(expected)) != nullptr);
    const AddressFamily ours = family == AF_INET ? af_inet : af_inet6;
    CHECK(everysock::inet_ntop(ours, ConstBuffer(bytes, size)) == std::string(expected));

    std::string text = expected;
    for (auto damage = random() % 3; damage > 0; --damage) {
      const std::size_t at = random() % (text.size() + 1);
      const char c = alphabet[random() % alphabet.size()];
      if (at < text.size() && random() % 2 == 0) {
        text[at] = c;
      } else {
        text.insert(at, 1, c);
      }
    }
    unsigned char parsed[16];
    const bool good = ::inet_pton(family, text.c_str(), parsed) == 1;
    valid += good;
    const auto mine = everysock::inet_pton(ours, text);
    CAPTURE(text);
    CHECK(mine.has_value() == good);
    if (good && mine) CHECK(*mine == std::string(reinterpret_cast<char*>(parsed), size));
    in_addr classic;
    const bool classic_good = ::inet_aton(text.c_str(), &classic) != 0;
    const auto mine_classic = everysock::inet_aton(text);
    CHECK(mine_classic.has_value() == classic_good);
    if (classic_good && mine_classic) CHECK(*mine_classic == std::string(reinterpret_cast<char*>(&classic), 4));
  }
  CHECK(valid > 5000);
  CHECK(valid < 19000);
}

}  // namespace
}  // namespace everysock
