// The C library for WASI declares tmpfile(), to say that it is not there. Cases use it: a file in /tmp, which the host
// gives (instances.mjs).
#include <unistd.h>

#include <cstdio>
#include <string>

extern "C" std::FILE* tmpfile() {
  static int number = 0;
  std::string path;
  std::FILE* file = nullptr;
  do {
    path = "/tmp/everysock-" + std::to_string(++number);
    file = std::fopen(path.c_str(), "w+bx");
  } while (file == nullptr && number < 1000);
  if (file != nullptr) ::unlink(path.c_str());
  return file;
}
