// A TIPC service and its client, which find each other by a name of the cluster, not by a machine.
//   tipc_hello serve       answers one message to the service 18888, instances 0 to 99
//   tipc_hello ask TEXT    waits until somebody serves instance 17, and sends TEXT there
#include <everysock/socket.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace everysock;

constexpr std::uint32_t kService = 18888, kInstance = 17;

void serve() {
  Socket s = socket(af_tipc, sock_rdm).value();
  s.bind(TipcAddress{tipc_addr_nameseq, kService, 0, 99, tipc_cluster_scope}).value();
  std::cerr << "Serving" << std::endl;
  const Received request = s.recvfrom(1000).value();
  std::cout << "Asked: " << request.data << std::endl;
  s.sendto("You said: " + request.data, request.address).value();
}

// The topology server tells of a service as soon as it is there. tipc(7), struct tipc_subscr.
void wait_for_service() {
  Socket topology = socket(af_tipc, sock_seqpacket).value();
  topology.settimeout(5.0).value();
  topology.connect(TipcAddress{tipc_addr_name, tipc_top_srv, tipc_top_srv}).value();
  const std::uint32_t subscription[7] = {kService, kInstance, kInstance, 5000, tipc_sub_service};
  topology.send({subscription, sizeof(subscription)}).value();
  std::uint32_t event[12] = {};  // struct tipc_event
  topology.recv_into({event, sizeof(event)}).value();
  if (event[0] != tipc_published) {
    std::cerr << "nobody serves\n";
    std::exit(1);
  }
}

void ask(const std::string& text) {
  wait_for_service();
  Socket s = socket(af_tipc, sock_rdm).value();
  s.settimeout(5.0).value();
  s.sendto(text, TipcAddress{tipc_addr_name, kService, kInstance}).value();
  std::cout << s.recv(1000).value() << "\n";
}

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "serve") {
    serve();
  } else if (what == "ask" && argc == 3) {
    ask(argv[2]);
  } else {
    std::cerr << "usage: tipc_hello serve | ask TEXT\n";
    return 2;
  }
} catch (const tl::bad_expected_access<Error>& failure) {
  std::cerr << failure.error().message() << "\n";
  return 1;
}
