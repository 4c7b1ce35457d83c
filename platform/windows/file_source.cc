// The sources of sendfile() that belong to the system (everysock/file_source.h), by the C runtime's descriptors.
#include "everysock/file_source.h"

#include <errno.h>
#include <io.h>
#include <stdio.h>

#include <algorithm>
#include <climits>

#include "platform/posix/errno.h"
#include "platform/windows/utf16.h"

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
  std::FILE* file = ::_wfopen(platform::to_utf16(path).c_str(), L"rbN");  // N: child processes do not get it
  if (file == nullptr) return Unexpected(last_error(Operation::none));
  return StdioFile(file, std::fclose);
}

Result<std::size_t> StdioFile::read(MutableBuffer buffer) {
  const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file_.get());
  if (size == 0 && std::ferror(file_.get()) != 0) return Unexpected(last_error(Operation::read));
  return size;
}

Result<void> StdioFile::seek(std::int64_t offset) { return moved(::_fseeki64(file_.get(), offset, SEEK_SET) == 0); }

std::optional<std::int64_t> StdioFile::fileno() const {
  const int descriptor = ::_fileno(file_.get());
  if (descriptor < 0) return std::nullopt;
  return descriptor;
}

Result<std::size_t> DescriptorFile::read(MutableBuffer buffer) {
  const auto most = static_cast<unsigned>(std::min<std::size_t>(buffer.size(), INT_MAX));
  const int size = ::_read(descriptor_, buffer.data(), most);
  if (size < 0) return Unexpected(last_error(Operation::read));
  return static_cast<std::size_t>(size);
}

Result<void> DescriptorFile::seek(std::int64_t offset) {
  return moved(::_lseeki64(descriptor_, offset, SEEK_SET) >= 0);
}

}  // namespace everysock
