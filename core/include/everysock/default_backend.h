// The backend that module functions use when none is named.
#ifndef EVERYSOCK_DEFAULT_BACKEND_H_
#define EVERYSOCK_DEFAULT_BACKEND_H_

namespace everysock {

class Backend;

// The platform's own (posix on Linux, BSD and macOS; winsock on Windows; websocket in a browser or Node; wasi on WASI),
// made on first use and kept until the process ends; or what set_default_backend() was given. Any thread.
Backend& default_backend();

// Takes another default, which must outlive every socket made with it. To be called once, before the first use:
// returns false, and changes nothing, when the default is already settled. Any thread.
[[nodiscard]] bool set_default_backend(Backend& backend);

}  // namespace everysock

#endif  // EVERYSOCK_DEFAULT_BACKEND_H_
