#include "backends/websocket/engine/reason_text.h"

#include <set>
#include <string>

#include "absl/synchronization/mutex.h"

namespace everysock::websocket {

std::string_view lasting_reason(std::string_view text) {
  if (text.empty()) return {};
  constexpr std::size_t most_texts = 1024;
  constexpr std::size_t longest_text = 200;
  static absl::Mutex& mutex = *new absl::Mutex;
  static auto& texts = *new std::set<std::string, std::less<>>;
  text = text.substr(0, longest_text);
  const absl::MutexLock lock(&mutex);
  const auto found = texts.find(text);
  if (found != texts.end()) return *found;
  if (texts.size() >= most_texts) return "the proxy says so";
  return *texts.emplace(text).first;
}

}  // namespace everysock::websocket
