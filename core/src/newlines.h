// Where lines end in text files (MakefileOptions::newline).
#ifndef EVERYSOCK_CORE_NEWLINES_H_
#define EVERYSOCK_CORE_NEWLINES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace everysock::internal {

enum class Newline : std::uint8_t { translate, any, lf, cr, crlf };

// nullopt where `newline` is none of the five.
std::optional<Newline> find_newline(std::optional<std::string_view> newline) noexcept;

// Incoming text, piece by piece.
class NewlineReader {
 public:
  explicit NewlineReader(Newline newline) noexcept : newline_(newline) {}

  // Appends `piece` as a reader shall see it. A "\r" at its end that a "\n" may follow is kept back where it matters.
  // `final`: nothing follows.
  void append(std::string_view piece, bool final, std::string& text);

  // How long the first line of `text` is, with its end; npos where the end is not there. Only from `from` on is there
  // anything new.
  std::size_t line_length(std::string_view text, std::size_t from) const noexcept;

 private:
  Newline newline_;
  bool after_cr_ = false;  // translate: a "\n" now belongs to the "\r" before; any: a "\r" is kept back
};

// `text` with its "\n" as they are written.
std::string written_newlines(Newline newline, std::string_view text);

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_NEWLINES_H_
