// AF_ALG: random numbers. Linux, Documentation/crypto/userspace-if.rst.
#include "framework/case.h"

namespace everysock::conformance {
namespace {

CONFORMANCE("family/alg_random", Rows({"family/AF_ALG", "method/recv", "constant-group/ALG_*"}),
            Needs{Feature::alg, &probe::alg}) {
  Socket generator = REQUIRE_OK(socket(af_alg, sock_seqpacket, {}, t.backend()));
  REQUIRE_OK(generator.bind(AlgAddress{"rng", "stdrng"}));
  // Nothing comes of a generator before it is seeded, and one that somebody reads from is not seeded.
  {
    auto unseeded = REQUIRE_OK(generator.accept());
    REQUIRE_ERROR(unseeded.socket.recv(32), Errc::einval);
    REQUIRE_ERROR(generator.setsockopt(sol_alg, alg_set_key, "seed"), Errc::ebusy);
  }
  REQUIRE_OK(generator.setsockopt(sol_alg, alg_set_key, "seed"));
  auto accepted = REQUIRE_OK(generator.accept());
  const std::string first = REQUIRE_OK(accepted.socket.recv(32));
  REQUIRE_EQ(first.size(), 32u);
  REQUIRE_NE(REQUIRE_OK(accepted.socket.recv(32)), first);
}

CONFORMANCE("family/alg_absent_type", Rows({"family/AF_ALG", "method/bind"}), Needs{Feature::alg, &probe::alg}) {
  Socket s = REQUIRE_OK(socket(af_alg, sock_seqpacket, {}, t.backend()));
  REQUIRE_ERROR(s.bind(AlgAddress{"nosuch", "sha256"}), Errc::enoent);
  REQUIRE_ERROR(s.bind(AlgAddress{"rng", "no-such-generator"}), Errc::enoent);
  // A socket that names no algorithm computes nothing.
  REQUIRE_ERROR(s.accept(), Errc::einval);
}

}  // namespace
}  // namespace everysock::conformance
