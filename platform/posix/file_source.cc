// The sources of sendfile() that belong to the system (everysock/file_source.h).
#include "everysock/file_source.h"

#include <errno.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

#include "platform/posix/errno.h"

namespace everysock {
namespace {

using platform::last_error;

Result<void> moved(bool done) {
  if (!done) return Unexpected(last_error(Operation::none));
  return {};
}

}  // namespace

Result<StdioFile> StdioFile::open(const std::string& path) {
  if (path.find('\0') != std::string::npos) return fail(Operation::none, UsageErrc::embedded_nul);
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr) return Unexpected(last_error(Operation::none));
  return StdioFile(file, std::fclose);
}

Result<std::size_t> StdioFile::read(MutableBuffer buffer) {
  for (;;) {
    errno = 0;
    const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file_.get());
    if (size > 0 || !std::ferror(file_.get())) return size;
    if (errno != EINTR) return Unexpected(last_error(Operation::read));
    std::clearerr(file_.get());
  }
}

Result<void> StdioFile::seek(std::int64_t offset) {
  return moved(::fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET) == 0);
}

std::optional<std::int64_t> StdioFile::fileno() const {
  const int descriptor = ::fileno(file_.get());  // -1 where the file is only in memory
  if (descriptor < 0) return std::nullopt;
  return descriptor;
}

Result<std::size_t> DescriptorFile::read(MutableBuffer buffer) {
  for (;;) {
    const ssize_t size = ::read(descriptor_, buffer.data(), buffer.size());
    if (size >= 0) return static_cast<std::size_t>(size);
    if (errno != EINTR) return Unexpected(last_error(Operation::read));
  }
}

Result<void> DescriptorFile::seek(std::int64_t offset) {
  return moved(::lseek(descriptor_, static_cast<off_t>(offset), SEEK_SET) >= 0);
}

}  // namespace everysock
