// Rows of the tables that translate constants: a portable one and the system's number.
#ifndef EVERYSOCK_PLATFORM_CONSTANT_ROWS_H_
#define EVERYSOCK_PLATFORM_CONSTANT_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <optional>

namespace everysock::platform {

template <typename T>
struct Row {
  T portable;
  int native;
};

// A native() constant is the number it carries; nothing where the system lacks the constant.
template <typename T, std::size_t N>
std::optional<int> native_of(const Row<T> (&rows)[N], T portable) noexcept {
  if (portable.is_native()) return static_cast<int>(portable.value());
  for (const Row<T>& row : rows) {
    if (row.portable == portable) return row.native;
  }
  return std::nullopt;
}

// A number that the table does not know becomes T::native().
template <typename T, std::size_t N>
T portable_of(const Row<T> (&rows)[N], int native) noexcept {
  for (const Row<T>& row : rows) {
    if (row.native == native) return row.portable;
  }
  return T::native(static_cast<std::uint32_t>(native));
}

// Nothing where a bit has no native counterpart.
template <typename T, std::size_t N>
std::optional<int> native_bits(const Row<T> (&rows)[N], T portable) noexcept {
  int native = 0;
  for (const Row<T>& row : rows) {
    if (!portable.has(row.portable)) continue;
    native |= row.native;
    portable &= ~row.portable;
  }
  return portable ? std::nullopt : std::optional(native);
}

// The bits that the table knows.
template <typename T, std::size_t N>
T portable_bits(const Row<T> (&rows)[N], int native) noexcept {
  T portable;
  for (const Row<T>& row : rows) {
    if ((native & row.native) == row.native) portable |= row.portable;
  }
  return portable;
}

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_CONSTANT_ROWS_H_
