// sendmsg_afalg(): what it puts beside the buffers, and what it refuses.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/core/fake_backend.h"

namespace everysock {
namespace {

// Keeps what it is sent.
class AlgBackend final : public FakeBackend {
 public:
  Result<std::size_t> send(Handle handle, const SendRequest& request) override {
    control.assign(request.control.begin(), request.control.end());
    flags = request.flags;
    data.clear();
    for (const ConstBuffer& buffer : request.buffers) data += buffer.view();
    return FakeBackend::send(handle, request);
  }

  std::vector<ControlMessage> control;
  MessageFlags flags;
  std::string data;
};

std::string word(char low) { return std::string{low, '\0', '\0', '\0'}; }

TEST_CASE("the operation alone") {
  AlgBackend backend;
  Socket s = backend.make_socket(af_alg, sock_seqpacket);
  CHECK(s.sendmsg_afalg({}, alg_op_encrypt) == 0);
  CHECK(backend.control == std::vector{ControlMessage{sol_alg, alg_set_op, word(1)}});
  CHECK(backend.flags == MessageFlags());
}

TEST_CASE("everything") {
  AlgBackend backend;
  Socket s = backend.make_socket(af_alg, sock_seqpacket);
  CHECK(s.sendmsg_afalg({"associated", "text"}, alg_op_decrypt,
                        {.iv = std::string("\0vector", 7), .assoclen = 10, .flags = msg_more}) == 14);
  CHECK(backend.data == "associatedtext");
  CHECK(backend.flags == msg_more);
  // struct af_alg_iv: the length, then the bytes.
  CHECK(backend.control == std::vector{ControlMessage{sol_alg, alg_set_op, word(0)},
                                       ControlMessage{sol_alg, alg_set_iv, word(7) + std::string("\0vector", 7)},
                                       ControlMessage{sol_alg, alg_set_aead_assoclen, word(10)}});
}

TEST_CASE("empty is not absent") {
  AlgBackend backend;
  Socket s = backend.make_socket(af_alg, sock_seqpacket);
  CHECK(s.sendmsg_afalg({}, alg_op_sign, {.iv = "", .assoclen = 0}) == 0);
  CHECK(backend.control.size() == 3);
  CHECK(backend.control[1].data == word(0));
  CHECK(backend.control[2].data == word(0));
}

TEST_CASE("what it refuses") {
  AlgBackend backend;
  Socket s = backend.make_socket(af_alg, sock_seqpacket);
  CHECK(s.sendmsg_afalg({}, alg_op_encrypt, {.assoclen = -1}).error().message() ==
        "sendmsg_afalg: assoclen must be at least 0, not -1 [usage]");
  CHECK(s.sendmsg_afalg({ConstBuffer(nullptr, 3)}, alg_op_encrypt).error() ==
        Error(Operation::sendmsg_afalg, UsageErrc::null_buffer, 3));
  Socket other = backend.make_socket(af_inet, sock_dgram);
  CHECK(other.sendmsg_afalg({}, alg_op_encrypt).error() == UsageErrc::alg_not_alg);
  CHECK(other.close());
  CHECK(other.sendmsg_afalg({}, alg_op_encrypt).error() == Error(Operation::sendmsg_afalg, Errc::ebadf));
  CHECK(backend.calls["send"] == 0);
}

TEST_CASE("errors of the system are the call's own") {
  AlgBackend backend;
  Socket s = backend.make_socket(af_alg, sock_seqpacket);
  backend.transfers = {fail(Operation::send, Errc::einval)};
  CHECK(s.sendmsg_afalg({"x"}, alg_op_encrypt).error() == Error(Operation::sendmsg_afalg, Errc::einval));
}

}  // namespace
}  // namespace everysock
