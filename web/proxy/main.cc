// everysock-proxy: see options.cc for what it does and docs/proxy.md for how to run it.
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "backends/memory/memory_backend.h"
#include "everysock/default_backend.h"
#include "platform/file_path.h"
#include "platform/program_arguments.h"
#include "platform/termination_signals.h"
#include "web/proxy/options.h"
#include "web/proxy/server.h"

namespace {

using everysock::proxy::CommandLine;
using everysock::proxy::Config;
using everysock::proxy::ServedBackend;
using everysock::proxy::Server;

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

int fail(const std::string& why) {
  std::cerr << "everysock-proxy: " << why << "\n";
  return 1;
}

// Appears as a whole or not at all, so that a script may wait for it.
bool write_ready_file(const std::string& name, const Server& server) {
  const auto path = everysock::platform::file_path(name);
  const auto unfinished = everysock::platform::file_path(name + ".part");
  if (!path || !unfinished) return false;
  {
    std::ofstream file(*unfinished, std::ios::trunc);
    file << nlohmann::ordered_json{{"url", server.url()}, {"port", server.port()}}.dump() << std::endl;
    if (!file) return false;
  }
  std::error_code error;
  std::filesystem::rename(*unfinished, *path, error);
  return !error;
}

}  // namespace

int main(int argc, char** argv) {
  CommandLine command_line =
      everysock::proxy::parse_command_line(everysock::platform::program_arguments(argc, argv), environment);
  if (!command_line.config) {
    if (command_line.status == 0) {
      std::cout << command_line.text;
    } else {
      std::cerr << "everysock-proxy: " << command_line.text << "\n";
    }
    return command_line.status;
  }
  const Config& config = *command_line.config;
  const std::string ready_file = config.ready_file;

  // Signals first: threads that the backends and the server start inherit what is set here.
  Server* running = nullptr;
  std::atomic<bool> asked_to_end{false};
  std::mutex mutex;
  const everysock::platform::TerminationSignals signals([&] {
    const std::lock_guard lock(mutex);
    asked_to_end = true;
    if (running != nullptr) running->stop();
  });

  everysock::Backend& own = everysock::default_backend();
  std::unique_ptr<everysock::Backend> memory;
  if (config.backend == ServedBackend::memory) memory = everysock::new_memory_backend({.real_time = true});

  auto server = Server::start(*std::move(command_line.config), own, memory != nullptr ? *memory : own);
  if (!server) return fail(server.error());
  {
    const std::lock_guard lock(mutex);
    running = server->get();
    if (asked_to_end) running->stop();
  }
  if (!ready_file.empty() && !write_ready_file(ready_file, **server)) {
    return fail("--ready-file '" + ready_file + "': expected a file that can be written");
  }
  std::cout << "everysock-proxy: ready at " << (*server)->url() << std::endl;

  const auto result = (*server)->run();
  {
    const std::lock_guard lock(mutex);
    running = nullptr;
  }
  if (!result) return fail(result.error().message());
  std::cout << "everysock-proxy: ended" << std::endl;
  // A lookup cannot be interrupted, and nobody waits for its answer any more.
  if ((*server)->lookups_running()) std::_Exit(0);
  return 0;
}
