// The sources of the standard library; those of the system are platform's (platform/posix/file_source.cc).
#include "everysock/file_source.h"

#include <istream>

namespace everysock {

Result<std::size_t> StreamFile::read(MutableBuffer buffer) {
  if (stream_->eof()) return 0u;
  if (!stream_->good()) return fail(Operation::read, Errc::eio);
  stream_->read(static_cast<char*>(buffer.data()), static_cast<std::streamsize>(buffer.size()));
  if (stream_->bad()) return fail(Operation::read, Errc::eio);
  return static_cast<std::size_t>(stream_->gcount());
}

Result<void> StreamFile::seek(std::int64_t offset) {
  stream_->clear(stream_->rdstate() & std::ios::badbit);  // the end does not last
  stream_->seekg(offset);
  if (stream_->bad()) return fail(Operation::none, Errc::eio);
  if (!stream_->fail()) return {};
  stream_->clear();
  // Streams in memory do not go behind their end, where there is as little to read as at it.
  stream_->seekg(0, std::ios::end);
  if (const std::streamoff end = stream_->tellg(); end >= 0 && offset >= end) return {};
  stream_->clear();
  return fail(Operation::none, Errc::espipe);
}

}  // namespace everysock
