#include "tests/benchmark/harness/machine.h"

#include <bit>
#include <cstdlib>
#include <string>

#include "platform/windows/winsock_headers.h"
#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

// The processors that this process may use, one bit each.
DWORD_PTR usable_processors() {
  static const DWORD_PTR processors = [] {
    DWORD_PTR ours = 0;
    DWORD_PTR all = 0;
    must(::GetProcessAffinityMask(::GetCurrentProcess(), &ours, &all) != 0, "GetProcessAffinityMask");
    return ours;
  }();
  return processors;
}

void pin(DWORD_PTR processor) {
  if (std::popcount(usable_processors()) < 2) return;
  must(::SetThreadAffinityMask(::GetCurrentThread(), processor) != 0, "SetThreadAffinityMask");
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "unknown";
}

}  // namespace

void run_as_client() { pin(DWORD_PTR{1} << std::countr_zero(usable_processors())); }
void run_as_peer() { pin(std::bit_floor(usable_processors())); }

nlohmann::ordered_json machine_facts() {
  const FARPROC found = ::GetProcAddress(::GetModuleHandleA("ntdll.dll"), "wine_get_version");
  const auto wine_version = reinterpret_cast<const char* (*)()>(reinterpret_cast<void (*)()>(found));
  return {{"processor", environment("PROCESSOR_IDENTIFIER")},
          {"processors", std::popcount(usable_processors())},
          {"system", wine_version != nullptr ? std::string("Wine ") + wine_version() : environment("OS")},
          {"compiler", __VERSION__},
          {"not_counted", "on Windows: system calls, and allocations other than by operator new"}};
}

}  // namespace everysock::benchmark
