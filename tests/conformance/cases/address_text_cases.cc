// Addresses as text and as packed bytes, and byte order: functions that ask no system.
#include <array>
#include <cstring>

#include "framework/case.h"

namespace everysock::conformance {
namespace {

std::string packed(std::initializer_list<int> bytes) {
  std::string text;
  for (int byte : bytes) text += static_cast<char>(byte);
  return text;
}

CONFORMANCE("inet/aton_forms", Rows({"function/inet_aton"}), Needs{}) {
  REQUIRE_EQ(REQUIRE_OK(inet_aton("127.0.0.1")), packed({127, 0, 0, 1}));
  REQUIRE_EQ(REQUIRE_OK(inet_aton("255.255.255.255")), packed({255, 255, 255, 255}));
  REQUIRE_EQ(REQUIRE_OK(inet_aton("1.2")), packed({1, 0, 0, 2}));
  REQUIRE_EQ(REQUIRE_OK(inet_aton("10.1.515")), packed({10, 1, 2, 3}));
  REQUIRE_EQ(REQUIRE_OK(inet_aton("10.66051")), packed({10, 1, 2, 3}));
  REQUIRE_EQ(REQUIRE_OK(inet_aton("167838211")), packed({10, 1, 2, 3}));
  REQUIRE_EQ(REQUIRE_OK(inet_aton("0x7f.0.0.010")), packed({127, 0, 0, 8}));
  REQUIRE_EQ(REQUIRE_OK(inet_aton("0")), packed({0, 0, 0, 0}));
  REQUIRE_EQ(REQUIRE_OK(inet_aton("1.2.3.4 and more")), packed({1, 2, 3, 4}));
}

CONFORMANCE("inet/aton_refused", Rows({"function/inet_aton"}), Needs{}) {
  for (const char* text : {"", "foo", "256.1.1.1", "1.2.3.4.5", "1.2.3.4x", "1..2", ".1", "1.", "0x", "08",
                           "4294967296", "1.65536.1", "::1", " 1.2.3.4"}) {
    REQUIRE_ERROR(inet_aton(text), UsageErrc::illegal_ip_text);
  }
}

CONFORMANCE("inet/ntoa", Rows({"function/inet_ntoa", "behaviour/B50"}), Needs{}) {
  REQUIRE_EQ(REQUIRE_OK(inet_ntoa(packed({7, 10, 0, 5}))), "7.10.0.5");
  REQUIRE_EQ(REQUIRE_OK(inet_ntoa(std::array<unsigned char, 4>{0, 0, 0, 0})), "0.0.0.0");
  REQUIRE_ERROR(inet_ntoa(packed({1, 2, 3})), UsageErrc::packed_length);
  REQUIRE_ERROR(inet_ntoa(packed({1, 2, 3, 4, 5})), UsageErrc::packed_length);
  REQUIRE_ERROR(inet_ntoa(""), UsageErrc::packed_length);
}

CONFORMANCE("inet/pton_ipv4", Rows({"function/inet_pton"}), Needs{}) {
  REQUIRE_EQ(REQUIRE_OK(inet_pton(af_inet, "1.2.3.4")), packed({1, 2, 3, 4}));
  REQUIRE_EQ(REQUIRE_OK(inet_pton(af_inet, "255.255.255.255")), packed({255, 255, 255, 255}));
  for (const char* text :
       {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "0x1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "a.b.c.d", "::1"}) {
    REQUIRE_ERROR(inet_pton(af_inet, text), UsageErrc::illegal_ip_text);
  }
}

CONFORMANCE("inet/pton_ipv6", Rows({"function/inet_pton"}), Needs{}) {
  REQUIRE_EQ(REQUIRE_OK(inet_pton(af_inet6, "::")), std::string(16, '\0'));
  REQUIRE_EQ(REQUIRE_OK(inet_pton(af_inet6, "0::0")), std::string(16, '\0'));
  REQUIRE_EQ(REQUIRE_OK(inet_pton(af_inet6, "1::")), packed({0, 1}) + std::string(14, '\0'));
  REQUIRE_EQ(REQUIRE_OK(inet_pton(af_inet6, "45ef:76cb:1a:56ef:afeb:bac:1924:aeae")),
             packed({0x45, 0xef, 0x76, 0xcb, 0, 0x1a, 0x56, 0xef, 0xaf, 0xeb, 0x0b, 0xac, 0x19, 0x24, 0xae, 0xae}));
  REQUIRE_EQ(REQUIRE_OK(inet_pton(af_inet6, "::ffff:1.2.3.4")), std::string(10, '\0') + packed({255, 255, 1, 2, 3, 4}));
  REQUIRE_EQ(REQUIRE_OK(inet_pton(af_inet6, "FE80::A")), packed({0xfe, 0x80}) + std::string(13, '\0') + packed({10}));
  for (const char* text : {"", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g", "::1%lo",
                           "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", ":1:2:3:4:5:6:7", "1.2.3.4", "[::1]"}) {
    REQUIRE_ERROR(inet_pton(af_inet6, text), UsageErrc::illegal_ip_text);
  }
}

CONFORMANCE("inet/pton_other_family", Rows({"function/inet_pton"}), Needs{}) {
  REQUIRE_ERROR(inet_pton(af_unix, "1.2.3.4"), Errc::eafnosupport);
  REQUIRE_ERROR(inet_pton(af_unspec, "::"), Errc::eafnosupport);
}

CONFORMANCE("inet/ntop", Rows({"function/inet_ntop"}), Needs{}) {
  REQUIRE_EQ(REQUIRE_OK(inet_ntop(af_inet, packed({7, 10, 0, 5}))), "7.10.0.5");
  REQUIRE_EQ(REQUIRE_OK(inet_ntop(af_inet6, packed({0x5a, 0xef, 0, 0x2b}) + std::string(11, '\0') + packed({8}))),
             "5aef:2b::8");
  REQUIRE_EQ(REQUIRE_OK(inet_ntop(af_inet6, std::string(16, '\0'))), "::");
  REQUIRE_EQ(REQUIRE_OK(inet_ntop(af_inet6, std::string(15, '\0') + packed({1}))), "::1");
  REQUIRE_EQ(REQUIRE_OK(inet_ntop(af_inet6, std::string(10, '\0') + packed({255, 255, 1, 2, 3, 4}))), "::ffff:1.2.3.4");
  // The longest run of zeros, the first of two, never a single one.
  REQUIRE_EQ(REQUIRE_OK(inet_ntop(af_inet6, packed({0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}))), "1:0:0:1::1");
  REQUIRE_EQ(REQUIRE_OK(inet_ntop(af_inet6, packed({0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1}))), "1::1:1:0:0:1");
  REQUIRE_EQ(REQUIRE_OK(inet_ntop(af_inet6, packed({0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0xAB, 0xCD}))),
             "1:0:1:1:1:1:1:abcd");
}

CONFORMANCE("inet/ntop_refused", Rows({"function/inet_ntop", "exception/ValueError"}), Needs{}) {
  REQUIRE_ERROR(inet_ntop(af_inet, std::string(3, 'x')), UsageErrc::packed_length);
  REQUIRE_ERROR(inet_ntop(af_inet, std::string(16, 'x')), UsageErrc::packed_length);
  REQUIRE_ERROR(inet_ntop(af_inet6, std::string(4, 'x')), UsageErrc::packed_length);
  REQUIRE_ERROR(inet_ntop(af_inet6, ""), UsageErrc::packed_length);
  REQUIRE_ERROR(inet_ntop(af_unix, std::string(4, 'x')), UsageErrc::unknown_family);
}

CONFORMANCE("inet/byte_order", Rows({"function/htons", "function/ntohs", "function/htonl", "function/ntohl"}),
            Needs{}) {
  for (int x : {0, 1, 80, 0x1234, 0xfffe, 0xffff}) {
    const std::uint16_t network = REQUIRE_OK((everysock::htons)(x));
    std::array<unsigned char, 2> bytes;
    std::memcpy(bytes.data(), &network, 2);
    REQUIRE_EQ(bytes[0], x >> 8);
    REQUIRE_EQ(bytes[1], x & 0xff);
    REQUIRE_EQ(REQUIRE_OK((everysock::ntohs)(network)), x);
  }
  for (std::int64_t x : {std::int64_t{0}, std::int64_t{1}, std::int64_t{0x12345678}, std::int64_t{0xffffffff}}) {
    const std::uint32_t network = REQUIRE_OK((everysock::htonl)(x));
    std::array<unsigned char, 4> bytes;
    std::memcpy(bytes.data(), &network, 4);
    REQUIRE_EQ(bytes[0], x >> 24);
    REQUIRE_EQ(bytes[3], x & 0xff);
    REQUIRE_EQ(REQUIRE_OK((everysock::ntohl)(network)), x);
  }
}

CONFORMANCE("inet/byte_order_range", Rows({"behaviour/B27", "exception/OverflowError"}), Needs{}) {
  REQUIRE_ERROR((everysock::htons)(-1), UsageErrc::integer_out_of_range);
  REQUIRE_ERROR((everysock::htons)(0x10000), UsageErrc::integer_out_of_range);
  REQUIRE_ERROR((everysock::ntohs)(0x10000), UsageErrc::integer_out_of_range);
  REQUIRE_ERROR((everysock::htonl)(-1), UsageErrc::integer_out_of_range);
  REQUIRE_ERROR((everysock::htonl)(std::int64_t{1} << 32), UsageErrc::integer_out_of_range);
  REQUIRE_ERROR((everysock::ntohl)(std::int64_t{1} << 40), UsageErrc::integer_out_of_range);
}

CONFORMANCE("inet/address_texts", Rows({"family/AF_INET", "family/AF_INET6", "family/AF_UNIX"}), Needs{}) {
  REQUIRE_EQ(to_string(InetAddress{"127.0.0.1", 80}), "127.0.0.1:80");
  REQUIRE_EQ(to_string(Inet6Address{"::1", 80}), "[::1]:80");
  REQUIRE_EQ(to_string(Inet6Address{"fe80::1", 80, 0, 2}), "[fe80::1%2]:80");
  REQUIRE_EQ(to_string(UnixAddress{"/run/app.sock"}), "/run/app.sock");
  REQUIRE_EQ(to_string(UnixAddress{std::string_view("\0abstract", 9)}), "@abstract");
  REQUIRE_EQ(to_string(UnixAddress{}), "(unnamed)");
  REQUIRE_EQ(to_string(Address{}), "(none)");
}

}  // namespace
}  // namespace everysock::conformance
