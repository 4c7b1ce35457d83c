// How results are written down so that those of two backends can be compared: ports and names that the system chose by
// the order in which they turn up, directories left out.
#ifndef EVERYSOCK_TESTS_DIFFERENTIAL_NOTATION_H_
#define EVERYSOCK_TESTS_DIFFERENTIAL_NOTATION_H_

#include <map>
#include <string>
#include <string_view>

#include "everysock/address.h"
#include "everysock/error.h"

namespace everysock::differential {

class Notation {
 public:
  Notation(std::string directory, std::string abstract_prefix)
      : directory_(std::move(directory)), abstract_prefix_(std::move(abstract_prefix)) {}

  // "127.0.0.1:P2", "path a", "abstract A1", "unnamed", "none".
  std::string text_of(const Address& address);
  // Short data as it is, long data as its length and a checksum.
  static std::string text_of(std::string_view data);
  static std::string text_of(MessageFlags flags);
  // The message, without the backend's name.
  static std::string text_of(const Error& error);

 private:
  std::string port(int number);

  const std::string directory_;
  const std::string abstract_prefix_;
  std::map<int, std::string> ports_;
  std::map<std::string, std::string> chosen_;
};

}  // namespace everysock::differential

#endif  // EVERYSOCK_TESTS_DIFFERENTIAL_NOTATION_H_
