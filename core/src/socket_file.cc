#include "everysock/socket_file.h"

#include <algorithm>
#include <limits>

#include "src/byte_reader.h"
#include "src/file_writer.h"
#include "src/socket_factory.h"
#include "src/socket_wait.h"
#include "src/text_reader.h"
#include "src/utf8.h"

namespace everysock {
namespace {

using internal::ReadLayer;

constexpr std::size_t kDefaultBuffering = 8192;

std::int32_t clamp(std::ptrdiff_t size) {
  return static_cast<std::int32_t>(std::clamp<std::ptrdiff_t>(size, INT32_MIN, INT32_MAX));
}

// The arguments of makefile(), checked.
struct Form {
  bool reads;
  bool writes;
  bool text;
  bool line_buffered;
  std::size_t buffering;
  internal::TextCodec codec;
  internal::Newline newline;
};

Result<Form> parse(std::string_view mode, int buffering, const MakefileOptions& options) {
  constexpr Operation kOperation = Operation::makefile;
  if (mode.find_first_not_of("rwb") != std::string_view::npos) return fail(kOperation, UsageErrc::file_mode);
  const bool binary = mode.find('b') != std::string_view::npos;
  const bool writes = mode.find('w') != std::string_view::npos;
  const bool reads = mode.find('r') != std::string_view::npos || !writes;
  if (buffering < -1) return fail(kOperation, UsageErrc::file_buffering, buffering);
  if (buffering == 0 && !binary) return fail(kOperation, UsageErrc::file_buffering_text);
  if (binary && (options.encoding || options.errors || options.newline)) {
    return fail(kOperation, UsageErrc::file_binary_encoding);
  }
  const auto encoding = internal::find_encoding(options.encoding.value_or("utf-8"));
  if (!encoding) return fail(kOperation, UsageErrc::file_encoding);
  const auto errors = internal::find_error_handler(options.errors.value_or("strict"));
  if (!errors) return fail(kOperation, UsageErrc::file_errors);
  const auto newline = internal::find_newline(options.newline);
  if (!newline) return fail(kOperation, UsageErrc::file_newline);
  const bool line_buffered = buffering == 1;
  const std::size_t size = buffering < 0 || line_buffered ? kDefaultBuffering : static_cast<std::size_t>(buffering);
  return Form{reads, writes, !binary, line_buffered, size, {*encoding, *errors}, *newline};
}

// -1 is without limit.
Result<std::size_t> limit(Operation operation, std::ptrdiff_t size) {
  if (size < -1) return fail(operation, UsageErrc::negative_size, clamp(size));
  return size == -1 ? ReadLayer::npos : static_cast<std::size_t>(size);
}

}  // namespace

struct SocketFile::Impl {
  Impl(std::shared_ptr<SharedSocket> shared, const Form& with)
      : socket(std::move(shared)),
        form(with),
        bytes(*socket, form.buffering),
        text(bytes, form.codec, form.newline),
        writer(*socket, form.buffering) {}

  ReadLayer& reader() {
    if (form.text) return text;
    return bytes;
  }

  std::shared_ptr<SharedSocket> socket;
  Form form;
  internal::ByteReader bytes;
  internal::TextReader text;
  internal::FileWriter writer;
};

Result<SocketFile> Socket::makefile(std::string_view mode, int buffering, const MakefileOptions& options) {
  const auto form = parse(mode, buffering, options);
  if (!form) return Unexpected(form.error());
  if (handle_ == Handle::invalid) return fail(Operation::makefile, Errc::ebadf);
  if (!shared_) {
    auto io = SocketFactory::wrap(*backend_, handle_, family_, type_, proto_, SocketIo::timeout(*this));
    shared_ = std::make_shared<SharedSocket>(std::move(*io), *this);
  }
  shared_->add_file();
  std::string name(mode);
  if (!form->text) name = form->reads && form->writes ? "rwb" : form->writes ? "wb" : "rb";
  return SocketFile(std::make_unique<SocketFile::Impl>(shared_, *form), std::move(name));
}

SocketFile::SocketFile() noexcept = default;
SocketFile::SocketFile(std::unique_ptr<Impl> impl, std::string mode) noexcept
    : impl_(std::move(impl)), mode_(std::move(mode)) {}
SocketFile::SocketFile(SocketFile&& other) noexcept = default;
SocketFile::~SocketFile() { (void)close(); }

SocketFile& SocketFile::operator=(SocketFile&& other) noexcept {
  if (this == &other) return *this;
  (void)close();
  impl_ = std::move(other.impl_);
  mode_ = std::move(other.mode_);
  return *this;
}

std::int64_t SocketFile::fileno() const noexcept { return impl_ ? impl_->socket->io().fileno() : -1; }
bool SocketFile::readable() const noexcept { return impl_ && impl_->form.reads; }
bool SocketFile::writable() const noexcept { return impl_ && impl_->form.writes; }

Result<SocketFile::Impl*> SocketFile::reading(Operation operation) const noexcept {
  if (!impl_) return fail(operation, UsageErrc::file_closed);
  if (!impl_->form.reads) return fail(operation, UsageErrc::file_not_readable);
  return impl_.get();
}

Result<SocketFile::Impl*> SocketFile::writing(Operation operation) const noexcept {
  if (!impl_) return fail(operation, UsageErrc::file_closed);
  if (!impl_->form.writes) return fail(operation, UsageErrc::file_not_writable);
  return impl_.get();
}

// ---- reading ----

Result<std::string> SocketFile::read(std::ptrdiff_t size) {
  constexpr Operation kOperation = Operation::read;
  const auto file = reading(kOperation);
  if (!file) return Unexpected(file.error());
  const auto most = limit(kOperation, size);
  if (!most) return Unexpected(most.error());
  return (*file)->reader().read(kOperation, *most);
}

Result<std::string> SocketFile::read1(std::ptrdiff_t size) {
  constexpr Operation kOperation = Operation::read;
  const auto file = reading(kOperation);
  if (!file) return Unexpected(file.error());
  const auto most = limit(kOperation, size);
  if (!most) return Unexpected(most.error());
  const std::size_t buffering = (*file)->form.buffering > 0 ? (*file)->form.buffering : kDefaultBuffering;
  return (*file)->reader().read1(kOperation, std::min(*most, buffering));
}

Result<std::size_t> SocketFile::readinto(MutableBuffer buffer) {
  constexpr Operation kOperation = Operation::readinto;
  const auto file = reading(kOperation);
  if (!file) return Unexpected(file.error());
  if ((*file)->form.text) return fail(kOperation, UsageErrc::file_text);
  if (buffer.data() == nullptr && !buffer.empty()) {
    return fail(kOperation, UsageErrc::null_buffer, clamp(static_cast<std::ptrdiff_t>(buffer.size())));
  }
  return (*file)->bytes.read_into(kOperation, buffer);
}

Result<std::string> SocketFile::readline(std::ptrdiff_t size) {
  constexpr Operation kOperation = Operation::readline;
  const auto file = reading(kOperation);
  if (!file) return Unexpected(file.error());
  const auto most = limit(kOperation, size);
  if (!most) return Unexpected(most.error());
  return (*file)->reader().readline(kOperation, *most);
}

Result<std::vector<std::string>> SocketFile::readlines(std::ptrdiff_t hint) {
  const auto file = reading(Operation::readline);
  if (!file) return Unexpected(file.error());
  std::vector<std::string> all;
  std::ptrdiff_t size = 0;
  for (Result<std::string>& line : lines()) {
    if (!line) return Unexpected(line.error());
    const std::size_t units = (*file)->form.text ? internal::count_characters(*line) : line->size();
    size += static_cast<std::ptrdiff_t>(units);
    all.push_back(std::move(*line));
    if (hint > 0 && size >= hint) break;
  }
  return all;
}

// ---- writing ----

Result<std::size_t> SocketFile::write(ConstBuffer data) {
  constexpr Operation kOperation = Operation::write;
  const auto file = writing(kOperation);
  if (!file) return Unexpected(file.error());
  if (data.data() == nullptr && !data.empty()) {
    return fail(kOperation, UsageErrc::null_buffer, clamp(static_cast<std::ptrdiff_t>(data.size())));
  }
  const Form& form = (*file)->form;
  std::size_t size = data.size();
  std::string encoded;
  ConstBuffer bytes = data;
  if (form.text) {
    const auto failed = form.codec.encode(internal::written_newlines(form.newline, data.view()), encoded);
    if (failed) return fail(kOperation, UsageErrc::file_encode, clamp(static_cast<std::ptrdiff_t>(*failed)));
    size = internal::count_characters(data.view());
    bytes = encoded;
  }
  const auto written = (*file)->writer.write(bytes);
  if (!written) return written;
  if (form.line_buffered && data.view().find_first_of("\r\n") != std::string_view::npos) {
    const auto flushed = (*file)->writer.flush(kOperation);
    if (!flushed && !flushed.error().would_block()) return Unexpected(flushed.error());
  }
  return form.text ? size : *written;
}

Result<void> SocketFile::writelines(std::span<const std::string> lines) {
  for (const std::string& line : lines) {
    if (const auto written = write(line); !written) return Unexpected(written.error());
  }
  return {};
}

Result<void> SocketFile::flush() {
  if (!impl_) return fail(Operation::flush, UsageErrc::file_closed);
  return impl_->writer.flush(Operation::flush);
}

Result<void> SocketFile::close() {
  if (!impl_) return {};
  const std::unique_ptr<Impl> impl = std::move(impl_);
  const auto flushed = impl->writer.flush(Operation::close);
  const auto closed = impl->socket->remove_file();
  if (!flushed) return flushed;
  return closed;
}

}  // namespace everysock
