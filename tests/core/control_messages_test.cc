#include "everysock/control_messages.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "everysock/ancillary.h"
#include "src/ancillary_layout.h"

namespace everysock {
namespace {

template <typename T>
void check_both_ways(const T& value) {
  const ControlMessage message = value.message();
  CHECK(T::from(message) == value);
  ControlMessage cut = message;
  cut.data.pop_back();
  CHECK(!T::from(cut).has_value());
  ControlMessage other = message;
  other.type = ControlType::native(message.type.value());
  CHECK(!T::from(other).has_value());
  other = message;
  other.level = ipproto_tcp;
  CHECK(!T::from(other).has_value());
}

TEST_CASE("typed messages survive the way there and back, and are not taken from others") {
  check_both_ways(Credentials{1, 2, 0xffffffff});
  check_both_ways(Ipv4PacketInfo{3, "127.0.0.1", "224.0.0.1"});
  check_both_ways(Ipv6PacketInfo{"fe80::1", 7});
  check_both_ways(TimeToLive{255});
  check_both_ways(HopLimit{-1});
  check_both_ways(TrafficClass{255});
}

TEST_CASE("the type of service is sent as an int and received as a byte") {
  CHECK(TypeOfService{0x20}.message().data == std::string("\x20\0\0\0", 4));
  CHECK(TypeOfService::from({ipproto_ip, ip_tos, "\x20"}) == TypeOfService{0x20});
}

TEST_CASE("of descriptors, ints that have been cut are left out") {
  const Rights three{{3, 4, 5}};
  ControlMessage message = three.message();
  CHECK(message.data.size() == 12);
  CHECK(Rights::from(message) == three);
  message.data.resize(11);
  CHECK(Rights::from(message) == Rights{{3, 4}});
  message.data.resize(3);
  CHECK(Rights::from(message) == Rights{});
}

TEST_CASE("both forms of arrival times") {
  const std::string value("\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0", 16);
  CHECK(Timestamp::from({sol_socket, scm_timestamp, value}) == Timestamp{1, 2000});
  CHECK(Timestamp::from({sol_socket, scm_timestampns, value}) == Timestamp{1, 2});
  CHECK(!Timestamp::from({sol_socket, scm_timestampns, value.substr(1)}));
}

TEST_CASE("an error that nobody is said to have reported has no offender") {
  std::string data(16, '\0');
  data[0] = 111;  // ECONNREFUSED
  data[4] = 2;    // SO_EE_ORIGIN_ICMP
  const auto error_with = [&](const std::string& offender) {
    return ExtendedError::from({ipproto_ip, ip_recverr, data + offender}).value();
  };
  CHECK(error_with(std::string(16, '\0')).offender == Address());
  CHECK(error_with("").offender == Address());
  CHECK(error_with(std::string("\2\0\0\0\x7f", 5)).offender == Address());  // cut
  CHECK(error_with(std::string("\2\0\0\0\x7f\0\0\1", 8)).offender == Address(InetAddress{"127.0.0.1", 0}));
  CHECK(error_with("").error == Errc::econnrefused);
  CHECK(error_with("").origin == 2);
}

TEST_CASE("find_control() gives the first of its kind") {
  const std::vector<ControlMessage> messages = {HopLimit{1}.message(), TimeToLive{2}.message(),
                                                TimeToLive{3}.message()};
  CHECK(find_control<TimeToLive>(messages) == TimeToLive{2});
  CHECK(!find_control<Credentials>(messages));
}

TEST_CASE("cmsg_len() and cmsg_space(): the header, the padding, the limits") {
  constexpr std::ptrdiff_t most = std::numeric_limits<std::int32_t>::max();
  CHECK(cmsg_len(0).value() == 16);
  CHECK(cmsg_len(5).value() == 21);
  CHECK(cmsg_len(most - 16).value() == most);
  CHECK(cmsg_len(most - 15).error() == UsageErrc::cmsg_length);
  CHECK(cmsg_len(-1).error() == UsageErrc::cmsg_length);
  CHECK(cmsg_space(0).value() == 16);
  CHECK(cmsg_space(1).value() == 24);
  CHECK(cmsg_space(8).value() == 24);
  CHECK(cmsg_space(9).value() == 32);
  CHECK(cmsg_space(most - 24).value() <= most);
  CHECK(cmsg_space(most - 23).error() == UsageErrc::cmsg_length);
  CHECK(cmsg_space(std::numeric_limits<std::ptrdiff_t>::max()).error() == UsageErrc::cmsg_length);
  CHECK(cmsg_space(-1).error() == UsageErrc::cmsg_length);
}

TEST_CASE("more ancillary data than can be counted") {
  constexpr std::size_t half = std::size_t{1} << 30;
  internal::AncillarySize size;
  CHECK(size.add(Operation::sendmsg, half));
  CHECK(size.add(Operation::sendmsg, half - 56));
  CHECK(size.add(Operation::sendmsg, 1).error() == UsageErrc::ancillary_too_large);
  internal::AncillarySize one;
  CHECK(one.add(Operation::sendmsg, 2 * half).error() == UsageErrc::ancillary_too_large);
  CHECK(one.add(Operation::sendmsg, std::numeric_limits<std::size_t>::max()).error() == UsageErrc::ancillary_too_large);
}

}  // namespace
}  // namespace everysock
