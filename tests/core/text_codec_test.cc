// What Python's codecs make of the same bytes and text: text_codec_vectors.inc, which text_codec_vectors.py writes.
#include "src/text_codec.h"

#include <doctest/doctest.h>

#include <string>

#include "src/utf8.h"

namespace everysock::internal {
namespace {

using namespace std::string_view_literals;

struct Vector {
  std::string_view encoding;
  std::string_view errors;
  std::string_view input;
  bool succeeds;
  std::string_view output;  // of a failure: what comes before it
};

constexpr Vector kDecoding[] = {
#define EVERYSOCK_DECODES(encoding, errors, input, succeeds, output) \
  {encoding, errors, input##sv, succeeds, output##sv},
#define EVERYSOCK_ENCODES(encoding, errors, input, succeeds, output)
#include "tests/core/text_codec_vectors.inc"
#undef EVERYSOCK_DECODES
#undef EVERYSOCK_ENCODES
};

constexpr Vector kEncoding[] = {
#define EVERYSOCK_DECODES(encoding, errors, input, succeeds, output)
#define EVERYSOCK_ENCODES(encoding, errors, input, succeeds, output) \
  {encoding, errors, input##sv, succeeds, output##sv},
#include "tests/core/text_codec_vectors.inc"
#undef EVERYSOCK_DECODES
#undef EVERYSOCK_ENCODES
};

TextCodec codec(const Vector& vector) {
  return TextCodec(find_encoding(vector.encoding).value(), find_error_handler(vector.errors).value());
}

TEST_CASE("bytes decode as Python decodes them, whole and in two pieces") {
  for (const Vector& vector : kDecoding) {
    for (std::size_t cut = 0; cut <= vector.input.size(); ++cut) {
      CAPTURE(vector.encoding);
      CAPTURE(vector.errors);
      CAPTURE(vector.input);
      CAPTURE(cut);
      std::string text;
      auto decoded = codec(vector).decode(vector.input.substr(0, cut), false, text);
      if (!decoded.failed) decoded = codec(vector).decode(vector.input.substr(decoded.consumed), true, text);
      CHECK(decoded.failed != vector.succeeds);
      CHECK(text == vector.output);
    }
  }
}

TEST_CASE("text encodes as Python encodes it") {
  for (const Vector& vector : kEncoding) {
    CAPTURE(vector.encoding);
    CAPTURE(vector.errors);
    CAPTURE(vector.input);
    std::string bytes;
    const auto failed = codec(vector).encode(vector.input, bytes);
    CHECK(failed.has_value() != vector.succeeds);
    CHECK(bytes == vector.output);
  }
}

TEST_CASE("text that is no UTF-8 does not encode") {
  std::string bytes;
  CHECK(TextCodec(Encoding::utf8, ErrorHandler::strict).encode("a\xff", bytes) == 1u);
  CHECK(TextCodec(Encoding::utf8, ErrorHandler::surrogateescape).encode("\xc3\xa9\xc3", bytes) == 1u);
  bytes.clear();
  CHECK_FALSE(TextCodec(Encoding::utf8, ErrorHandler::ignore)
                  .encode("a\xff"
                          "b",
                          bytes));
  CHECK(bytes == "ab");
  bytes.clear();
  CHECK_FALSE(TextCodec(Encoding::latin1, ErrorHandler::replace)
                  .encode("a\xff"
                          "b",
                          bytes));
  CHECK(bytes == "a?b");
}

TEST_CASE("names") {
  CHECK(find_encoding("UTF-8") == Encoding::utf8);
  CHECK(find_encoding("utf_8") == Encoding::utf8);
  CHECK(find_encoding("iso8859_1") == Encoding::latin1);
  CHECK(find_encoding("US-ASCII") == Encoding::ascii);
  CHECK_FALSE(find_encoding(""));
  CHECK_FALSE(find_encoding("utf-16"));
  CHECK_FALSE(find_encoding("utf-8-sig"));
  CHECK(find_error_handler("replace") == ErrorHandler::replace);
  CHECK_FALSE(find_error_handler("Strict"));
  CHECK_FALSE(find_error_handler(""));
}

TEST_CASE("what is not all of a character") {
  for (const std::string_view character : {"a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xed\xb2\x80"}) {
    for (const std::string_view before : {"", "b", "\xc3\xa9", "\xff"}) {
      for (std::size_t size = 0; size < character.size(); ++size) {
        CHECK(incomplete_suffix(std::string(before) + std::string(character.substr(0, size))) == size);
      }
      CHECK(incomplete_suffix(std::string(before) + std::string(character)) == 0);
    }
  }
  CHECK(incomplete_suffix("\x80\x80\x80\x80") == 0);
  CHECK(incomplete_suffix("\xc3\xa9\xa9") == 0);
  CHECK(incomplete_suffix("\xff") == 0);
}

TEST_CASE("characters are counted by their first bytes") {
  CHECK(count_characters("") == 0);
  CHECK(count_characters("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80") == 4);
  CHECK(count_characters("\xed\xb2\x80") == 1);
}

}  // namespace
}  // namespace everysock::internal
