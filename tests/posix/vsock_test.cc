#include "everysock/constants/vsock.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace everysock {
namespace {

TEST_CASE("the machine's CID is what /dev/vsock answers to the documented code") {
  const int device = ::open("/dev/vsock", O_RDONLY | O_CLOEXEC);
  if (device < 0) {
    MESSAGE("no /dev/vsock");
    CHECK((errno == ENOENT || errno == EACCES || errno == ENODEV || errno == ENXIO));
    return;
  }
  unsigned int cid = 0;
  CHECK(::ioctl(device, ioctl_vm_sockets_get_local_cid.value(), &cid) == 0);
  CHECK(cid != vmaddr_cid_host);
  ::close(device);
}

}  // namespace
}  // namespace everysock
