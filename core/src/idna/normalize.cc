#include "src/idna/normalize.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace everysock::internal::idna {
namespace {

// first, first + step, ... last become themselves plus delta.
struct Shift {
  char32_t first;
  char32_t last;
  std::uint8_t step;
  std::int32_t delta;
};
// One character is the canonical equivalent of one or two others (second 0: one).
struct Decomposition {
  char32_t composed;
  char32_t first;
  char32_t second;
};
struct CombiningClass {
  char32_t first;
  char32_t last;
  std::uint8_t value;
};
struct Range {
  char32_t first;
  char32_t last;
};

#include "src/idna/tables.inc"

// Hangul syllables are computed: The Unicode Standard, 3.12.
constexpr char32_t kHangulS = 0xac00, kHangulL = 0x1100, kHangulV = 0x1161, kHangulT = 0x11a7;
constexpr char32_t kHangulLs = 19, kHangulVs = 21, kHangulTs = 28, kHangulSs = kHangulLs * kHangulVs * kHangulTs;

// The entry of a sorted table whose range covers `c`.
template <typename Entry, std::size_t N>
const Entry* find_range(const Entry (&table)[N], char32_t c) noexcept {
  const Entry* const after =
      std::upper_bound(std::begin(table), std::end(table), c, [](char32_t x, const Entry& e) { return x < e.first; });
  if (after == std::begin(table) || c > std::prev(after)->last) return nullptr;
  return std::prev(after);
}

char32_t mapped(char32_t c) noexcept {
  const Shift* const shift = find_range(kShifts, c);
  if (shift == nullptr || (c - shift->first) % shift->step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + shift->delta);
}

void append_decomposed(std::u32string& out, char32_t c) {
  if (c >= kHangulS && c < kHangulS + kHangulSs) {
    const char32_t index = c - kHangulS;
    out += kHangulL + index / (kHangulVs * kHangulTs);
    out += kHangulV + index % (kHangulVs * kHangulTs) / kHangulTs;
    if (index % kHangulTs != 0) out += kHangulT + index % kHangulTs;
    return;
  }
  const auto* const found = std::lower_bound(std::begin(kDecompositions), std::end(kDecompositions), c,
                                             [](const Decomposition& d, char32_t x) { return d.composed < x; });
  if (found == std::end(kDecompositions) || found->composed != c) {
    out += c;
    return;
  }
  append_decomposed(out, found->first);
  if (found->second != 0) append_decomposed(out, found->second);
}

std::optional<char32_t> composed(char32_t first, char32_t second) noexcept {
  if (first - kHangulL < kHangulLs && second - kHangulV < kHangulVs) {
    return kHangulS + ((first - kHangulL) * kHangulVs + (second - kHangulV)) * kHangulTs;
  }
  if (first - kHangulS < kHangulSs && (first - kHangulS) % kHangulTs == 0 && second - kHangulT - 1 < kHangulTs - 1) {
    return first + (second - kHangulT);
  }
  const auto* const found =
      std::lower_bound(std::begin(kCompositions), std::end(kCompositions), 0, [&](std::uint16_t index, int) {
        const Decomposition& d = kDecompositions[index];
        return d.first != first ? d.first < first : d.second < second;
      });
  if (found == std::end(kCompositions)) return std::nullopt;
  const Decomposition& d = kDecompositions[*found];
  if (d.first != first || d.second != second) return std::nullopt;
  return d.composed;
}

// Marks in the order of their classes, those of one class as they are.
void reorder_marks(std::u32string& text) {
  for (auto begin = text.begin(); begin != text.end();) {
    if (combining_class(*begin) == 0) {
      ++begin;
      continue;
    }
    const auto end = std::find_if(begin, text.end(), [](char32_t c) { return combining_class(c) == 0; });
    std::stable_sort(begin, end, [](char32_t a, char32_t b) { return combining_class(a) < combining_class(b); });
    begin = end;
  }
}

std::u32string compose(const std::u32string& text) {
  std::u32string out;
  std::optional<std::size_t> starter;
  std::uint8_t last_class = 0;  // of what stands between the starter and here; 0: nothing does
  for (const char32_t c : text) {
    const std::uint8_t own_class = combining_class(c);
    const bool adjacent = starter && *starter + 1 == out.size();
    if (starter && (adjacent || last_class < own_class)) {
      if (const auto both = composed(out[*starter], c)) {
        out[*starter] = *both;
        continue;
      }
    }
    if (own_class == 0) starter = out.size();
    last_class = own_class;
    out += c;
  }
  return out;
}

}  // namespace

std::uint8_t combining_class(char32_t c) noexcept {
  const CombiningClass* const found = find_range(kCombiningClasses, c);
  return found == nullptr ? 0 : found->value;
}

bool is_prohibited(char32_t c) noexcept { return find_range(kProhibited, c) != nullptr; }

std::u32string map_and_compose(std::u32string_view text) {
  std::u32string decomposed;
  for (const char32_t c : text) append_decomposed(decomposed, c);
  std::u32string folded;
  for (const char32_t c : decomposed) append_decomposed(folded, mapped(c));
  reorder_marks(folded);
  return compose(folded);
}

}  // namespace everysock::internal::idna
