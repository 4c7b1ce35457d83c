#include "tests/proxy/support/proxy_fixture.h"

#include <doctest/doctest.h>

#include <chrono>
#include <list>

#include "backends/memory/memory_backend.h"
#include "tests/proxy/support/test_client.h"
#include "web/proxy/options.h"

namespace everysock::proxy {

ProxyFixture::ProxyFixture(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--port", "0"});
  CommandLine command_line = parse_command_line(arguments, [](const std::string&) { return std::nullopt; });
  INFO(command_line.text);
  REQUIRE(command_line.config.has_value());
  if (command_line.config->backend == ServedBackend::memory) memory_ = new_memory_backend({.real_time = true});
  Backend& own = default_backend();
  auto server = Server::start(*std::move(command_line.config), own, memory_ != nullptr ? *memory_ : own);
  REQUIRE(server.has_value());
  server_ = *std::move(server);
  thread_ = std::thread([this] { server_->run().value(); });
}

ProxyFixture::~ProxyFixture() { stop(); }

void ProxyFixture::stop() {
  server_->stop();
  if (thread_.joinable()) thread_.join();
}

std::int64_t ProxyFixture::metric(const std::string& name) const {
  TestClient client(port());
  client.send_raw("GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:" + std::to_string(port()) + "\r\n\r\n");
  const std::string text = client.read_to_end();
  const auto found = text.find("\n" + name + " ");
  REQUIRE(found != std::string::npos);
  return std::stoll(text.substr(found + name.size() + 2));
}

void ProxyFixture::wait_for_metric(const std::string& name, std::int64_t value) const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  std::int64_t found;
  while ((found = metric(name)) != value) {
    if (std::chrono::steady_clock::now() > deadline) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  CAPTURE(name);
  CHECK(found == value);
}

EchoServer::EchoServer() : listener_(create_server({"127.0.0.1", 0}).value()) {
  address_ = listener_.getsockname().value();
  listener_.setblocking(false).value();
  selector_ = std::make_unique<Selector>(Selector::create().value());
  selector_->add(listener_, Interest::read).value();
  thread_ = std::thread([this] { serve(); });
}

EchoServer::~EchoServer() {
  ending_ = true;
  selector_->wake();
  thread_.join();
}

void EchoServer::serve() {
  std::list<Socket> connections;
  while (!ending_) {
    const auto events = selector_->select().value();
    for (const Selector::Event& event : events) {
      if (event.socket == &listener_) {
        auto accepted = listener_.accept();
        if (!accepted) continue;
        connections.push_back(std::move(accepted->socket));
        selector_->add(connections.back(), Interest::read).value();
        continue;
      }
      const auto data = event.socket->recv(65536);
      if (data && !data->empty() && event.socket->sendall(*data)) continue;
      selector_->remove(*event.socket).value();
      connections.remove_if([&](const Socket& socket) { return &socket == event.socket; });
    }
  }
}

}  // namespace everysock::proxy
