#include "platform/private_directory.h"

// clang-format off
#include "platform/windows/winsock_headers.h"
#include <aclapi.h>
// clang-format on

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "platform/file_path.h"

namespace everysock::platform {
namespace {

namespace fs = std::filesystem;

TEST_CASE("make_private_directory: new ones, empty, to be written to") {
  const fs::path first = file_path(make_private_directory()).value();
  const fs::path second = file_path(make_private_directory()).value();
  REQUIRE(!first.empty());
  CHECK(first != second);
  for (const fs::path& each : {first, second}) {
    CHECK(fs::is_empty(each));
    std::ofstream(each / "mine") << "text";
    CHECK(fs::file_size(each / "mine") == 4);
    CHECK(fs::remove_all(each) == 2);
  }
}

std::vector<char> this_user() {
  HANDLE token = nullptr;
  REQUIRE(::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &token));
  std::vector<char> user(1024);
  DWORD size = 0;
  const BOOL known = ::GetTokenInformation(token, TokenUser, user.data(), static_cast<DWORD>(user.size()), &size);
  ::CloseHandle(token);
  REQUIRE(known);
  return user;
}

TEST_CASE("make_private_directory: nobody else may enter") {
  const fs::path path = file_path(make_private_directory()).value();
  REQUIRE(!path.empty());
  std::vector<char> user = this_user();
  const PSID own = reinterpret_cast<TOKEN_USER*>(user.data())->User.Sid;
  std::wstring name = path.native();
  PACL rules = nullptr;
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  REQUIRE(::GetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr, &rules,
                                  nullptr, &descriptor) == ERROR_SUCCESS);
  const std::unique_ptr<void, decltype(&::LocalFree)> owner(descriptor, ::LocalFree);
  REQUIRE(rules != nullptr);  // none would let everybody in
  std::vector<char> system(SECURITY_MAX_SID_SIZE);
  DWORD size = SECURITY_MAX_SID_SIZE;
  REQUIRE(::CreateWellKnownSid(WinLocalSystemSid, nullptr, system.data(), &size));
  int mine = 0;
  for (DWORD i = 0; i < rules->AceCount; ++i) {
    void* rule = nullptr;
    REQUIRE(::GetAce(rules, i, &rule));
    auto* const allowed = static_cast<ACCESS_ALLOWED_ACE*>(rule);
    REQUIRE(allowed->Header.AceType == ACCESS_ALLOWED_ACE_TYPE);
    CAPTURE(i);
    const bool is_mine = ::EqualSid(&allowed->SidStart, own) != 0;
    // Wine adds the system itself.
    CHECK((is_mine || ::EqualSid(&allowed->SidStart, system.data()) != 0));
    if (is_mine && allowed->Mask == FILE_ALL_ACCESS) ++mine;
  }
  CHECK(mine == 1);
  fs::remove(path);
}

}  // namespace
}  // namespace everysock::platform
