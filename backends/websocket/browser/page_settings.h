// Where a page's program, or Node.js's, finds its proxy.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_PAGE_SETTINGS_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_PAGE_SETTINGS_H_

#include "backends/websocket/websocket_backend.h"

namespace everysock::websocket {

// The url and token that the page has put into `Module.everysock`; in Node.js otherwise those of the environment,
// EVERYSOCK_PROXY_URL and EVERYSOCK_PROXY_TOKEN. What is set nowhere stays empty. Any thread; asks the page's own.
WebsocketOptions page_settings();

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_BROWSER_PAGE_SETTINGS_H_
