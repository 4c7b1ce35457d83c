// Network interfaces by the names that Windows gives them for programs: "ethernet_32769", "loopback_0".
#include <array>
#include <memory>

#include "backends/winsock/resolver.h"
#include "platform/windows/utf16.h"
#include "platform/windows/winsock_headers.h"
#include "platform/windows/wsa_error.h"

namespace everysock::winsock {
namespace {

struct FreeTable {
  void operator()(MIB_IF_TABLE2* table) const { ::FreeMibTable(table); }
};

Error system_error(Operation operation, DWORD code) {
  return Error(operation, platform::portable_wsa_error(static_cast<int>(code)));
}

}  // namespace

Result<std::vector<InterfaceName>> WinsockResolver::if_nameindex() {
  constexpr Operation kOperation = Operation::if_nameindex;
  MIB_IF_TABLE2* found = nullptr;
  if (const DWORD code = ::GetIfTable2(&found); code != NO_ERROR) return Unexpected(system_error(kOperation, code));
  const std::unique_ptr<MIB_IF_TABLE2, FreeTable> table(found);
  std::vector<InterfaceName> names;
  for (ULONG i = 0; i < table->NumEntries; ++i) {
    const MIB_IF_ROW2& row = table->Table[i];
    std::array<wchar_t, NDIS_IF_MAX_STRING_SIZE + 1> name{};
    const DWORD code = ::ConvertInterfaceLuidToNameW(&row.InterfaceLuid, name.data(), name.size());
    if (code != NO_ERROR) return Unexpected(system_error(kOperation, code));
    names.push_back({row.InterfaceIndex, platform::from_utf16(name.data())});
  }
  return names;
}

Result<std::uint32_t> WinsockResolver::if_nametoindex(std::string_view name) {
  const std::wstring wide = platform::to_utf16(name);
  NET_LUID luid{};
  NET_IFINDEX index = 0;
  if (::ConvertInterfaceNameToLuidW(wide.c_str(), &luid) != NO_ERROR ||
      ::ConvertInterfaceLuidToIndex(&luid, &index) != NO_ERROR) {
    return fail(Operation::if_nametoindex, Errc::enodev);
  }
  return index;
}

Result<std::string> WinsockResolver::if_indextoname(std::uint32_t index) {
  NET_LUID luid{};
  std::array<wchar_t, NDIS_IF_MAX_STRING_SIZE + 1> name{};
  if (::ConvertInterfaceIndexToLuid(index, &luid) != NO_ERROR ||
      ::ConvertInterfaceLuidToNameW(&luid, name.data(), name.size()) != NO_ERROR) {
    return fail(Operation::if_indextoname, Errc::enxio);
  }
  return platform::from_utf16(name.data());
}

}  // namespace everysock::winsock
