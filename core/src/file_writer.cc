#include "src/file_writer.h"

namespace everysock::internal {

Result<std::size_t> FileWriter::write(ConstBuffer data) {
  constexpr Operation kOperation = Operation::write;
  if (capacity_ == 0) return send(kOperation, data);
  if (pending_.size() + data.size() > capacity_) {
    if (const auto flushed = flush(kOperation); !flushed) return Unexpected(flushed.error());
  }
  ConstBuffer rest = data;
  while (rest.size() > capacity_) {  // more than the buffer may hold goes out past it
    const auto sent = send(kOperation, rest);
    if (sent) {
      rest = rest.subspan(*sent);
      continue;
    }
    // Taken in part, it is taken as a whole.
    if (!sent.error().would_block() || rest.size() == data.size()) return Unexpected(sent.error());
    break;
  }
  pending_ += rest.view();
  return data.size();
}

Result<void> FileWriter::flush(Operation operation) {
  std::size_t done = 0;
  Result<void> outcome;
  while (done < pending_.size()) {
    const auto sent = send(operation, ConstBuffer(pending_).subspan(done));
    if (!sent) {
      outcome = Unexpected(sent.error());
      break;
    }
    done += *sent;
  }
  pending_.erase(0, done);
  return outcome;
}

Result<std::size_t> FileWriter::send(Operation operation, ConstBuffer data) {
  const auto sent = socket_.io().send(data);
  if (!sent) return Unexpected(sent.error().in(operation));
  return sent;
}

}  // namespace everysock::internal
