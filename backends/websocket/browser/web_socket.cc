#include "backends/websocket/browser/web_socket.h"

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

#include <cstdlib>

namespace everysock::websocket {
namespace {

WebSocketEvents& events_at(void* events) { return *static_cast<WebSocketEvents*>(events); }

}  // namespace
}  // namespace everysock::websocket

// What JavaScript calls.
extern "C" {
EMSCRIPTEN_KEEPALIVE void everysock_on_open(void* events) { everysock::websocket::events_at(events).on_open(); }
EMSCRIPTEN_KEEPALIVE char* everysock_room_for(void* events, std::size_t size) {
  return everysock::websocket::events_at(events).room_for(size);
}
EMSCRIPTEN_KEEPALIVE void everysock_on_message(void* events, const char* bytes, std::size_t size) {
  everysock::websocket::events_at(events).on_message({bytes, size});
}
EMSCRIPTEN_KEEPALIVE void everysock_on_text_message(void* events) {
  everysock::websocket::events_at(events).on_text_message();
}
EMSCRIPTEN_KEEPALIVE void everysock_on_close(void* events, int code, const char* reason, int refused) {
  everysock::websocket::events_at(events).on_close({static_cast<std::uint16_t>(code), reason, refused != 0});
}
EMSCRIPTEN_KEEPALIVE void everysock_on_second(void* events) { everysock::websocket::events_at(events).on_second(); }
}

// clang-format off
EM_JS_DEPS(everysock_web_socket, "$UTF8ToString,$stringToUTF8OnStack,$stackSave,$stackRestore");

// The WebSocket in use by `events` is in Module.everysockLinks; events of any other are ignored, and all where the
// program has been aborted.
EM_JS(void, everysock_web_socket_open, (const char* url, void* events), {
  const links = (Module.everysockLinks ||= new Map());
  const link = {};
  links.set(events, link);
  const inUse = () => links.get(events) === link && !ABORT;
  let trouble = "";
  let opened = false;
  const refusals = {
    'bad-origin': 'does not let pages of this origin in (everysock-proxy --origin)',
    'bad-host': 'does not go by this name (everysock-proxy --host)',
    'bad-token': 'wants another token (Module.everysock.token; Node.js: EVERYSOCK_PROXY_TOKEN)',
  };
  const end = (code, reason, refused) => {
    if (!inUse()) return;
    links.delete(events);
    clearTimeout(link.patience);
    clearInterval(link.seconds);
    const stack = stackSave();
    _everysock_on_close(events, code, stringToUTF8OnStack(reason), refused ? 1 : 0);
    stackRestore(stack);
  };
  // Once, however often the program tries again.
  const tell = (text) => {
    if (Module.everysockTold !== text) console.error(`everysock: ${text}`);
    Module.everysockTold = text;
  };
  const giveUp = (text) => {
    if (!inUse()) return;
    tell(text);
    end(1006, text, false);
  };
  const giveUpLater = (text) => { link.patience = setTimeout(giveUp, 0, text); };

  let where = UTF8ToString(url);
  if (!where) {
    if (!globalThis.location?.host) return giveUpLater('no URL of a proxy (Node.js: set EVERYSOCK_PROXY_URL)');
    where = (location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/everysock';
  }
  let socket;
  try {
    if (typeof WebSocket == 'function') {
      socket = new WebSocket(where, 'everysock.v1');
      socket.binaryType = 'arraybuffer';
    } else {
      const options = { perMessageDeflate: false };
      socket = new (require('ws'))(where, 'everysock.v1', options);
      socket.binaryType = 'nodebuffer';
      socket.on('unexpected-response', (request, response) => {
        const refused = response.statusCode === 401 || response.statusCode === 403;
        tell(`${where} answers with HTTP status ${response.statusCode}`);
        end(1006, `HTTP status ${response.statusCode}`, refused);
        socket.terminate();
      });
    }
  } catch (error) {
    return giveUpLater(`no WebSocket to ${where}: ${error.message}`);
  }
  link.socket = socket;
  link.patience = setTimeout(() => {
    giveUp(`no answer from ${where} within 10 s`);
    socket.close();
  }, 10000);

  socket.onopen = () => {
    if (!inUse()) return;
    opened = true;
    clearTimeout(link.patience);
    link.seconds = setInterval(() => {
      if (!ABORT) return _everysock_on_second(events);
      clearInterval(link.seconds);
      socket.close();
    }, 1000);
    _everysock_on_open(events);
  };
  socket.onmessage = (event) => {
    if (!inUse()) return;
    Module.everysockTold = undefined;
    const data = event.data;
    if (typeof data == 'string') return _everysock_on_text_message(events);
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
    const room = _everysock_room_for(events, bytes.length);
    HEAPU8.set(bytes, room);
    _everysock_on_message(events, room, bytes.length);
  };
  socket.onerror = (event) => { trouble = event.message || ""; };  // onclose follows
  socket.onclose = (event) => {
    if (!opened && inUse()) {
      tell(`no WebSocket to ${where} ${trouble && `(${trouble})`}: ` +
           'is everysock-proxy running there?');
    }
    if (inUse() && event.reason in refusals) tell(`${where} ${refusals[event.reason]}`);
    end(event.code, event.reason || trouble, false);
  };
});

EM_JS(void, everysock_web_socket_send, (void* events, const char* bytes, size_t size), {
  // Browsers do not send from memory that other threads may write to. Most messages are small: what they are copied to
  // is kept, because memory that is thrown away with each of them is more work than the copy.
  const link = Module.everysockLinks.get(events);
  if (!link) return;
  const data = HEAPU8.subarray(bytes, bytes + size);
  // The package ws may keep what it is given.
  if (size > 4096 || typeof WebSocket != 'function') return link.socket.send(data.slice());
  const copy = (link.copy ||= new Uint8Array(4096));
  copy.set(data);
  link.socket.send(copy.subarray(0, size));
});

EM_JS(size_t, everysock_web_socket_buffered, (void* events), {
  return Module.everysockLinks.get(events)?.socket.bufferedAmount ?? 0;
});

EM_JS(void, everysock_web_socket_drop, (void* events, int code, const char* reason), {
  const link = Module.everysockLinks?.get(events);
  if (!link) return;
  Module.everysockLinks.delete(events);
  clearTimeout(link.patience);
  clearInterval(link.seconds);
  const socket = link.socket;
  if (!socket) return;
  socket.onopen = socket.onmessage = socket.onclose = null;
  socket.onerror = () => {};
  // Programs may send no close codes between 1001 and 2999.
  socket.close(code === 1000 ? 1000 : code + 2000, UTF8ToString(reason));
});

EM_JS(void, everysock_web_socket_close_all, (), {
  for (const link of Module.everysockLinks?.values() ?? []) {
    clearTimeout(link.patience);
    clearInterval(link.seconds);
    link.socket?.close(1000);
  }
  Module.everysockLinks?.clear();
});
// clang-format on

namespace everysock::websocket::web_socket {

void open(const std::string& url, WebSocketEvents& events) { everysock_web_socket_open(url.c_str(), &events); }

void send(WebSocketEvents& events, std::string_view bytes) {
  everysock_web_socket_send(&events, bytes.data(), bytes.size());
}

std::size_t buffered(WebSocketEvents& events) { return everysock_web_socket_buffered(&events); }

void drop(WebSocketEvents& events, std::uint16_t code, const std::string& reason) {
  everysock_web_socket_drop(&events, code, reason.c_str());
}

void close_at_exit() { [[maybe_unused]] static const int registered = std::atexit(everysock_web_socket_close_all); }

}  // namespace everysock::websocket::web_socket
