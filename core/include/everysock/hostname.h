// The name of this machine: of the one where the backend's network is.
//
// Any thread. Source: Python documentation, "Other functions" (spec rows function/gethostname, sethostname);
// gethostname(2), sethostname(2).
#ifndef EVERYSOCK_HOSTNAME_H_
#define EVERYSOCK_HOSTNAME_H_

#include <string>
#include <string_view>

#include "everysock/default_backend.h"
#include "everysock/error.h"

namespace everysock {

// Not necessarily a fully qualified name: for that, getfqdn() (host_database.h). Audit event: audit::Gethostname.
Result<std::string> gethostname(Backend& backend = default_backend());

// Gives the machine another name, as bytes. EPERM without privilege, EACCES where a proxy's rules forbid it, EINVAL for
// a name that is too long (more than 64 bytes on Linux); UsageErrc::embedded_nul. Names in the host database stay what
// they are. Audit event: audit::Sethostname.
Result<void> sethostname(std::string_view name, Backend& backend = default_backend());

}  // namespace everysock

#endif  // EVERYSOCK_HOSTNAME_H_
