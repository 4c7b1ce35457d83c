#include "tests/benchmark/harness/machine.h"

#include <sched.h>
#include <sys/utsname.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/benchmark/harness/must.h"

namespace everysock::benchmark {
namespace {

std::vector<int> usable_processors() {
  static const std::vector<int> processors = [] {
    cpu_set_t set;
    must(::sched_getaffinity(0, sizeof(set), &set) == 0, "sched_getaffinity");
    std::vector<int> found;
    for (int i = 0; i < CPU_SETSIZE; ++i) {
      if (CPU_ISSET(i, &set)) found.push_back(i);
    }
    return found;
  }();
  return processors;
}

void pin(int processor) {
  if (usable_processors().size() < 2) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  must(::sched_setaffinity(0, sizeof(set), &set) == 0, "sched_setaffinity");
}

std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

}  // namespace

void run_as_client() { pin(usable_processors().front()); }
void run_as_peer() { pin(usable_processors().back()); }

nlohmann::ordered_json machine_facts() {
  utsname system;
  must(::uname(&system) == 0, "uname");
  double load = 0;
  must(::getloadavg(&load, 1) == 1, "getloadavg");
  return {{"processor", processor_name()},
          {"processors", usable_processors().size()},
          {"system", std::string(system.sysname) + " " + system.release},
          {"compiler", __VERSION__},
          {"load_average", load}};
}

}  // namespace everysock::benchmark
