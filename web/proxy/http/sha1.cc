#include "web/proxy/http/sha1.h"

#include <boost/uuid/detail/sha1.hpp>

namespace everysock::proxy {

std::string sha1(std::string_view bytes) {
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

}  // namespace everysock::proxy
