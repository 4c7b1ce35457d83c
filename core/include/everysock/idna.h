// Host names of any script, as the domain name system wants them: "bücher.example" is "xn--bcher-kva.example".
//
// Every function here that takes a host does this by itself; the function below is for programs that need the result,
// for a TLS server name or an HTTP header, say.
//
// What is done is the lookup of IDNA 2008 (RFC 5891) with the mapping of RFC 5895: text is put into lower case, full-
// and half-width characters become ordinary ones, and what can be composed is (NFC); the ideographic full stops
// U+3002, U+FF0E and U+FF61 separate labels as "." does; each label that is not ASCII then becomes "xn--" and its
// Punycode (RFC 3492). As in browsers, and other than in IDNA 2003, "ß" and the final sigma stay what they are. Which
// characters a registry allows is left to the registry; control characters, blanks, private and unassignable code
// points (tables C of RFC 3454) are refused. ASCII text is returned as it is.
//
// Source: spec rows behaviour/B59, family/AF_INET. The tables are those of Unicode 14.
#ifndef EVERYSOCK_IDNA_H_
#define EVERYSOCK_IDNA_H_

#include <string>
#include <string_view>

#include "everysock/error.h"

namespace everysock {

// `host`, in UTF-8, as ASCII. Usage errors: host_encoding (not UTF-8; a character that is refused; a label that begins
// with a combining mark, or with "xn--" and is not ASCII), host_label (an empty label, or one that takes more than 63
// bytes; the last one may be empty: "example."), host_too_long (more than 253 bytes), embedded_nul. A numeric address
// is returned as it is. Any thread.
Result<std::string> idna_encode(std::string_view host);

}  // namespace everysock

#endif  // EVERYSOCK_IDNA_H_
