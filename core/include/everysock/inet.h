// Internet addresses as text and as packed bytes. Pure functions; they ask no system.
//
// Source: Python documentation, "Other functions" (spec rows function/inet_*); inet(3), inet_pton(3), RFC 5952.
#ifndef EVERYSOCK_INET_H_
#define EVERYSOCK_INET_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "everysock/buffer.h"
#include "everysock/constants.h"
#include "everysock/error.h"

namespace everysock {

// Four bytes in network order from IPv4 text in any of the classic forms: "10.1.2.3", "10.1.515", "10.66051",
// "167838211", with decimal, octal (0...) or hexadecimal (0x...) numbers, and anything after a blank ignored.
// UsageErrc::illegal_ip_text for other text.
Result<std::string> inet_aton(std::string_view ip_string);

// "10.1.2.3" from four bytes. UsageErrc::packed_length for another length.
Result<std::string> inet_ntoa(ConstBuffer packed_ip);

// 4 or 16 bytes for af_inet or af_inet6, from a strict dotted quad or IPv6 text (which may end in a dotted quad).
// UsageErrc::illegal_ip_text; EAFNOSUPPORT for another family.
Result<std::string> inet_pton(AddressFamily address_family, std::string_view ip_string);

// The canonical text: "7.10.0.5", "5aef:2b::8". UsageErrc::packed_length or unknown_family.
Result<std::string> inet_ntop(AddressFamily address_family, ConstBuffer packed_ip);

}  // namespace everysock

#endif  // EVERYSOCK_INET_H_
