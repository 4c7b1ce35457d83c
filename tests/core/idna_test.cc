// Host names that are not ASCII.
#include "everysock/idna.h"

#include <doctest/doctest.h>

#include <string>

#include "src/idna/normalize.h"
#include "src/idna/punycode.h"
#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

std::string encoded(std::string_view host) {
  const auto result = idna_encode(host);
  return result ? *result : result.error().message();
}

TEST_CASE("Punycode: the samples of RFC 3492, 7.1") {
  using internal::idna::punycode;
  // (A) Arabic, (B) simplified and (C) traditional Chinese, (D) Czech, (I) Russian, (K) Vietnamese, (L) Japanese
  CHECK(punycode(U"\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A"
                 U"\u061F") == "egbpdaj6bu4bxfgehfvwxn");
  CHECK(punycode(U"\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587") == "ihqwcrb4cv8a8dqg056pqjye");
  CHECK(punycode(U"\u4ED6\u5011\u7232\u4EC0\u9EBD\u4E0D\u8AAA\u4E2D\u6587") == "ihqwctvzc91f659drss3x8bo0yb");
  CHECK(punycode(U"Pro\u010Dprost\u011Bnemluv\u00ED\u010Desky") == "Proprostnemluvesky-uyb24dma41a");
  CHECK(punycode(U"\u043F\u043E\u0447\u0435\u043C\u0443\u0436\u0435\u043E\u043D\u0438\u043D\u0435\u0433\u043E\u0432"
                 U"\u043E\u0440\u044F\u0442\u043F\u043E\u0440\u0443\u0441\u0441\u043A\u0438") ==
        "b1abfaaepdrnnbgefbadotcwatmq2g4l");
  CHECK(punycode(U"T\u1EA1isaoh\u1ECDkh\u00F4ngth\u1EC3ch\u1EC9n\u00F3iti\u1EBFngVi\u1EC7t") ==
        "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g");
  CHECK(punycode(U"3\u5E74B\u7D44\u91D1\u516B\u5148\u751F") == "3B-ww4c5e180e575a65lsy2b");
  CHECK(punycode(U"-> $1.00 <-") == "-> $1.00 <--");
}

TEST_CASE("the mapping: case, width, composition, full stops") {
  CHECK(encoded("b\u00FCcher.example") == "xn--bcher-kva.example");
  CHECK(encoded("B\u00DCCHER.Example") == "xn--bcher-kva.example");
  CHECK(encoded("bu\u0308cher.example") == "xn--bcher-kva.example");  // composed
  CHECK(encoded("\uFF4C\uFF4F\uFF43\uFF41\uFF4C\uFF48\uFF4F\uFF53\uFF54") == "localhost");
  CHECK(encoded("\uFF11\uFF12\uFF17\u3002\uFF10\uFF0E\uFF10\uFF61\uFF11") == "127.0.0.1");
  CHECK(encoded("\u4F8B\u3048.\u30C6\u30B9\u30C8") == "xn--r8jz45g.xn--zckzah");
  CHECK(encoded("\uFF83\uFF7D\uFF84.\uFF76\uFF9E") == "xn--zckzah.xn--mck");     // half-width, a voiced mark
  CHECK(encoded("\u1100\u1161\u11A8.\uD55C\uAD6D") == "xn--p39a.xn--3e0b707e");  // Hangul
  CHECK(encoded("fa\u00DF.de") == "xn--fa-hia.de");                              // as browsers
  CHECK(encoded("\u03B2\u03CC\u03BB\u03BF\u03C2.com") == "xn--nxasmm1c.com");    // the final sigma
  CHECK(encoded("\u0130stanbul.example") == encoded("i\u0307stanbul.example"));
  CHECK(encoded("q\u0307\u0323.example") == encoded("q\u0323\u0307.example"));  // marks in their order
  CHECK(encoded("\U0001D4D0.example") == "xn--n41h.example");                   // beyond 16 bits, as it is
}

TEST_CASE("ASCII is returned as it is") {
  for (const char* host : {"", "localhost", "Example.ORG", "example.org.", "127.0.0.1", "::1", "fe80::1%eth0",
                           "<broadcast>", "no such host", "_srv._tcp", "xn--bcher-kva.example"}) {
    CHECK(encoded(host) == host);
  }
  CHECK(encoded(std::string(63, 'a') + ".b") == std::string(63, 'a') + ".b");
}

TEST_CASE("what is refused") {
  const auto refusal = [](std::string_view host) {
    const auto result = idna_encode(host);
    REQUIRE_FALSE(result);
    return result.error();
  };
  // Not UTF-8: a lone continuation, a cut character, overlong forms, a surrogate, beyond Unicode.
  for (const char* bytes :
       {"\x80", "a\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xF0\x9F\x98"}) {
    CHECK(refusal(bytes) == UsageErrc::host_encoding);
  }
  CHECK(refusal("a\u00A0b\u00FC") == UsageErrc::host_encoding);  // no-break space
  CHECK(refusal("a\u200Bb\u00FC") == UsageErrc::host_encoding);  // zero-width space
  CHECK(refusal("\uE000") == UsageErrc::host_encoding);          // private use
  CHECK(refusal("\u202Eabc") == UsageErrc::host_encoding);       // right-to-left override
  CHECK(refusal("\u0308a") == UsageErrc::host_encoding);         // begins with a mark
  CHECK(refusal("xn--\u00FC") == UsageErrc::host_encoding);
  CHECK(refusal("a..b") == UsageErrc::host_label);
  CHECK(refusal(".b") == UsageErrc::host_label);
  CHECK(refusal(".") == UsageErrc::host_label);
  CHECK(refusal("b..") == UsageErrc::host_label);
  CHECK(refusal("\u3002\u00FC") == UsageErrc::host_label);
  CHECK(refusal(std::string(64, 'a')) == UsageErrc::host_label);
  std::string umlauts;
  for (int i = 0; i < 60; ++i) umlauts += "\u00FC";
  CHECK(refusal(umlauts) == UsageErrc::host_label);
  CHECK(refusal(std::string_view("a\0b", 3)) == UsageErrc::embedded_nul);
  std::string name;
  for (int i = 0; i < 127; ++i) name += "a.";
  CHECK(encoded(name) == name);  // 253 and the final dot
  const Error error = refusal("b" + name);
  CHECK(error == UsageErrc::host_too_long);
  CHECK(error.message() == "everysock: host name too long: 254 bytes, at most 253 [usage]");
  CHECK(refusal(std::string(1 << 20, '\xFF')) == UsageErrc::host_too_long);
}

TEST_CASE("every function that takes a host translates it") {
  FakeBackend backend;
  Socket socket = backend.make_socket();
  const auto found = std::vector<AddressInfo>{{af_inet, sock_dgram, ipproto_udp, "", InetAddress{"10.0.0.1", 0}}};
  const auto asked = [&](auto call) {
    backend.last_query = {};
    backend.lookups = {found};
    CHECK(call());
    return backend.last_query.host;
  };
  const std::string host = "b\u00FCcher.example";
  const std::string ascii = "xn--bcher-kva.example";
  CHECK(asked([&] { return getaddrinfo(host, 80, af_inet, sock_stream, {}, {}, backend).has_value(); }) == ascii);
  CHECK(asked([&] { return socket.bind(InetAddress{host, 80}).has_value(); }) == ascii);
  CHECK(asked([&] { return socket.connect(InetAddress{host, 80}).has_value(); }) == ascii);
  CHECK(asked([&] { return socket.sendto("x", InetAddress{host, 80}).has_value(); }) == ascii);
  CHECK(asked([&] { return gethostbyname(host, backend).has_value(); }) == ascii);
  CHECK(asked([&] { return !gethostbyaddr(host, backend).has_value(); }) == ascii);
  CHECK(asked([&] { return create_connection({host, 80}, {}, backend).has_value(); }) == ascii);
  backend.entries = {HostEntry{"a", {}, {"10.0.0.1"}}};
  CHECK(gethostbyname_ex(host, backend));
  CHECK(backend.last_name == ascii);
  const auto refused = socket.connect(InetAddress{"\xFF", 80});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message() == "connect: encoding of hostname failed [usage]");
}

}  // namespace
}  // namespace everysock
