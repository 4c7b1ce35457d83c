#include "tests/benchmark/cases/catalogue.h"

namespace everysock::benchmark {

std::vector<Case> all_cases(const Peers& peers, Targets targets) {
  return {would_block(peers, targets),
          request_response(peers, targets, 1),
          request_response(peers, targets, 64),
          request_response_with_timeout(peers, targets),
          late_response_with_timeout(peers, targets),
          stream_out(peers, targets),
          stream_in(peers, targets),
          connect_close(peers, targets),
          datagram(peers, targets),
          echo_server(targets, 100),
          echo_server(targets, 2000)};
}

}  // namespace everysock::benchmark
