// Whoever waits for something in the engine.
#ifndef EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_WATCHER_H_
#define EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_WATCHER_H_

namespace everysock::websocket {

// wake() says that what is watched may have changed; it is called with the engine in mid-work, so it only takes note.
class Watcher {
 public:
  virtual void wake() = 0;

 protected:
  ~Watcher() = default;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_BACKENDS_WEBSOCKET_ENGINE_WATCHER_H_
