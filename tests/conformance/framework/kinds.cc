#include "framework/kinds.h"

namespace everysock::conformance {

const Kind tcp4 = {"tcp4", af_inet, sock_stream, Naming::loopback, {Feature::inet_stream, Feature::listen}};
const Kind tcp6 = {
    "tcp6", af_inet6, sock_stream, Naming::loopback, {Feature::inet6_stream, Feature::listen, &probe::ipv6_loopback}};
const Kind unix_path = {
    "unix", af_unix, sock_stream, Naming::path, {Feature::unix_stream, Feature::unix_path, Feature::listen}};
const Kind unix_abstract = {"abstract",
                            af_unix,
                            sock_stream,
                            Naming::abstract,
                            {Feature::unix_stream, Feature::unix_abstract, Feature::listen}};
const Kind unix_pair = {"pair", af_unix, sock_stream, Naming::pair, {Feature::unix_stream, Feature::socketpair_unix}};
const Kind seqpacket = {
    "seqpacket", af_unix, sock_seqpacket, Naming::path, {Feature::unix_seqpacket, Feature::unix_path, Feature::listen}};
const Kind seqpacket_pair = {
    "seqpair", af_unix, sock_seqpacket, Naming::pair, {Feature::unix_seqpacket, Feature::socketpair_unix}};
const Kind udp4 = {"udp4", af_inet, sock_dgram, Naming::loopback, {Feature::inet_dgram}};
const Kind udp6 = {"udp6", af_inet6, sock_dgram, Naming::loopback, {Feature::inet6_dgram, &probe::ipv6_loopback}};
const Kind unix_dgram = {"unixdgram", af_unix, sock_dgram, Naming::path, {Feature::unix_dgram, Feature::unix_path}};
const Kind unix_dgram_pair = {
    "dgrampair", af_unix, sock_dgram, Naming::pair, {Feature::unix_dgram, Feature::socketpair_unix}};

}  // namespace everysock::conformance
