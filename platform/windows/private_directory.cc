#include "platform/private_directory.h"

// clang-format off
#include "platform/windows/winsock_headers.h"
#include <sddl.h>
// clang-format on

#include <array>
#include <cerrno>
#include <memory>
#include <random>
#include <system_error>
#include <vector>

#include "platform/windows/utf16.h"

namespace everysock::platform {
namespace {

struct Freed {
  void operator()(void* memory) const { ::LocalFree(memory); }
};
template <typename T>
using Local = std::unique_ptr<T, Freed>;

// The user that this process runs as, as text; "" where the system does not say.
std::wstring user_sid() {
  HANDLE token = nullptr;
  if (!::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &token)) return {};
  const std::unique_ptr<void, decltype(&::CloseHandle)> owner(token, ::CloseHandle);
  DWORD size = 0;
  ::GetTokenInformation(token, TokenUser, nullptr, 0, &size);
  std::vector<char> user(size);
  wchar_t* text = nullptr;
  if (!::GetTokenInformation(token, TokenUser, user.data(), size, &size) ||
      !::ConvertSidToStringSidW(reinterpret_cast<TOKEN_USER*>(user.data())->User.Sid, &text)) {
    return {};
  }
  return Local<wchar_t>(text).get();
}

// For that user alone, and inherited by what is in the directory; null where the system cannot say who that is.
Local<void> for_this_user() {
  const std::wstring sid = user_sid();
  if (sid.empty()) return nullptr;
  const std::wstring rule = L"D:P(A;OICI;FA;;;" + sid + L")";
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  ::ConvertStringSecurityDescriptorToSecurityDescriptorW(rule.c_str(), SDDL_REVISION_1, &descriptor, nullptr);
  return Local<void>(descriptor);
}

std::string failed(DWORD error) {
  const auto condition = std::system_category().default_error_condition(static_cast<int>(error));
  errno = condition.category() == std::generic_category() ? condition.value() : EIO;
  return {};
}

}  // namespace

std::string make_private_directory() {
  std::array<wchar_t, MAX_PATH + 1> parent{};
  const DWORD length = ::GetTempPathW(static_cast<DWORD>(parent.size()), parent.data());
  if (length == 0 || length >= parent.size()) return failed(::GetLastError());
  const Local<void> descriptor = for_this_user();
  if (descriptor == nullptr) return failed(::GetLastError());
  SECURITY_ATTRIBUTES attributes{sizeof(attributes), descriptor.get(), FALSE};
  std::random_device random;
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const std::wstring path = std::wstring(parent.data(), length) + L"everysock-" + std::to_wstring(random());
    if (::CreateDirectoryW(path.c_str(), &attributes)) return from_utf16(path);
    if (::GetLastError() != ERROR_ALREADY_EXISTS) break;
  }
  return failed(::GetLastError());
}

std::string_view private_directory_place() noexcept { return "TMP, TEMP or USERPROFILE"; }

}  // namespace everysock::platform
