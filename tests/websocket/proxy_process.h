// everysock-proxy as a process of its own, on a free port of 127.0.0.1.
#ifndef EVERYSOCK_TESTS_WEBSOCKET_PROXY_PROCESS_H_
#define EVERYSOCK_TESTS_WEBSOCKET_PROXY_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace everysock::websocket {

class ProxyProcess {
 public:
  // Allows everything on this machine. `port` 0: a free one. Ready when the constructor returns; fails the test if it
  // is not within half a minute.
  explicit ProxyProcess(int port = 0, std::vector<std::string> more = {});
  ~ProxyProcess() { kill(); }
  ProxyProcess(const ProxyProcess&) = delete;
  ProxyProcess& operator=(const ProxyProcess&) = delete;

  const std::string& url() const noexcept { return url_; }
  int port() const noexcept { return port_; }
  // At once, without a goodbye.
  void kill();

 private:
  pid_t pid_ = -1;
  std::string url_;
  int port_ = 0;
};

}  // namespace everysock::websocket

#endif  // EVERYSOCK_TESTS_WEBSOCKET_PROXY_PROCESS_H_
