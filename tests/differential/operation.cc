#include "operation.h"

namespace everysock::differential {
namespace {

std::string place(int number) { return "s" + std::to_string(number); }

std::string text_of(const Target& target) {
  switch (target.form) {
    case Target::Form::loopback:
      return "loopback:" + std::to_string(target.number);
    case Target::Form::any:
      return "any:" + std::to_string(target.number);
    case Target::Form::name_of:
      return place(target.number) + ".getsockname()";
    case Target::Form::peer_of:
      return place(target.number) + ".getpeername()";
    case Target::Form::path:
      return "\"path" + std::to_string(target.number) + "\"";
    case Target::Form::abstract:
      return "\"\\0name" + std::to_string(target.number) + "\"";
    case Target::Form::mapped:
      return "v4mapped(" + place(target.number) + ".getsockname())";
    case Target::Form::none:
      return "None";
  }
  return "?";
}

std::string text_of(MessageFlags flags) {
  struct Name {
    MessageFlags flag;
    const char* text;
  };
  constexpr std::array kNames = {
      Name{msg_peek, "MSG_PEEK"},         Name{msg_waitall, "MSG_WAITALL"}, Name{msg_trunc, "MSG_TRUNC"},
      Name{msg_dontwait, "MSG_DONTWAIT"}, Name{msg_oob, "MSG_OOB"},         Name{msg_more, "MSG_MORE"},
      Name{msg_eor, "MSG_EOR"},           Name{msg_confirm, "MSG_CONFIRM"}, Name{msg_dontroute, "MSG_DONTROUTE"},
  };
  std::string text;
  for (const Name& name : kNames) {
    if (flags.has(name.flag)) text += (text.empty() ? ", " : "|") + std::string(name.text);
  }
  return text;
}

}  // namespace

std::string to_string(const Operation& o) {
  const std::string self = place(o.place);
  const std::string size = std::to_string(o.size);
  const std::string bytes = "bytes(" + size + ", " + std::to_string(o.value) + ")";
  switch (o.verb) {
    case Verb::socket:
      return self + " = socket(" + kKinds[o.choice].text + ")";
    case Verb::socketpair:
      return self + ", " + place(o.other) + " = socketpair(" + kKinds[o.choice].text + ")";
    case Verb::close:
      return self + ".close()";
    case Verb::dup:
      return place(o.other) + " = " + self + ".dup()";
    case Verb::bind:
      return self + ".bind(" + text_of(o.target) + ")";
    case Verb::listen:
      return self + ".listen(" + size + ")";
    case Verb::accept:
      return place(o.other) + " = " + self + ".accept()";
    case Verb::connect:
      return self + ".connect(" + text_of(o.target) + ")";
    case Verb::connect_ex:
      return self + ".connect_ex(" + text_of(o.target) + ")";
    case Verb::shutdown:
      return self + ".shutdown(" + kHows[o.choice].text + ")";
    case Verb::getsockname:
      return self + ".getsockname()";
    case Verb::getpeername:
      return self + ".getpeername()";
    case Verb::send:
      return self + ".send(" + bytes + text_of(o.flags) + ")";
    case Verb::sendto:
      return self + ".sendto(" + bytes + text_of(o.flags) + ", " + text_of(o.target) + ")";
    case Verb::sendmsg:
      return self + ".sendmsg(halves of " + bytes + text_of(o.flags) + ")";
    case Verb::recv:
      return self + ".recv(" + size + text_of(o.flags) + ")";
    case Verb::recv_into:
      return self + ".recv_into(buffer of " + size + text_of(o.flags) + ")";
    case Verb::recvfrom:
      return self + ".recvfrom(" + size + text_of(o.flags) + ")";
    case Verb::recvmsg_into:
      return self + ".recvmsg_into(halves of " + size + text_of(o.flags) + ")";
    case Verb::setsockopt:
      return self + ".setsockopt(" + kOptions[o.choice].text + ", " + std::to_string(o.value) + ")";
    case Verb::setlinger:
      return self + ".setsockopt(SOL_SOCKET, SO_LINGER, pack(" + std::to_string(o.value) + ", 0))";
    case Verb::getsockopt:
      return self + ".getsockopt(" + kOptions[o.choice].text + ")";
    case Verb::setblocking:
      return self + ".setblocking(True), then False";
    case Verb::select:
      return "select(all)";
    case Verb::unlink:
      return "unlink(\"path" + std::to_string(o.target.number) + "\")";
  }
  return "?";
}

}  // namespace everysock::differential
