#include "src/newlines.h"

#include <doctest/doctest.h>

namespace everysock::internal {
namespace {

// `text` through a reader in pieces of `size`.
std::string read(Newline newline, std::string_view text, std::size_t size) {
  NewlineReader reader(newline);
  std::string result;
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    reader.append(text.substr(0, size), false, result);
  }
  reader.append("", true, result);
  return result;
}

TEST_CASE("line ends are the same however the text is cut") {
  constexpr std::string_view text = "a\nb\rc\r\nd\r\r\n\n\r\n\r";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    CAPTURE(size);
    CHECK(read(Newline::translate, text, size) == "a\nb\nc\nd\n\n\n\n\n");
    for (const Newline newline : {Newline::any, Newline::lf, Newline::cr, Newline::crlf}) {
      CHECK(read(newline, text, size) == text);
    }
  }
}

TEST_CASE("a carriage return is kept back only where what follows matters") {
  for (const Newline newline : {Newline::translate, Newline::any, Newline::lf, Newline::cr, Newline::crlf}) {
    NewlineReader reader(newline);
    std::string text;
    reader.append("a\r", false, text);
    CHECK(text.size() == (newline == Newline::any ? 1 : 2));
  }
}

TEST_CASE("lines end where they should") {
  constexpr auto npos = std::string_view::npos;
  const auto length = [](Newline newline, std::string_view text, std::size_t from = 0) {
    return NewlineReader(newline).line_length(text, from);
  };
  CHECK(length(Newline::translate, "ab\ncd") == 3);
  CHECK(length(Newline::lf, "a\rb\r\ncd") == 5);
  CHECK(length(Newline::cr, "a\nb\r\ncd") == 4);
  CHECK(length(Newline::crlf, "a\nb\rc\r\nd") == 7);
  CHECK(length(Newline::crlf, "abc\r\nd", 4) == 5);  // the end lies across what was searched
  CHECK(length(Newline::any, "a\rb") == 2);
  CHECK(length(Newline::any, "a\r\nb") == 3);
  CHECK(length(Newline::any, "a\n\rb") == 2);
  for (const Newline newline : {Newline::translate, Newline::any, Newline::lf, Newline::cr, Newline::crlf}) {
    CHECK(length(newline, "no end") == npos);
    CHECK(length(newline, "") == npos);
  }
}

TEST_CASE("what is written") {
  CHECK(written_newlines(Newline::translate, "a\nb\r\n") == "a\nb\r\n");
  CHECK(written_newlines(Newline::any, "a\nb\r\n") == "a\nb\r\n");
  CHECK(written_newlines(Newline::lf, "a\nb\r\n") == "a\nb\r\n");
  CHECK(written_newlines(Newline::cr, "a\nb\r\n") == "a\rb\r\r");
  CHECK(written_newlines(Newline::crlf, "a\nb\r\n") == "a\r\nb\r\r\n");
}

TEST_CASE("the argument") {
  CHECK(find_newline(std::nullopt) == Newline::translate);
  CHECK(find_newline("") == Newline::any);
  CHECK(find_newline("\r\n") == Newline::crlf);
  CHECK_FALSE(find_newline("\n\r"));
  CHECK_FALSE(find_newline(std::string_view("\n\0", 2)));
}

}  // namespace
}  // namespace everysock::internal
