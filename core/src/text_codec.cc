#include "src/text_codec.h"

#include "absl/strings/ascii.h"

#include "src/utf8.h"

namespace everysock::internal {

std::optional<Encoding> find_encoding(std::string_view name) {
  std::string folded;
  for (const char c : name) folded += c == '_' || c == ' ' ? '-' : absl::ascii_tolower(static_cast<unsigned char>(c));
  for (const std::string_view known : {"utf-8", "utf8", "u8", "utf", "cp65001"}) {
    if (folded == known) return Encoding::utf8;
  }
  for (const std::string_view known :
       {"latin-1", "latin1", "latin", "l1", "iso-8859-1", "iso8859-1", "8859", "cp819"}) {
    if (folded == known) return Encoding::latin1;
  }
  for (const std::string_view known : {"ascii", "us-ascii", "646", "ansi-x3.4-1968"}) {
    if (folded == known) return Encoding::ascii;
  }
  return std::nullopt;
}

std::optional<ErrorHandler> find_error_handler(std::string_view name) noexcept {
  if (name == "strict") return ErrorHandler::strict;
  if (name == "ignore") return ErrorHandler::ignore;
  if (name == "replace") return ErrorHandler::replace;
  if (name == "surrogateescape") return ErrorHandler::surrogateescape;
  return std::nullopt;
}

// ---- decoding ----

// Whether reading goes on behind `bytes`, which do not decode.
bool TextCodec::decode_invalid(std::string_view bytes, std::string& text) const {
  switch (errors_) {
    case ErrorHandler::strict:
      return false;
    case ErrorHandler::ignore:
      return true;
    case ErrorHandler::replace:
      text += "\xef\xbf\xbd";
      return true;
    case ErrorHandler::surrogateescape:
      for (const char byte : bytes) append_escaped(static_cast<unsigned char>(byte), text);
      return true;
  }
  return false;
}

TextCodec::Decoded TextCodec::decode(std::string_view bytes, bool final, std::string& text) const {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::string_view rest = bytes.substr(at);
    if (const std::size_t plain = ascii_prefix(rest); plain > 0) {
      text += rest.substr(0, plain);
      at += plain;
      continue;
    }
    if (encoding_ == Encoding::latin1) {
      append_latin1(static_cast<unsigned char>(rest.front()), text);
      ++at;
      continue;
    }
    Utf8Unit unit{Utf8Unit::Kind::invalid, 1, 0};
    if (encoding_ == Encoding::utf8) unit = next_utf8(rest);
    if (unit.kind == Utf8Unit::Kind::character) {
      text += rest.substr(0, unit.length);
    } else if (unit.kind == Utf8Unit::Kind::incomplete && !final) {
      return {at, false};
    } else if (!decode_invalid(rest.substr(0, unit.length), text)) {
      return {at, true};
    }
    at += unit.length;
  }
  return {at, false};
}

// ---- encoding ----

// Whether writing goes on behind a character that has no bytes (`code` 0: no character at all).
bool TextCodec::encode_unencodable(char32_t code, std::string& bytes) const {
  switch (errors_) {
    case ErrorHandler::strict:
      return false;
    case ErrorHandler::ignore:
      return true;
    case ErrorHandler::replace:
      bytes += '?';
      return true;
    case ErrorHandler::surrogateescape:
      if (code < 0xdc80 || code > 0xdcff) return false;
      bytes += static_cast<char>(code & 0xff);
      return true;
  }
  return false;
}

bool TextCodec::encode_character(std::string_view character, char32_t code, std::string& bytes) const {
  if (encoding_ == Encoding::utf8) {
    bytes += character;
    return true;
  }
  if (encoding_ == Encoding::latin1 && code <= 0xff) {
    bytes += static_cast<char>(code);
    return true;
  }
  return encode_unencodable(code, bytes);
}

std::optional<std::size_t> TextCodec::encode(std::string_view text, std::string& bytes) const {
  std::size_t characters = 0;
  while (!text.empty()) {
    if (const std::size_t plain = ascii_prefix(text); plain > 0) {
      bytes += text.substr(0, plain);
      characters += plain;
      text.remove_prefix(plain);
      continue;
    }
    const char32_t escape = surrogate(text);
    const Utf8Unit unit = next_utf8(text);
    const std::size_t length = escape != 0 ? 3 : unit.length;
    const bool encoded = unit.kind == Utf8Unit::Kind::character
                             ? encode_character(text.substr(0, length), unit.code, bytes)
                             : encode_unencodable(escape, bytes);
    if (!encoded) return characters;
    ++characters;
    text.remove_prefix(length);
  }
  return std::nullopt;
}

}  // namespace everysock::internal
