#include "src/idna/idna.h"

#include <algorithm>

#include "src/idna/normalize.h"
#include "src/idna/punycode.h"

namespace everysock::internal::idna {
namespace {

constexpr char32_t kIdeographicFullStop = 0x3002;

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
std::optional<std::u32string> decode_utf8(std::string_view text) {
  std::u32string decoded;
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
    if (size == 0 || size > text.size()) return std::nullopt;
    char32_t c = size == 1 ? lead : lead & (0x7fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if ((byte & 0xc0) != 0x80) return std::nullopt;
      c = c << 6 | (byte & 0x3f);
    }
    constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < kLeast[size] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return std::nullopt;
    decoded.push_back(c);
    text.remove_prefix(size);
  }
  return decoded;
}

bool is_ascii(std::u32string_view label) {
  return std::all_of(label.begin(), label.end(), [](char32_t c) { return c < 0x80; });
}

std::optional<std::string> label_to_ascii(std::u32string_view label) {
  if (is_ascii(label)) return std::string(label.begin(), label.end());
  if (combining_class(label.front()) != 0 || label.starts_with(U"xn--")) return std::nullopt;
  const auto encoded = punycode(label);
  if (!encoded) return std::nullopt;
  return "xn--" + *encoded;
}

}  // namespace

std::optional<std::string> to_ascii(std::string_view host) {
  const auto text = decode_utf8(host);
  if (!text || std::any_of(text->begin(), text->end(), is_prohibited)) return std::nullopt;
  const std::u32string mapped = map_and_compose(*text);
  std::string name;
  for (std::u32string_view rest = mapped;;) {
    const auto dot =
        std::find_if(rest.begin(), rest.end(), [](char32_t c) { return c == '.' || c == kIdeographicFullStop; });
    const auto size = static_cast<std::size_t>(dot - rest.begin());
    const auto label = label_to_ascii(rest.substr(0, size));
    if (!label) return std::nullopt;
    name += *label;
    if (dot == rest.end()) return name;
    name += '.';
    rest.remove_prefix(size + 1);
  }
}

}  // namespace everysock::internal::idna
