// AF_ALG: Linux, Documentation/crypto/userspace-if.rst.
#include "waiting_support.h"

namespace everysock::conformance {
namespace {

Socket algorithm(Context& t, const AlgAddress& address) {
  Socket s = REQUIRE_OK(socket(af_alg, sock_seqpacket, {}, t.backend()));
  REQUIRE_OK(s.bind(address));
  return s;
}

Socket operation_of(Socket& algorithm) {
  auto accepted = REQUIRE_OK(algorithm.accept());
  REQUIRE_EQ(accepted.address, Address());
  return std::move(accepted.socket);
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text += digits[static_cast<unsigned char>(byte) >> 4];
    text += digits[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

CONFORMANCE("family/alg_hash", Rows({"family/AF_ALG", "method/accept"}), Needs{Feature::alg, &probe::alg}) {
  Socket hash = algorithm(t, {"hash", "sha256"});
  Socket operation = operation_of(hash);
  // FIPS 180-2, B.1.
  REQUIRE_OK(operation.sendall("abc"));
  REQUIRE_EQ(hex(REQUIRE_OK(operation.recv(512))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  REQUIRE_OK(operation.send("a", msg_more));
  REQUIRE_OK(operation.send("bc"));
  REQUIRE_EQ(hex(REQUIRE_OK(operation.recv(512))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

CONFORMANCE("family/alg_keyed_hash", Rows({"family/AF_ALG", "constant-group/ALG_*", "constant/SOL_ALG"}),
            Needs{Feature::alg, &probe::alg}) {
  Socket hash = algorithm(t, {"hash", "hmac(sha256)"});
  REQUIRE_OK(hash.setsockopt(sol_alg, alg_set_key, "Jefe"));  // RFC 4231, 4.3
  Socket operation = operation_of(hash);
  REQUIRE_OK(operation.sendall("what do ya want for nothing?"));
  REQUIRE_EQ(hex(REQUIRE_OK(operation.recv(512))), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

CONFORMANCE("family/alg_cipher", Rows({"family/AF_ALG", "method/sendmsg_afalg", "constant-group/ALG_*"}),
            Needs{Feature::alg, &probe::alg, Feature::control_messages}) {
  Socket cipher = algorithm(t, {"skcipher", "cbc(aes)"});
  // RFC 3602, 4, case 1.
  const std::string key = REQUIRE_OK(inet_pton(af_inet6, "06a9:2140:36b8:a15b:512e:03d5:3412:0006"));
  const std::string iv = REQUIRE_OK(inet_pton(af_inet6, "3daf:ba42:9d9e:b430:b422:da80:2c9f:ac41"));
  REQUIRE_OK(cipher.setsockopt(sol_alg, alg_set_key, key));
  Socket operation = operation_of(cipher);
  REQUIRE_EQ(REQUIRE_OK(operation.sendmsg_afalg({"Single ", "block msg"}, alg_op_encrypt, {.iv = iv})), 16u);
  const std::string secret = REQUIRE_OK(operation.recv(16));
  REQUIRE_EQ(hex(secret), "e353779c1079aeb82708942dbe77181a");
  REQUIRE_OK(operation.sendmsg_afalg({secret}, alg_op_decrypt, {.iv = iv}));
  REQUIRE_EQ(REQUIRE_OK(operation.recv(16)), "Single block msg");
}

CONFORMANCE("family/alg_authenticated", Rows({"family/AF_ALG", "method/sendmsg_afalg", "method/setsockopt"}),
            Needs{Feature::alg, &probe::alg, Feature::control_messages}) {
  Socket cipher = algorithm(t, {"aead", "gcm(aes)"});
  REQUIRE_OK(cipher.setsockopt(sol_alg, alg_set_key, std::string(16, 'k')));
  REQUIRE_OK(cipher.setsockopt(sol_alg, alg_set_aead_authsize, ConstBuffer(nullptr, 16)));
  Socket operation = operation_of(cipher);
  const AlgRequest request{.iv = std::string(12, 'i'), .assoclen = 5};
  REQUIRE_OK(operation.sendmsg_afalg({"assoc", "plain text"}, alg_op_encrypt, request));
  const std::string sealed = REQUIRE_OK(operation.recv(5 + 10 + 16));
  REQUIRE_EQ(sealed.size(), 31u);
  REQUIRE_OK(operation.sendmsg_afalg({sealed}, alg_op_decrypt, request));
  REQUIRE_EQ(REQUIRE_OK(operation.recv(15)).substr(5), "plain text");
  std::string forged = sealed;
  forged.back() = static_cast<char>(forged.back() ^ 1);
  REQUIRE_OK(operation.sendmsg_afalg({forged}, alg_op_decrypt, request));
  REQUIRE_ERROR(operation.recv(15), Errc::ebadmsg);
}

CONFORMANCE("family/alg_errors", Rows({"family/AF_ALG", "method/sendmsg_afalg"}), Needs{Feature::alg, &probe::alg}) {
  Socket s = REQUIRE_OK(socket(af_alg, sock_seqpacket, {}, t.backend()));
  REQUIRE_ERROR(s.bind(AlgAddress{"hash", "no-such-algorithm"}), Errc::enoent);
  REQUIRE_ERROR(s.bind(AlgAddress{std::string(14, 't'), "sha256"}), UsageErrc::alg_type_too_long);
  REQUIRE_ERROR(s.bind(AlgAddress{"hash", std::string(64, 'n')}), UsageErrc::alg_name_too_long);
  REQUIRE_ERROR(s.bind(InetAddress{"127.0.0.1", 0}), UsageErrc::address_form);
  REQUIRE_ERROR(s.sendmsg_afalg({"x"}, alg_op_encrypt, {.assoclen = -1}), UsageErrc::alg_assoclen);
}

CONFORMANCE_OVER((std::array{&tcp4, &unix_path}), "family/alg_request_elsewhere", Rows({"method/sendmsg_afalg"}),
                 Needs{}) {
  Socket s = t.open(kind);
  REQUIRE_ERROR(s.sendmsg_afalg({"x"}, alg_op_encrypt), UsageErrc::alg_not_alg);
}

CONFORMANCE("family/alg_names", Rows({"family/AF_ALG", "method/getsockname", "method/bind"}),
            Needs{Feature::alg, &probe::alg}) {
  Socket hash = algorithm(t, {"hash", "sha256"});
  REQUIRE_ERROR(hash.getsockname(), Errc::eopnotsupp);
  REQUIRE_ERROR(hash.getpeername(), Errc::eopnotsupp);
  // The driver's own name is one as well; of the flags Linux knows 0x1000 alone (CRYPTO_ALG_KERN_DRIVER_ONLY).
  Socket driver = algorithm(t, {"hash", "sha256-generic"});
  Socket operation = operation_of(driver);
  REQUIRE_OK(operation.sendall("abc"));
  REQUIRE_EQ(hex(REQUIRE_OK(operation.recv(4))), "ba7816bf");
  Socket s = REQUIRE_OK(socket(af_alg, sock_seqpacket, {}, t.backend()));
  REQUIRE_ERROR(s.bind(AlgAddress{"hash", "sha256", 0x40}), Errc::einval);
  REQUIRE_ERROR(s.bind(AlgAddress{"hash", "sha256", 0, 0x40}), Errc::einval);
  REQUIRE_OK(s.bind(AlgAddress{"hash", "sha256", 0, 0x1000}));
}

CONFORMANCE("family/alg_time_out", Rows({"family/AF_ALG", "method/settimeout"}), Needs{Feature::alg, &probe::alg}) {
  // A cipher that was given nothing has nothing to give.
  Socket cipher = algorithm(t, {"skcipher", "ecb(aes)"});
  REQUIRE_OK(cipher.setsockopt(sol_alg, alg_set_key, std::string(16, 'k')));
  Socket operation = operation_of(cipher);
  receive_in_vain(operation);
}

}  // namespace
}  // namespace everysock::conformance
