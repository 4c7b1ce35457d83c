// Constants, each given to the call that it is for: a backend takes it, or refuses it with the documented error, which
// names it. Either is right; the report tells which it was (docs/availability.md).
//
//   try_constants(t, [](const ConstantInfo& c) { return c.kind == ConstantKind::family; });
//
// ends the case at the first constant that is neither.
#ifndef EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CONSTANT_TRIAL_H_
#define EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CONSTANT_TRIAL_H_

#include <string_view>
#include <vector>

#include "everysock/constant_info.h"
#include "framework/context.h"

namespace everysock::conformance {

// The attempts to use one constant. Use ends with the first attempt that the backend did not refuse: the call worked,
// or failed for another reason (EINVAL, EPERM, ENOTCONN ...), for which the constant must have been known.
class Trial {
 public:
  Trial(Context& context, const ConstantInfo& constant) : context_(context), constant_(constant) {}

  // Takes in the outcome of a call; true when the constant is known to be taken.
  template <typename R>
  bool attempt(const R& result) {
    return result ? (taken_ = true) : attempt_failed(result.error());
  }
  // Notes the outcome in the report. Ends the case unless the constant was taken, or some refusal named it or what it
  // belongs to: its family, type, protocol or level.
  void conclude() const;

 private:
  bool attempt_failed(Error error);
  bool names_it(Error refusal) const;

  Context& context_;
  const ConstantInfo& constant_;
  bool taken_ = false;
  std::vector<Error> refusals_;
};

// Tries every constant of the kinds family, socket_kind, protocol, option, message_flag, shutdown_how and io_control
// that `chosen` takes; ends the case where there is none of them.
void try_constants(Context& t, bool (*chosen)(const ConstantInfo&));

}  // namespace everysock::conformance

#endif  // EVERYSOCK_TESTS_CONFORMANCE_FRAMEWORK_CONSTANT_TRIAL_H_
