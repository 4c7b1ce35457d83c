// The differences between posix and memory that are meant to be, from known.txt.
#ifndef EVERYSOCK_TESTS_DIFFERENTIAL_KNOWN_H_
#define EVERYSOCK_TESTS_DIFFERENTIAL_KNOWN_H_

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

namespace everysock::differential {

class KnownDifferences {
 public:
  // False: a line is not in the form that known.txt describes; `mistake()` says which.
  bool read(std::istream& text);
  const std::string& mistake() const noexcept { return mistake_; }

  bool covers(const std::string& operation, const std::string& on_posix, const std::string& in_memory);

  // How often each was met, with its reason: "12 times: ...".
  std::vector<std::string> tally() const;

 private:
  struct Known {
    std::string operation;
    std::string on_posix;
    std::string in_memory;
    std::string reason;
    std::size_t times = 0;
  };
  std::vector<Known> all_;
  std::string mistake_;
};

}  // namespace everysock::differential

#endif  // EVERYSOCK_TESTS_DIFFERENTIAL_KNOWN_H_
