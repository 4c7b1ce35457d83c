// CAN frames as candump writes them.
#include <charconv>

#include "everysock/can_frame.h"
#include "src/can_limits.h"
#include "src/hex_text.h"

namespace everysock {
namespace {

constexpr Operation kOperation = Operation::can_frame;

void append_number(std::string& text, std::uint32_t number, int digits) {
  while (digits-- > 0) text += "0123456789ABCDEF"[number >> (4 * digits) & 0xf];
}

void append_data(std::string& text, std::string_view data) {
  for (const char byte : data) {
    internal::append_hex(text, static_cast<std::uint8_t>(byte), internal::HexCase::upper);
  }
}

void append_len8_dlc(std::string& text, const CanFrame& frame) {
  if (frame.data.size() != 8 || frame.len8_dlc < 9 || frame.len8_dlc > 15) return;
  text += '_';
  append_number(text, frame.len8_dlc, 1);
}

std::string xl_text(const CanFrame& frame) {
  std::string text;
  append_number(text, (frame.id & internal::canxl_vcid_mask) >> internal::canxl_vcid_shift, 2);
  append_number(text, frame.id & can_sff_mask, 3);
  text += '#';
  append_number(text, frame.flags, 2);
  text += ':';
  append_number(text, frame.sdt, 2);
  text += ':';
  append_number(text, frame.af, 8);
  text += '#';
  append_data(text, frame.data);
  return text;
}

// Goes through the text and remembers where it stopped to make sense.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return position_ == text_.size(); }
  bool take(char c) {
    if (done() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  // How many hexadecimal digits come next.
  std::size_t digits() const {
    std::size_t count = 0;
    while (position_ + count < text_.size() && is_digit(text_[position_ + count])) ++count;
    return count;
  }
  bool number(std::size_t digits, std::uint32_t* value) {
    if (this->digits() < digits) {
      position_ += this->digits();
      return false;
    }
    const char* const first = text_.data() + position_;
    std::from_chars(first, first + digits, *value, 16);
    position_ += digits;
    return true;
  }
  bool octet(std::uint8_t* value) {
    std::uint32_t number = 0;
    if (!this->number(2, &number)) return false;
    *value = static_cast<std::uint8_t>(number);
    return true;
  }
  // The rest, as bytes.
  bool data(std::string* data) {
    while (digits() > 0) {
      std::uint8_t byte = 0;
      if (!octet(&byte)) return false;
      *data += static_cast<char>(byte);
      skip_separator();
    }
    return true;
  }
  void skip_separator() {
    if (position_ + 1 < text_.size() && is_digit(text_[position_ + 1])) take('.');
  }
  Unexpected error() const { return fail(kOperation, UsageErrc::can_text, static_cast<std::int32_t>(position_ + 1)); }

 private:
  static bool is_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

  std::string_view text_;
  std::size_t position_ = 0;
};

// "81:00:12345678#", behind "123#".
bool scan_xl_head(Scanner& scan, CanFrame& frame) {
  if (!scan.octet(&frame.flags) || !scan.take(':') || !scan.octet(&frame.sdt) || !scan.take(':')) return false;
  frame.flags |= canxl_xlf;
  return scan.number(8, &frame.af) && scan.take('#');
}

bool scan_len8_dlc(Scanner& scan, CanFrame& frame) {
  if (frame.data.size() != 8 || !scan.take('_')) return true;
  std::uint32_t code = 0;
  if (!scan.number(1, &code) || code < 9) return false;
  frame.len8_dlc = static_cast<std::uint8_t>(code);
  return true;
}

bool scan_body(Scanner& scan, CanFrame& frame) {
  if (frame.format == CanFormat::xl) return scan_xl_head(scan, frame) && scan.data(&frame.data);
  if (scan.take('#')) {
    frame.format = CanFormat::fd;
    std::uint32_t flags = 0;
    if (!scan.number(1, &flags)) return false;
    frame.flags = static_cast<std::uint8_t>(flags);
    scan.skip_separator();
    return scan.data(&frame.data);
  }
  if (scan.take('R') || scan.take('r')) {
    frame.id |= can_rtr_flag;
    std::uint32_t length = 0;
    if (scan.digits() > 0) scan.number(1, &length);
    frame.data.assign(length, '\0');
  } else if (!scan.data(&frame.data)) {
    return false;
  }
  return scan_len8_dlc(scan, frame);
}

}  // namespace

std::string CanFrame::str() const {
  if (format == CanFormat::xl) return xl_text(*this);
  std::string text;
  if ((id & can_err_flag) != 0) {
    append_number(text, id & (can_err_mask | can_err_flag), 8);
  } else if ((id & can_eff_flag) != 0) {
    append_number(text, id & can_eff_mask, 8);
  } else {
    append_number(text, id & can_sff_mask, 3);
  }
  text += '#';
  if (format == CanFormat::fd) {
    text += '#';
    append_number(text, flags, 1);
    append_data(text, data);
    return text;
  }
  if ((id & can_rtr_flag) != 0) {
    text += 'R';
    if (!data.empty()) append_number(text, static_cast<std::uint32_t>(data.size()), 1);
  } else {
    append_data(text, data);
  }
  append_len8_dlc(text, *this);
  return text;
}

Result<CanFrame> CanFrame::parse(std::string_view text) {
  Scanner scan(text);
  CanFrame frame;
  const std::size_t digits = scan.digits();
  if (!scan.number(digits == 5 || digits == 8 ? digits : 3, &frame.id) || !scan.take('#')) return scan.error();
  const bool has_head = text.find(':') != std::string_view::npos;
  if (digits == 5 || (digits == 3 && has_head)) frame.format = CanFormat::xl;
  if (digits == 5) frame.id = (frame.id & 0xff000) << 4 | (frame.id & 0xfff);
  if (digits == 8) {
    // There is room for more flags than an error frame's.
    if (frame.id > (can_err_flag | can_err_mask)) return fail(kOperation, UsageErrc::can_identifier);
    if ((frame.id & can_err_flag) == 0) frame.id |= can_eff_flag;
  }
  if (!scan_body(scan, frame) || !scan.done()) return scan.error();
  if (const auto sound = internal::check_can_frame(frame); !sound) return Unexpected(sound.error());
  return frame;
}

}  // namespace everysock
