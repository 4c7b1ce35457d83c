// The interface between the documented API and what carries it out. Whoever ports everysock implements Backend,
// Poller and Resolver, runs the conformance suite (docs/porting.md) and reads its report.
//
// A backend knows sockets as handles. It does what one system call would do: time-outs, EINTR, sendall, the resolution
// of host names and everything else that does not depend on the system lives once, in core, above this interface.
//
// The contract, for all functions:
//   - Failure is an Error whose operation() names the function here (Operation::bind, ...; core renames it) and whose
//     code is portable. Nothing is changed by a call that fails, unless its comment says so.
//   - An unknown or closed handle gives EBADF. What the backend cannot do at all gives EOPNOTSUPP, EAFNOSUPPORT,
//     ESOCKTNOSUPPORT, EPROTONOSUPPORT or ENOPROTOOPT, whichever the documentation of the call asks for.
//   - All functions may be called from any thread, on the same handle too: one thread may receive while another sends
//     and a third shuts the socket down. Closing a handle that another thread is using is a program's error; it must
//     not crash, and the other thread's call may return anything.
//   - Addresses passed in and out are numeric: core has resolved the names. Buffers may be empty.
//   - Sockets start out blocking. A call on a blocking handle waits as long as it takes; on a non-blocking one
//     (set_blocking) it gives EAGAIN (connect: EINPROGRESS) instead of waiting.
//   - EINTR may be given for any waiting call that a signal interrupted; core calls again.
#ifndef EVERYSOCK_BACKEND_H_
#define EVERYSOCK_BACKEND_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "everysock/address.h"
#include "everysock/buffer.h"
#include "everysock/constants.h"
#include "everysock/control_message.h"
#include "everysock/error.h"
#include "everysock/feature.h"
#include "everysock/resolver.h"
#include "everysock/time.h"

namespace everysock {

// A socket within one backend. For posix the file descriptor, for winsock the SOCKET, elsewhere a number of the
// backend's own.
enum class Handle : std::int64_t { invalid = -1 };

// What to wait for, and what has come.
enum class Interest : std::uint8_t { none = 0, read = 1, write = 2, read_write = 3 };
constexpr Interest operator|(Interest a, Interest b) noexcept {
  return static_cast<Interest>(static_cast<int>(a) | static_cast<int>(b));
}
constexpr Interest operator&(Interest a, Interest b) noexcept {
  return static_cast<Interest>(static_cast<int>(a) & static_cast<int>(b));
}

// Control messages have the layout of control_message.h, portable constants, and count against a capacity as Linux on
// x86-64 counts them: a header of 16 bytes, data padded to 8. SCM_RIGHTS carries what native() gives. What it brings is
// to be taken up with adopt(), or where that refuses it (it is no socket), closed as static_cast<Handle>(number).

// One outgoing message or piece of a stream: the buffers in order.
struct SendRequest {
  std::span<const ConstBuffer> buffers = {};
  MessageFlags flags = {};
  const Address* address = nullptr;              // null: the connected peer
  std::span<const ControlMessage> control = {};  // none for most
};

// Where to put an incoming message or piece of a stream, and what is learnt about it.
struct ReceiveRequest {
  std::span<const MutableBuffer> buffers = {};
  MessageFlags flags = {};
  Address* address = nullptr;                      // out, where not null: the sender, or monostate if not known
  std::size_t control_capacity = 0;                // bytes of ancillary data accepted, headers and padding included
  std::vector<ControlMessage>* control = nullptr;  // out, appended to; null goes with a control_capacity of 0
  MessageFlags received_flags = {};                // out: msg_trunc, msg_ctrunc, msg_eor, msg_oob as they apply
};

// A socket that came from another process: what adopt_shared() returns.
struct SharedHandle {
  Handle handle;
  AddressFamily family;
  SocketKind kind;
  Protocol protocol;
};

struct WaitItem {
  Handle handle;
  Interest interest;
  Interest ready = Interest::none;  // out, a part of interest
};

struct ReadyEvent {
  std::uint64_t token;  // what was given to Poller::add
  Interest ready;       // a part of the interest; both parts that were asked for when the socket failed or hung up
};

// Readiness of many handles, level-triggered: an event is reported by every wait() as long as it holds. "Ready to
// read" means that receive or accept would not wait (data, a pending connection, end of stream or an error);
// "ready to write" that send would not wait, or that a connection attempt has ended, well or badly.
//
// add, modify, remove and wake may be called from any thread, also while another one waits; only one thread waits.
class Poller {
 public:
  virtual ~Poller() = default;

  // Starts watching. EEXIST if the handle is watched already, EBADF if it is not open. Closing a handle ends its
  // watch silently.
  virtual Result<void> add(Handle handle, Interest interest, std::uint64_t token) = 0;
  // ENOENT if the handle is not watched.
  virtual Result<void> modify(Handle handle, Interest interest, std::uint64_t token) = 0;
  virtual Result<void> remove(Handle handle) = 0;

  // Waits until something is ready, wake() is called or the deadline passes; stores at most events.size() events and
  // returns how many (0 for a wake or a passed deadline). EINTR is not retried here. Deadline::passed() only looks.
  virtual Result<std::size_t> wait(std::span<ReadyEvent> events, Deadline deadline) = 0;

  // Makes the present wait(), or the next one, return.
  virtual void wake() = 0;

  // Has `callback` called, from a thread of the backend's choice, whenever something may have become ready since the
  // last wait(): the way to join this poller with another event loop (a browser page's, another backend's). It must
  // only pass the word on: it may not call into the backend. An empty function ends it. EOPNOTSUPP where the system
  // has no such thing (posix, winsock: wait on their pollers, and let the other backend's callback wake() them).
  virtual Result<void> set_callback(std::function<void()> callback) = 0;
};

class Backend {
 public:
  Backend() = default;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;
  virtual ~Backend() = default;

  // "posix", "memory", ...: for reports and messages.
  virtual std::string_view name() const = 0;

  // Whether and how this backend has `feature`. Answers for the backend and the system it was built for; whether this
  // very machine has it (IPv6 switched off, say) shows when it is used. Never fails, never blocks.
  virtual Support supports(Feature feature) const = 0;

  // The backend's monotonic clock in nanoseconds, which deadlines are moments of. Virtual in a simulation.
  virtual std::int64_t now() = 0;

  // ---- life ----

  // A new, unbound, blocking socket (non-blocking with sock_nonblock in `kind`), never inherited by child processes.
  // EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT, EMFILE, ENFILE, ENOBUFS, EACCES or EPERM (raw sockets).
  virtual Result<Handle> open(AddressFamily family, SocketKind kind, Protocol protocol) = 0;

  // Two sockets connected to each other. As open(); EOPNOTSUPP where the family has no pairs.
  virtual Result<std::pair<Handle, Handle>> open_pair(AddressFamily family, SocketKind kind, Protocol protocol) = 0;

  // Takes over a socket that exists: `native` is what native() gives. EBADF if it is no open descriptor, ENOTSOCK if it
  // is no socket. Nothing is duplicated and nothing about the socket changes.
  virtual Result<Handle> adopt(std::int64_t native) = 0;

  // The number that fileno() shows and adopt() takes: the descriptor where the system has one.
  virtual std::int64_t native(Handle handle) const = 0;

  // Another handle on the same socket, not inherited by child processes. The two share everything, the blocking mode
  // included; the socket closes with the last of them. EMFILE.
  virtual Result<Handle> duplicate(Handle handle) = 0;

  // Gives the handle back. It is closed even where an error is reported (EIO, EINTR, ENOSPC), which is not retried.
  virtual Result<void> close(Handle handle) = 0;

  // The socket as bytes that adopt_shared() of another process, the one with this identifier, makes a socket of; valid
  // once. EOPNOTSUPP here: only Windows has such a thing.
  virtual Result<std::string> share(Handle handle, std::uint32_t process_id);
  // A new handle, not inherited by child processes, on the socket that share() gave `data` for. Usage error
  // share_length for data that share() did not make. EOPNOTSUPP here.
  virtual Result<SharedHandle> adopt_shared(std::string_view data);

  // Whether child processes get this socket.
  virtual Result<bool> inheritable(Handle handle) = 0;
  virtual Result<void> set_inheritable(Handle handle, bool inheritable) = 0;

  // ---- names and connections ----

  // EADDRINUSE, EADDRNOTAVAIL, EINVAL (bound already), EACCES, EAFNOSUPPORT (an address of another family), and for
  // paths ENOENT, ENOTDIR, EROFS, ENAMETOOLONG.
  virtual Result<void> bind(Handle handle, const Address& address) = 0;

  // `backlog` is not negative. EADDRINUSE, EOPNOTSUPP (not a stream).
  virtual Result<void> listen(Handle handle, int backlog) = 0;

  // The next pending connection, as a blocking socket that child processes do not inherit, and its peer's address into
  // `peer` where that is not null. EINVAL (not listening), EAGAIN, ECONNABORTED, EMFILE, EOPNOTSUPP.
  virtual Result<Handle> accept(Handle handle, Address* peer) = 0;

  // Connects, or for datagrams sets the peer (monostate: takes it away). ECONNREFUSED, ETIMEDOUT, ENETUNREACH,
  // EHOSTUNREACH, EISCONN, EALREADY, EINPROGRESS (non-blocking: it goes on; ready to write when it has ended, the
  // outcome in so_error), EADDRNOTAVAIL, EAFNOSUPPORT, EACCES, EPERM, EPROTOTYPE, ENOENT, EAGAIN (AF_UNIX: full
  // backlog). EINTR: it goes on, as with EINPROGRESS.
  virtual Result<void> connect(Handle handle, const Address& address) = 0;

  // ENOTCONN, EINVAL (unknown how).
  virtual Result<void> shutdown(Handle handle, ShutdownHow how) = 0;

  virtual Result<Address> local_address(Handle handle) = 0;
  // ENOTCONN.
  virtual Result<Address> peer_address(Handle handle) = 0;

  // ---- data ----

  // Sends one message, or some of the bytes of a stream: returns how many bytes went. Never raises SIGPIPE. EAGAIN,
  // EPIPE, ECONNRESET, ECONNREFUSED (datagrams: an earlier one), ENOTCONN, EDESTADDRREQ, EISCONN, EMSGSIZE, ENOBUFS,
  // EACCES (broadcast without so_broadcast), EINVAL and EOPNOTSUPP (flags, control messages).
  virtual Result<std::size_t> send(Handle handle, const SendRequest& request) = 0;

  // Receives one message, or some bytes of a stream: returns how many bytes came, 0 at end of stream (or an empty
  // message, or empty buffers). EAGAIN, ECONNRESET, ECONNREFUSED, ENOTCONN, EINVAL, EOPNOTSUPP.
  virtual Result<std::size_t> receive(Handle handle, ReceiveRequest& request) = 0;

  // The commonest form of each: one buffer, the connected peer, nothing else. An error is one of `operation`, and never
  // EINTR: the call is made again. Here they go through send() and receive(), so that a wrapper sees every call there;
  // a backend for which one function call more can be felt overrides them.
  virtual Result<std::size_t> send_bytes(Handle handle, const void* data, std::size_t size, MessageFlags flags,
                                         Operation operation);
  virtual Result<std::size_t> receive_bytes(Handle handle, void* data, std::size_t size, MessageFlags flags,
                                            Operation operation);

  // Sends up to `count` bytes of the file that the system knows as `file` (FileSource::fileno()), from `offset` on,
  // without taking them through the program, as send() would. Returns how many went, 0 at the end of the file. The
  // file's position is neither used nor moved. Errors as send(), and any other where this file or socket cannot be
  // sent from or to in this way: core then reads the file and sends what it has read. EOPNOTSUPP here.
  virtual Result<std::size_t> send_file(Handle handle, std::int64_t file, std::int64_t offset, std::size_t count);

  // ---- options ----

  // Values are bytes in the layout of Linux on x86-64 (an int is 4 bytes, little-endian), whatever the backend.
  // Returns how many bytes of `value` were filled. ENOPROTOOPT, EINVAL, EOPNOTSUPP.
  virtual Result<std::size_t> get_option(Handle handle, OptionLevel level, Option option,
                                         std::span<std::byte> value) = 0;
  // ENOPROTOOPT, EINVAL (a value or length that cannot be), EDOM, EPERM, ENOMEM.
  virtual Result<void> set_option(Handle handle, OptionLevel level, Option option,
                                  std::span<const std::byte> value) = 0;

  // `option` has the layout of the command's argument on Windows: DWORDs. Returns how many bytes came back. EOPNOTSUPP
  // here: elsewhere these commands do not exist. WSAIoctl.
  virtual Result<std::uint32_t> control(Handle handle, IoControl command, std::span<const std::byte> option);

  virtual Result<void> set_blocking(Handle handle, bool blocking) = 0;
  virtual Result<bool> blocking(Handle handle) = 0;

  // ---- waiting ----

  // Waits until at least one of `items` is ready (as Poller defines it) or the deadline passes; sets every `ready`
  // and returns how many are not none. EINTR, EBADF (some handle is not open).
  virtual Result<std::size_t> wait(std::span<WaitItem> items, Deadline deadline) = 0;

  virtual Result<std::unique_ptr<Poller>> new_poller() = 0;

  virtual Resolver& resolver() = 0;

  // ---- threads (see thread.h) ----
  // A simulation advances its clock only when every thread that uses it waits; these let it know. By them a thread
  // whose event loop must go on meanwhile waits for others in its own way, too. Others ignore them. Called by
  // everysock::Thread.

  // The calling thread is about to start another one which will use the backend.
  virtual void thread_starting() {}
  // A thread announced by thread_starting() has ended; called on it.
  virtual void thread_finished() {}
  // The calling thread begins (or ends) waiting for something else than this backend: another thread, mostly.
  virtual void thread_waits_elsewhere(bool /*waits*/) {}
  // The same where it waits for the end of one thread, the one that std::hash makes `thread` of: between that end and
  // the return of join() nobody may take it that all threads wait. Called by everysock::Thread.
  virtual void thread_joins(std::uint64_t /*thread*/, bool begins) { thread_waits_elsewhere(begins); }
};

}  // namespace everysock

#endif  // EVERYSOCK_BACKEND_H_
