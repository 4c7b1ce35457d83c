// Tells a console program of what a user or the system does to it: no pid, no window and no console is needed.
//   console_event EVENT FILE PROGRAM [ARGUMENT...]
// starts PROGRAM, waits until it has written FILE, lets it hear of EVENT (ctrl-c, ctrl-break, close, logoff, shutdown)
// in the way that Windows does, a thread in the program's own CtrlRoutine(), and ends with PROGRAM's status.
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <string>
#include <string_view>

#include "platform/windows/winsock_headers.h"

namespace {

constexpr DWORD kPatience = 20'000;
constexpr DWORD kMoment = 20;
constexpr int kWrong = 100;

int wrong(const char* what) {
  std::fprintf(stderr, "console_event: %s\n", what);
  return kWrong;
}

// The number of a console's event; -1 for none.
int event_of(std::string_view name) {
  constexpr std::string_view names[] = {"ctrl-c", "ctrl-break", "close", "", "", "logoff", "shutdown"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (!name.empty() && names[i] == name) return static_cast<int>(i);
  }
  return -1;
}

bool is_written(const char* file, HANDLE program) {
  const ULONGLONG deadline = ::GetTickCount64() + kPatience;
  while (::GetFileAttributesA(file) == INVALID_FILE_ATTRIBUTES) {
    if (::GetTickCount64() > deadline || ::WaitForSingleObject(program, kMoment) == WAIT_OBJECT_0) return false;
  }
  return true;
}

bool tell(HANDLE program, int event) {
  // Where a library of the system's is in one process, it is in all.
  void* const routine = reinterpret_cast<void*>(::GetProcAddress(::GetModuleHandleW(L"kernelbase"), "CtrlRoutine"));
  if (routine == nullptr) return false;
  const HANDLE thread = ::CreateRemoteThread(program, nullptr, 0, reinterpret_cast<LPTHREAD_START_ROUTINE>(routine),
                                             reinterpret_cast<void*>(static_cast<std::uintptr_t>(event)), 0, nullptr);
  return thread != nullptr && ::CloseHandle(thread);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return wrong("usage: console_event EVENT FILE PROGRAM [ARGUMENT...]");
  const int event = event_of(argv[1]);
  if (event < 0) return wrong("there is no such event");
  std::string command;
  for (int i = 3; i < argc; ++i) command += std::string(i > 3 ? " \"" : "\"") + argv[i] + "\"";

  STARTUPINFOA start{};
  start.cb = sizeof(start);
  PROCESS_INFORMATION program{};
  if (!::CreateProcessA(nullptr, command.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &start, &program)) {
    return wrong("the program does not start");
  }
  const char* problem = nullptr;
  if (!is_written(argv[2], program.hProcess)) {
    problem = "the program has not written its file";
  } else if (!tell(program.hProcess, event)) {
    problem = "the program cannot be told";
  } else if (::WaitForSingleObject(program.hProcess, kPatience) != WAIT_OBJECT_0) {
    problem = "the program did not end";
  }
  if (problem != nullptr) {
    ::TerminateProcess(program.hProcess, kWrong);
    return wrong(problem);
  }
  DWORD status = kWrong;
  ::GetExitCodeProcess(program.hProcess, &status);
  return static_cast<int>(status);
}
