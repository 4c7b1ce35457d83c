#include "src/newlines.h"

namespace everysock::internal {

std::optional<Newline> find_newline(std::optional<std::string_view> newline) noexcept {
  if (!newline) return Newline::translate;
  if (newline->empty()) return Newline::any;
  if (*newline == "\n") return Newline::lf;
  if (*newline == "\r") return Newline::cr;
  if (*newline == "\r\n") return Newline::crlf;
  return std::nullopt;
}

void NewlineReader::append(std::string_view piece, bool final, std::string& text) {
  switch (newline_) {
    case Newline::translate:
      for (const char c : piece) {
        if (c != '\n' || !after_cr_) text += c == '\r' ? '\n' : c;
        after_cr_ = c == '\r';
      }
      return;
    case Newline::any:
      if (piece.empty() && !final) return;
      if (after_cr_) text += '\r';
      after_cr_ = !final && piece.ends_with('\r');
      text += piece.substr(0, piece.size() - (after_cr_ ? 1 : 0));
      return;
    default:
      text += piece;
  }
}

std::size_t NewlineReader::line_length(std::string_view text, std::size_t from) const noexcept {
  constexpr std::size_t npos = std::string_view::npos;
  const auto behind = [](std::size_t at, std::size_t length) { return at == npos ? npos : at + length; };
  switch (newline_) {
    case Newline::translate:
    case Newline::lf:
      return behind(text.find('\n', from), 1);
    case Newline::cr:
      return behind(text.find('\r', from), 1);
    case Newline::crlf:
      return behind(text.find("\r\n", from > 0 ? from - 1 : 0), 2);
    case Newline::any:
      break;
  }
  const std::size_t at = text.find_first_of("\r\n", from);
  if (at == npos) return npos;
  return at + (text.substr(at).starts_with("\r\n") ? 2 : 1);
}

std::string written_newlines(Newline newline, std::string_view text) {
  if (newline != Newline::cr && newline != Newline::crlf) return std::string(text);
  const std::string_view end = newline == Newline::cr ? "\r" : "\r\n";
  std::string written;
  written.reserve(text.size() + 16);
  for (const char c : text) {
    if (c == '\n') {
      written += end;
    } else {
      written += c;
    }
  }
  return written;
}

}  // namespace everysock::internal
