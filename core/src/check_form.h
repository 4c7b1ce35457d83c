// Whether an address is one for the socket: the forms without a host, which need no resolver.
#ifndef EVERYSOCK_CORE_CHECK_FORM_H_
#define EVERYSOCK_CORE_CHECK_FORM_H_

#include "everysock/address.h"
#include "everysock/error.h"

namespace everysock::internal {

// The usage error of an `address` that no socket of this family and protocol can have: another form, or a field that
// the form does not take. Families with hosts are resolve()'s; a family the library has no form for is bad_family.
Result<void> check_form(Operation operation, AddressFamily family, Protocol protocol, const Address& address);

}  // namespace everysock::internal

#endif  // EVERYSOCK_CORE_CHECK_FORM_H_
