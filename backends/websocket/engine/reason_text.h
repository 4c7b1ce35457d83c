// Texts from a server that must outlive everything: Support::reason has static storage.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_REASON_TEXT_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_REASON_TEXT_H_

#include <string_view>

namespace everysock::websocket {

// A copy of `text` that lives as long as the process; the same text is kept once. The number of texts is bounded: where
// servers have said too much, it is a general phrase instead. Any thread.
std::string_view lasting_reason(std::string_view text);

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_REASON_TEXT_H_
