#include "everysock/socket_stream.h"

#include "src/utf8.h"

namespace everysock {

SocketStreambuf::~SocketStreambuf() { (void)close(); }

Result<void> SocketStreambuf::close() {
  const auto written = write_part();
  part_.clear();
  const auto closed = file_.close();
  if (!written) return Unexpected(written.error().in(Operation::close));
  return closed;
}

SocketStreambuf::int_type SocketStreambuf::underflow() {
  if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
  auto more = file_.read1();
  if (!more) keep(more.error());
  area_ = more ? std::move(*more) : std::string();
  setg(area_.data(), area_.data(), area_.data() + area_.size());
  return area_.empty() ? traits_type::eof() : traits_type::to_int_type(*gptr());
}

SocketStreambuf::int_type SocketStreambuf::overflow(int_type byte) {
  if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
  const char c = traits_type::to_char_type(byte);
  return xsputn(&c, 1) == 1 ? byte : traits_type::eof();
}

std::streamsize SocketStreambuf::xsputn(const char* from, std::streamsize size) {
  const auto written = write(std::string_view(from, static_cast<std::size_t>(size)));
  if (written) return size;
  keep(written.error());
  return 0;
}

int SocketStreambuf::sync() {
  auto flushed = write_part();
  if (flushed) flushed = file_.flush();
  if (flushed) return 0;
  keep(flushed.error());
  return -1;
}

Result<void> SocketStreambuf::write(std::string_view bytes) {
  if (!file_.is_text()) {
    // Without a buffer a write takes what one send() takes.
    while (!bytes.empty()) {
      const auto written = file_.write(bytes);
      if (!written) return Unexpected(written.error());
      bytes.remove_prefix(*written);
    }
    return {};
  }
  const std::string text = part_ + std::string(bytes);
  const std::size_t whole = text.size() - internal::incomplete_suffix(text);
  const auto written = file_.write(std::string_view(text).substr(0, whole));
  if (!written) return Unexpected(written.error());
  part_ = text.substr(whole);
  return {};
}

Result<void> SocketStreambuf::write_part() {
  if (part_.empty()) return {};
  const auto written = file_.write(part_);
  if (!written) return Unexpected(written.error());
  part_.clear();
  return {};
}

void SocketStreambuf::keep(Error error) noexcept {
  if (!error_) error_ = error;
}

}  // namespace everysock
