#include "backends/websocket/transports/websocket_accept.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include <boost/uuid/detail/sha1.hpp>

namespace everysock::websocket {
namespace {

// SHA-1 because the RFC asks for it; nothing here is secured by it.
std::string sha1(const std::string& bytes) {
  boost::uuids::detail::sha1 hash;
  hash.process_bytes(bytes.data(), bytes.size());
  boost::uuids::detail::sha1::digest_type digest;
  hash.get_digest(digest);
  std::string result;
  // Five words until Boost 1.85, twenty bytes since.
  for (const auto part : digest) {
    for (int shift = static_cast<int>(sizeof(part) - 1) * 8; shift >= 0; shift -= 8) {
      result += static_cast<char>(static_cast<unsigned>(part) >> shift & 0xffu);
    }
  }
  return result;
}

}  // namespace

std::string websocket_accept(std::string_view key) {
  const absl::string_view text(key.data(), key.size());
  return absl::Base64Escape(sha1(absl::StrCat(text, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}

}  // namespace everysock::websocket
