// Source: "Windows Sockets Error Codes" and "System Error Codes" of Microsoft's documentation.
#include "platform/windows/wsa_error.h"

#include "platform/windows/winsock_headers.h"

namespace everysock::platform {

Errc portable_wsa_error(int code) noexcept {
  switch (code) {
    case 0:
      return Errc::ok;
    // The socket was closed under the call: Windows has no signals that interrupt one.
    case WSAEINTR:
    case WSA_OPERATION_ABORTED:
    case WSAEBADF:
    case WSA_INVALID_HANDLE:
      return Errc::ebadf;
    case WSAEACCES:
    case ERROR_ACCESS_DENIED:
      return Errc::eacces;
    case WSAEFAULT:
    case ERROR_NOACCESS:
      return Errc::efault;
    case WSAEINVAL:
    case WSA_INVALID_PARAMETER:
      return Errc::einval;
    case WSAEMFILE:
    case ERROR_TOO_MANY_OPEN_FILES:
      return Errc::emfile;
    case WSAEWOULDBLOCK:
      return Errc::eagain;
    case WSAEINPROGRESS:
      return Errc::einprogress;
    case WSAEALREADY:
      return Errc::ealready;
    case WSAENOTSOCK:
      return Errc::enotsock;
    case WSAEDESTADDRREQ:
      return Errc::edestaddrreq;
    case WSAEMSGSIZE:
      return Errc::emsgsize;
    case WSAEPROTOTYPE:
      return Errc::eprototype;
    case WSAENOPROTOOPT:
      return Errc::enoprotoopt;
    case WSAEPROTONOSUPPORT:
      return Errc::eprotonosupport;
    case WSAESOCKTNOSUPPORT:
      return Errc::esocktnosupport;
    case WSAEOPNOTSUPP:
    case ERROR_NOT_SUPPORTED:
      return Errc::eopnotsupp;
    case WSAEPFNOSUPPORT:
      return Errc::epfnosupport;
    case WSAEAFNOSUPPORT:
      return Errc::eafnosupport;
    case WSAEADDRINUSE:
      return Errc::eaddrinuse;
    case WSAEADDRNOTAVAIL:
      return Errc::eaddrnotavail;
    case WSAENETDOWN:
    case WSASYSNOTREADY:
      return Errc::enetdown;
    case WSAENETUNREACH:
    case ERROR_NETWORK_UNREACHABLE:
      return Errc::enetunreach;
    case WSAENETRESET:
      return Errc::enetreset;
    case WSAECONNABORTED:
    case ERROR_CONNECTION_ABORTED:
      return Errc::econnaborted;
    case WSAECONNRESET:
    case WSAEDISCON:
    case ERROR_NETNAME_DELETED:
      return Errc::econnreset;
    case WSAENOBUFS:
    case ERROR_NO_SYSTEM_RESOURCES:
      return Errc::enobufs;
    case WSAEISCONN:
      return Errc::eisconn;
    case WSAENOTCONN:
      return Errc::enotconn;
    case WSAESHUTDOWN:
      return Errc::epipe;
    case WSAETOOMANYREFS:
      return Errc::etoomanyrefs;
    case WSAETIMEDOUT:
    case ERROR_SEM_TIMEOUT:
      return Errc::etimedout;
    case WSAECONNREFUSED:
    case ERROR_CONNECTION_REFUSED:
    case ERROR_PORT_UNREACHABLE:
      return Errc::econnrefused;
    case WSAELOOP:
      return Errc::eloop;
    case WSAENAMETOOLONG:
    case ERROR_FILENAME_EXCED_RANGE:
      return Errc::enametoolong;
    case WSAEHOSTDOWN:
      return Errc::ehostdown;
    case WSAEHOSTUNREACH:
    case ERROR_HOST_UNREACHABLE:
      return Errc::ehostunreach;
    case WSAENOTEMPTY:
      return Errc::enotempty;
    case WSAEPROCLIM:
      return Errc::eagain;
    case WSAEUSERS:
      return Errc::eusers;
    case WSAEDQUOT:
      return Errc::edquot;
    case WSAESTALE:
      return Errc::estale;
    case WSAEREMOTE:
      return Errc::eremote;
    case WSA_E_CANCELLED:
    case WSAECANCELLED:
      return Errc::ecanceled;
    case WSA_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
      return Errc::enomem;
    // AF_UNIX names are files.
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
      return Errc::enoent;
    case ERROR_DIRECTORY:
      return Errc::enotdir;
    case ERROR_WRITE_PROTECT:
      return Errc::erofs;
    default:
      return Errc::eio;
  }
}

Error wsa_gai_error(Operation operation, int code) noexcept {
  switch (code) {
    case EAI_AGAIN:
      return Error(operation, GaiErrc::again);
    case EAI_BADFLAGS:
      return Error(operation, GaiErrc::badflags);
    case EAI_FAMILY:
      return Error(operation, GaiErrc::family);
    case EAI_MEMORY:
      return Error(operation, GaiErrc::memory);
    case EAI_NONAME:
      return Error(operation, GaiErrc::noname);
    case EAI_NODATA:
      return Error(operation, GaiErrc::nodata);
    case EAI_SERVICE:
      return Error(operation, GaiErrc::service);
    case EAI_SOCKTYPE:
      return Error(operation, GaiErrc::socktype);
    case EAI_FAIL:
      return Error(operation, GaiErrc::fail);
    case WSAEFAULT:
    case ERROR_INSUFFICIENT_BUFFER:
      return Error(operation, GaiErrc::overflow);
    default:
      return Error(operation, portable_wsa_error(code));
  }
}

Error wsa_host_error(Operation operation, int code) noexcept {
  switch (code) {
    case WSAHOST_NOT_FOUND:
      return Error(operation, HostErrc::host_not_found);
    case WSATRY_AGAIN:
      return Error(operation, HostErrc::try_again);
    case WSANO_DATA:
      return Error(operation, HostErrc::no_data);
    case WSANO_RECOVERY:
      return Error(operation, HostErrc::no_recovery);
    default:
      return Error(operation, portable_wsa_error(code));
  }
}

}  // namespace everysock::platform
