// everysock: the API of Python's socket module for C++. This is the one header a program includes.
//
//   #include <everysock/socket.h>
//   using namespace everysock;
//
//   Socket s = create_connection({"127.0.0.1", 6379}).value();
//   s.sendall("PING\r\n").value();
//   std::cout << s.recv(64).value();        // +PONG
//
// Names are the documented names: functions and methods as they are, constants in lower case. What raises in Python
// returns an Error here (error.h).
#ifndef EVERYSOCK_SOCKET_H_
#define EVERYSOCK_SOCKET_H_

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "everysock/address.h"
#include "everysock/alg_request.h"
#include "everysock/backend.h"
#include "everysock/buffer.h"
#include "everysock/constants.h"
#include "everysock/control_message.h"
#include "everysock/default_backend.h"
#include "everysock/error.h"
#include "everysock/file_source.h"
#include "everysock/socket_file.h"
#include "everysock/time.h"

namespace everysock {

class Socket;

// What accept() returns.
struct Accepted;

// What recvfrom() and recvfrom_into() return.
struct Received {
  std::string data;
  Address address;
};
struct ReceivedInto {
  std::size_t nbytes = 0;
  Address address;
};

// What recvmsg() and recvmsg_into() return.
struct ReceivedMessage {
  std::string data;
  std::vector<ControlMessage> ancdata;
  MessageFlags msg_flags;
  Address address;
};
struct ReceivedMessageInto {
  std::size_t nbytes = 0;
  std::vector<ControlMessage> ancdata;
  MessageFlags msg_flags;
  Address address;
};

// The option of sio_keepalive_vals: whether keep-alive messages are sent, after how many milliseconds without traffic
// and in what interval, in milliseconds as well.
struct KeepaliveVals {
  bool onoff;
  std::uint32_t timeout_ms;
  std::uint32_t interval_ms;
};

// An endpoint for communication. Move-only; the destructor closes it (close() also reports errors).
//
// Every socket is in one of three modes (settimeout): blocking, where calls wait until they are done; non-blocking,
// where a call that would have to wait fails at once (Error::would_block()); and time-out mode, where a call that waits
// longer than the time-out fails with Error::is_timeout(). In the last mode the descriptor below is non-blocking, as
// documented.
//
// Threads: several threads may use one socket at once (one sending, one receiving, one shutting it down). Moving,
// closing, detaching or destroying it must not run beside any other use.
//
// Errors common to all methods: EBADF on a closed, detached or moved-from socket. Each method lists what else to
// expect; the system may report others.
//
// Source: Python documentation, "Socket Objects" (spec rows method/*); the manual pages of the calls they name.
class Socket {
 public:
  // A closed socket.
  Socket() noexcept = default;
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  ~Socket() {
    if (handle_ != Handle::invalid || shared_) leave();
  }

  // ---- facts ----

  // What the socket was created with, or detected to be. They survive close().
  AddressFamily family() const noexcept { return family_; }
  // Never contains sock_nonblock or sock_cloexec.
  SocketKind type() const noexcept { return type_; }
  Protocol proto() const noexcept { return proto_; }
  // The descriptor, -1 once closed or detached. On Windows a SOCKET; in other backends a number of theirs.
  std::int64_t fileno() const noexcept;
  Backend* backend() const noexcept { return backend_; }
  // The handle for code that speaks to the backend itself; Handle::invalid once closed.
  Handle handle() const noexcept { return handle_; }

  // ---- names and connections ----

  // Gives the socket its local address. EADDRINUSE, EADDRNOTAVAIL, EINVAL (bound already), EACCES; usage errors for
  // an address of another form, a port out of range, an over-long path; gai errors for a host name. bind(2).
  Result<void> bind(const Address& address);
  Result<void> bind(const InetAddress& address);

  // Lets the socket take connections. A negative backlog counts as 0; left out it is 128, or the system's maximum if
  // that is less. EOPNOTSUPP, EADDRINUSE. listen(2).
  Result<void> listen(int backlog = 128);

  // Waits for a connection. The new socket has the default time-out if one is set, otherwise it is blocking, whatever
  // the mode of this one. EINVAL (not listening), EAGAIN, time-out, ECONNABORTED, EMFILE. accept(2).
  Result<Accepted> accept();

  // Connects to `address`; on a datagram socket sets the peer. Blocking: waits (also across signals). Non-blocking:
  // EINPROGRESS, then writable when it has ended, with the outcome in so_error. ECONNREFUSED, ETIMEDOUT (the system
  // gave up), time-out (this socket's ran out), ENETUNREACH, EHOSTUNREACH, EISCONN, EALREADY; usage and gai errors as
  // bind(). connect(2).
  Result<void> connect(const Address& address);
  Result<void> connect(const InetAddress& address);
  // As connect(), but a failure of the connection itself is the value (Errc::ok for success), EAGAIN for a time-out;
  // only usage and gai errors are errors.
  Result<Errc> connect_ex(const Address& address);
  Result<Errc> connect_ex(const InetAddress& address);

  // Ends one or both directions; the socket stays open. ENOTCONN, EINVAL. shutdown(2).
  Result<void> shutdown(ShutdownHow how);

  // Closes the socket. Data that send() accepted still goes out. A second close does nothing. An error of the system
  // is reported (the socket is closed all the same) and not retried; ECONNRESET counts as success. Where files made of
  // the socket are open, it closes with the last of them, and works until then. close(2).
  Result<void> close();

  // Gives the descriptor away: returns it, still open, and leaves this socket closed. -1 if it was closed already.
  std::int64_t detach() noexcept;

  // A new socket on a duplicate of the descriptor, with the same time-out. The two share options and the descriptor's
  // blocking mode. EMFILE. dup(2).
  Result<Socket> dup() const;

  // ENOTCONN (getpeername). getsockname(2), getpeername(2).
  Result<Address> getsockname() const;
  Result<Address> getpeername() const;

  // ---- sending ----

  // Sends as much as the system takes now and returns how much that was. Waits for room where nothing at all fits.
  // EAGAIN, time-out, EPIPE, ECONNRESET, ENOTCONN, EDESTADDRREQ, EMSGSIZE. No SIGPIPE is raised. send(2).
  Result<std::size_t> send(ConstBuffer data, MessageFlags flags = {});

  // Sends all of it. The time-out bounds the whole call. After an error nobody knows how much went out. As send().
  Result<void> sendall(ConstBuffer data, MessageFlags flags = {});

  // Sends one datagram to `address`. As send(); EISCONN on a connected stream; EACCES for a broadcast without
  // so_broadcast; usage and gai errors as bind(). sendto(2).
  Result<std::size_t> sendto(ConstBuffer data, const Address& address);
  Result<std::size_t> sendto(ConstBuffer data, const InetAddress& address);
  Result<std::size_t> sendto(ConstBuffer data, MessageFlags flags, const Address& address);
  Result<std::size_t> sendto(ConstBuffer data, MessageFlags flags, const InetAddress& address);

  // Sends the buffers, joined, as one message with ancillary data. `address` null: the connected peer. As send();
  // EMSGSIZE for more buffers than the system takes (1024 on Linux); ENOBUFS for more ancillary data than it takes, and
  // a usage error for more than a C int could count; EINVAL, EPERM, EBADF (scm_rights) for items it does not like.
  // Systems without CMSG_SPACE take one item at most. sendmsg(2), cmsg(3).
  Result<std::size_t> sendmsg(std::span<const ConstBuffer> buffers, std::span<const ControlMessage> ancdata = {},
                              MessageFlags flags = {}, const Address* address = nullptr);
  Result<std::size_t> sendmsg(std::initializer_list<ConstBuffer> buffers, std::span<const ControlMessage> ancdata = {},
                              MessageFlags flags = {}, const Address* address = nullptr);

  // A request to an operation socket of AF_ALG (what accept() gives there): the operation, the optional initialisation
  // vector and length of associated data, and the buffers, joined. As sendmsg(); usage errors for a socket of another
  // family and a negative length. Linux, Documentation/crypto/userspace-if.rst.
  Result<std::size_t> sendmsg_afalg(std::span<const ConstBuffer> buffers, AlgOperation op,
                                    const AlgRequest& request = {});
  Result<std::size_t> sendmsg_afalg(std::initializer_list<ConstBuffer> buffers, AlgOperation op,
                                    const AlgRequest& request = {});

  // Sends `file` from `offset` to its end, or `count` bytes of it, and returns how many that were. The system's own
  // sendfile does it for a regular file where there is one; otherwise the file is read and sent in blocks of 8 KiB.
  // The time-out bounds each wait. Afterwards the file's position is behind what was sent, also where the call failed:
  // it tells how much that was. As send(), and errors of the file. Usage errors for sockets that are no streams or
  // non-blocking, a file in text mode, a negative offset, a count below 1. sendfile(2).
  Result<std::size_t> sendfile(FileSource& file, std::int64_t offset = 0,
                               std::optional<std::int64_t> count = std::nullopt);

  // A file over this socket; socket_file.h says what it can do. `mode`: "r" to read (also the empty one), "w" to write,
  // both, each with "b" for bytes instead of text. `buffering`: the size of its buffers in bytes; -1: 8192; 0: none
  // (binary files only); 1: a line is sent at its end. Usage errors for what these cannot be.
  Result<SocketFile> makefile(std::string_view mode = "r", int buffering = -1, const MakefileOptions& options = {});

  // ---- receiving ----

  // Up to `bufsize` bytes, as soon as some are there; "" when the peer has finished sending (or bufsize is 0, which
  // asks the system nothing). A datagram longer than bufsize is cut. EAGAIN, time-out, ECONNRESET, ECONNREFUSED,
  // ENOTCONN; usage error for a negative size. recv(2).
  Result<std::string> recv(std::ptrdiff_t bufsize, MessageFlags flags = {});

  // The same into the caller's memory, without allocating: at most `nbytes`, or the whole buffer for 0. Returns how
  // many came. Usage errors for a negative nbytes and one beyond the buffer.
  Result<std::size_t> recv_into(MutableBuffer buffer, std::ptrdiff_t nbytes = 0, MessageFlags flags = {});

  // As recv() and recv_into(), with the sender's address (monostate where the system gives none: connected streams).
  // A size of 0 still takes a datagram. recvfrom(2).
  Result<Received> recvfrom(std::ptrdiff_t bufsize, MessageFlags flags = {});
  Result<ReceivedInto> recvfrom_into(MutableBuffer buffer, std::ptrdiff_t nbytes = 0, MessageFlags flags = {});

  // One message with its ancillary data, flags (msg_trunc: the datagram was cut; msg_ctrunc: ancillary data was) and
  // sender. `ancbufsize` is the room for ancillary data, headers and padding included (cmsg_space(), ancillary.h); 0
  // for none. An item that does not fit is cut inside its data, or left out where its header does not fit. Descriptors
  // that come with scm_rights belong to the caller from then on; those that did not fit are closed. A call that fails
  // leaves none behind. As recv(); usage errors for negative sizes and room beyond a C int. recvmsg(2).
  Result<ReceivedMessage> recvmsg(std::ptrdiff_t bufsize, std::ptrdiff_t ancbufsize = 0, MessageFlags flags = {});
  // The same, scattered over several buffers in order.
  Result<ReceivedMessageInto> recvmsg_into(std::span<const MutableBuffer> buffers, std::ptrdiff_t ancbufsize = 0,
                                           MessageFlags flags = {});
  Result<ReceivedMessageInto> recvmsg_into(std::initializer_list<MutableBuffer> buffers, std::ptrdiff_t ancbufsize = 0,
                                           MessageFlags flags = {});

  // ---- options ----

  // ENOPROTOOPT (also for an option of another level), EINVAL, EDOM, EPERM. Bytes are taken as they are, in the layout
  // of Linux on x86-64; ConstBuffer(nullptr, n) is the documented (None, optlen). The options of the level af_vsock
  // have 64 bits (getsockopt: UsageErrc::integer_out_of_range for a value that an int cannot hold). setsockopt(2),
  // getsockopt(2).
  Result<void> setsockopt(OptionLevel level, Option option, int value);
  Result<void> setsockopt(OptionLevel level, Option option, ConstBuffer value);
  Result<int> getsockopt(OptionLevel level, Option option) const;
  // The raw bytes, cut to what the system returned. buflen 1-1024 (usage error otherwise). Documented to be refused on
  // AF_VSOCK sockets (UsageErrc::option_buffer_not_allowed).
  Result<std::string> getsockopt(OptionLevel level, Option option, int buflen) const;

  // The same with 64 bits, which the level af_vsock needs: s.getsockopt<std::uint64_t>(level, option). For other levels
  // the value must fit into an int (UsageErrc::integer_out_of_range).
  template <std::same_as<std::uint64_t> T>
  Result<void> setsockopt(OptionLevel level, Option option, T value) {
    return set_wide_option(level, option, value);
  }
  template <std::same_as<std::uint64_t> T>
  Result<T> getsockopt(OptionLevel level, Option option) const {
    return get_wide_option(level, option);
  }

  // setblocking(true) is settimeout(nullopt), setblocking(false) is settimeout(0).
  Result<void> setblocking(bool flag);
  // Whether the time-out is anything but 0; answers from the object, not from the descriptor.
  bool getblocking() const noexcept;
  // nullopt: blocking; 0: non-blocking; else seconds (nanosecond steps, rounded up). Usage errors for negative values,
  // NaN and what the clock cannot hold. Applies to later calls.
  Result<void> settimeout(Timeout timeout);
  std::optional<double> gettimeout() const noexcept;

  // Windows only; EOPNOTSUPP elsewhere, where the descriptor is what the system's own ioctl(2) or fcntl(2) takes.
  // Returns how many bytes came back. sio_rcvall takes one of rcvall_off to rcvall_iplevel,
  // sio_loopback_fast_path true or false, sio_keepalive_vals a KeepaliveVals. Usage errors for other commands, and for
  // an option that is not the command's. WSAIoctl.
  Result<std::uint32_t> ioctl(IoControl control, std::uint32_t option);
  Result<std::uint32_t> ioctl(IoControl control, const KeepaliveVals& option);

  // Windows only; EOPNOTSUPP elsewhere, where descriptors are passed over AF_UNIX sockets. Bytes from which fromshare()
  // makes a socket in the process with this identifier. This socket may be closed at once.
  Result<std::string> share(std::uint32_t process_id) const;

  // Whether child processes get the descriptor; false for every new socket.
  Result<bool> get_inheritable() const;
  Result<void> set_inheritable(bool inheritable);

 private:
  friend class SocketFactory;
  // Closes without telling, and forgets its files.
  void leave() noexcept;

  Result<void> set_wide_option(OptionLevel level, Option option, std::uint64_t value);
  Result<std::uint64_t> get_wide_option(OptionLevel level, Option option) const;

  Backend* backend_ = nullptr;
  Handle handle_ = Handle::invalid;
  AddressFamily family_;
  SocketKind type_;
  Protocol proto_;
  // Nanoseconds; -1: blocking. Atomic, so that settimeout() may run beside a call in another thread.
  std::atomic<std::int64_t> timeout_{-1};
  // With a time-out, whether the next operation is likely to be ready: then it is tried first, and a stream that is
  // always full costs one system call. If not it is waited for first, and an answer that is still on its way costs two,
  // where a vain try would make it three. A wrong guess, which threads that share a socket may cause, costs a call.
  std::atomic<bool> receive_ready_{false};
  std::atomic<bool> send_ready_{true};

  // Null until makefile(); then it owns the handle.
  std::shared_ptr<SharedSocket> shared_;

  friend struct SocketIo;
};

struct Accepted {
  Socket socket;
  Address address;
};

// ---- making sockets ----

// A new socket, not inherited by child processes, with the default time-out. sock_nonblock in `type` makes it
// non-blocking whatever the default. EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT, EMFILE, EPERM (raw). socket(2).
Result<Socket> socket(AddressFamily family = af_inet, SocketKind type = sock_stream, Protocol proto = {},
                      Backend& backend = default_backend());

// Takes over an open descriptor (documented as socket(fileno=)). What is left out is asked of the system: the real
// protocol then shows where the original object said 0. EBADF, ENOTSOCK; usage error for a negative number.
struct FromFileno {
  std::optional<AddressFamily> family;
  std::optional<SocketKind> type;
  std::optional<Protocol> proto;
};
Result<Socket> socket_from_fileno(std::int64_t fileno, FromFileno known = {}, Backend& backend = default_backend());

// Duplicates a descriptor and wraps the copy, without checking what it is. The time-out is the default one, the
// blocking flag is shared with the original. EBADF, EMFILE.
Result<Socket> fromfd(std::int64_t fd, AddressFamily family, SocketKind type, Protocol proto = {},
                      Backend& backend = default_backend());

// The socket that another process gave this one by Socket::share(), with the default time-out. Usage error for data of
// another length; EOPNOTSUPP off Windows.
Result<Socket> fromshare(std::string_view data, Backend& backend = default_backend());

// Two sockets connected to each other. EOPNOTSUPP for families without pairs. socketpair(2).
Result<std::pair<Socket, Socket>> socketpair(AddressFamily family = af_unix, SocketKind type = sock_stream,
                                             Protocol proto = {}, Backend& backend = default_backend());

// ---- the default time-out ----

// The time-out that new sockets get; process-wide, atomic. Usage errors as settimeout().
Result<void> setdefaulttimeout(Timeout timeout);
std::optional<double> getdefaulttimeout() noexcept;

// socket.close(fd): closes a bare descriptor. EBADF; ECONNRESET counts as success.
Result<void> close(std::int64_t fd, Backend& backend = default_backend());

// socket.dup(fd): a duplicate of a bare descriptor, not inherited by child processes, which is the caller's to close.
// EBADF, EMFILE. dup(2).
Result<std::int64_t> dup(std::int64_t fd, Backend& backend = default_backend());

// The type of sockets, under its documented name.
using SocketType = Socket;

// "<Socket fd=4, family=AF_INET, type=SOCK_STREAM, proto=0, laddr=127.0.0.1:50007, raddr=127.0.0.1:80>"; "<Socket
// [closed] fd=-1, ...>" once it is closed. Addresses that cannot be had, or are of an unnamed socket, are left out.
std::string repr(const Socket& socket);

}  // namespace everysock

#include "everysock/ancillary.h"
#include "everysock/audit.h"
#include "everysock/byte_order.h"
#include "everysock/connection.h"
#include "everysock/control_messages.h"
#include "everysock/host_database.h"
#include "everysock/hostname.h"
#include "everysock/idna.h"
#include "everysock/inet.h"
#include "everysock/interfaces.h"
#include "everysock/names.h"
#include "everysock/selector.h"
#include "everysock/services.h"

#endif  // EVERYSOCK_SOCKET_H_
