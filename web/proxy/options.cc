#include "web/proxy/options.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>

#include "platform/file_path.h"
#include "web/proxy/http/handshake.h"
#include "web/proxy/policy/family_rule.h"
#include "web/proxy/text.h"

namespace everysock::proxy {
namespace {

constexpr const char* kTokenVariable = "EVERYSOCK_PROXY_TOKEN";

constexpr const char* kDescription =
    "everysock-proxy gives programs in browser pages real sockets. A page built with everysock's websocket backend\n"
    "connects to it with a WebSocket; the proxy opens, binds and connects sockets on its behalf.\n"
    "\n"
    "Nothing is allowed until you say so: it listens on 127.0.0.1 and refuses every target, with EACCES in the page.";

constexpr const char* kFooter =
    "A RULE is TARGET or TARGET:PORTS.\n"
    "  TARGET  *                        everything\n"
    "          localhost                every loopback address\n"
    "          10.1.2.3  10.0.0.0/8     an IPv4 address or block\n"
    "          ::1  fd00::/8  [::1]     an IPv6 address or block, in brackets where ports follow\n"
    "          example.org  *.test      a name or all names below one (--allow-connect only)\n"
    "  PORTS   6379    8000-8999    80,443    *\n"
    "\n"
    "Examples\n"
    "  everysock-proxy --serve build/page --allow-connect localhost:6379\n"
    "      serves a page that may talk to the redis-server of this machine\n"
    "  everysock-proxy --allow-connect '*.example.org:443' --allow-bind 127.0.0.1:8000-8999\n"
    "      TLS to any host below example.org, and servers in the page for programs on this machine\n"
    "  everysock-proxy --listen 0.0.0.0 --host proxy.example.org --token-file /etc/everysock/token ...\n"
    "      for other machines: a token is needed then, which the page gives to its websocket backend\n"
    "\n"
    "docs/proxy.md says more: deployment behind TLS, recipes, the audit log, metrics.";

// The flags as they were written.
struct Raw {
  Config config;
  std::string listen = "127.0.0.1";
  std::string backend = "posix";
  std::string serve;
  std::string token_file;
  std::string metrics = "loopback";
  std::vector<std::string> connect;
  std::vector<std::string> bind;
  std::vector<std::string> lookup;
  std::vector<std::string> families;
  std::vector<std::string> origins;
  std::vector<std::string> hosts;
};

// A check with words of our own; CLI11 puts the flag in front.
CLI::Validator check_that(std::function<std::string(const std::string&)> check) {
  return CLI::Validator(std::move(check), "", "");
}

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  return check_that([least, most](const std::string& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc() && end == text.data() + text.size() && least <= value && value <= most;
    return good ? "" : text::join("expected a whole number from ", least, " to ", most, ", not '", text, "'");
  });
}

CLI::Validator positive_number() {
  return check_that([](const std::string& text) {
    double value = 0;
    const bool good = CLI::detail::lexical_cast(text, value) && value >= 0.001 && value <= 1e9;
    return good ? "" : text::join("expected a number from 0.001 to 1000000000, not '", text, "'");
  });
}

CLI::Validator one_of(std::vector<std::string> words) {
  return check_that([words = std::move(words)](const std::string& text) -> std::string {
    if (std::find(words.begin(), words.end(), text) != words.end()) return "";
    std::string list;
    for (const std::string& word : words) list += list.empty() ? word : " or " + word;
    return text::join("expected ", list, ", not '", text, "'");
  });
}

CLI::Option* repeated(CLI::App& app, const std::string& name, std::vector<std::string>& into, const char* help) {
  return app.add_option(name, into, help)
      ->default_str("")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void describe(CLI::App& app, Raw& raw) {
  Config& config = raw.config;
  const auto count = whole_number(1, 1000000);
  const auto seconds = positive_number();

  app.add_option("--listen", raw.listen, "Address to listen on")->type_name("ADDRESS")->group("Listening");
  app.add_option("--port", config.port, "Port to listen on; 0 takes a free one and prints it")
      ->check(whole_number(0, 65535))
      ->type_name("PORT")
      ->group("Listening");
  app.add_option("--serve", raw.serve, "Serve the files of this directory, with the headers that threaded pages need")
      ->type_name("DIR")
      ->group("Listening");
  app.add_option("--ready-file", config.ready_file, "Write a JSON line with url and port here once ready")
      ->type_name("FILE")
      ->group("Listening");
  app.add_option("--backend", raw.backend, "Network to serve: posix (this machine's) or memory (a simulated one)")
      ->check(one_of({"posix", "memory"}))
      ->type_name("NAME")
      ->group("Listening");

  repeated(app, "--allow-connect", raw.connect, "Let clients connect and send datagrams to RULE (repeatable)")
      ->type_name("RULE")
      ->group("What clients may do");
  repeated(app, "--allow-bind", raw.bind, "Let clients bind to RULE, for servers and datagrams (repeatable)")
      ->type_name("RULE")
      ->group("What clients may do");
  repeated(app, "--allow-lookup", raw.lookup,
           "Let clients look up NAME, '*.NAME' or '*'. Names in --allow-connect are allowed already (repeatable)")
      ->type_name("NAME")
      ->group("What clients may do");

  app.add_flag("--allow-sethostname", raw.config.rules.set_hostname,
               "Let clients give this machine another name, where the proxy itself may")
      ->group("What clients may do");

  repeated(app, "--allow-family", raw.families,
           "Let clients use all that a further family of sockets reaches: can, netlink, packet, vsock ... (repeatable)")
      ->type_name("FAMILY")
      ->group("What clients may do");

  repeated(
      app, "--allow-unix", raw.config.unix_paths,
      "Let clients use this AF_UNIX path of the machine, or all below DIR/. Other names are their own (repeatable)")
      ->type_name("PATH")
      ->group("What clients may do");

  repeated(app, "--origin", raw.origins, "Let pages of this origin in, beside the ones served here (repeatable)")
      ->type_name("ORIGIN")
      ->group("Who may be a client");
  repeated(app, "--host", raw.hosts, "Name under which browsers reach the proxy, beside its own (repeatable)")
      ->type_name("HOST")
      ->group("Who may be a client");
  app.add_option("--token-file", raw.token_file,
                 text::join("Clients must show the token in the first line of FILE. Or set ", kTokenVariable))
      ->type_name("FILE")
      ->group("Who may be a client");
  app.add_option("--max-clients", config.max_clients, "Clients at a time")
      ->check(count)
      ->type_name("N")
      ->group("Who may be a client");

  Quotas& quotas = config.quotas;
  const char* per_client = "Limits of each client";
  app.add_option("--max-sockets", quotas.sockets, "Open sockets")->check(count)->type_name("N")->group(per_client);
  app.add_option("--max-listeners", quotas.listeners, "Listening sockets")
      ->check(whole_number(0, 1000000))
      ->type_name("N")
      ->group(per_client);
  app.add_option("--connects-per-second", quotas.connects_per_second, "Connection attempts, in the long run")
      ->check(positive_number())
      ->type_name("N")
      ->group(per_client);
  app.add_option("--lookups-per-second", quotas.lookups_per_second, "Name lookups, in the long run")
      ->check(positive_number())
      ->type_name("N")
      ->group(per_client);
  app.add_option("--queue-bytes", quotas.queued_bytes, "Bytes waiting in the proxy, for each direction")
      ->check(whole_number(1u << 20, std::uint64_t{1} << 40))
      ->type_name("BYTES")
      ->group(per_client);
  app.add_option("--message-bytes", quotas.message_bytes, "Largest WebSocket message taken")
      ->check(whole_number(1u << 20, 1u << 30))
      ->type_name("BYTES")
      ->group(per_client);

  const char* times = "Times, in seconds";
  app.add_option("--request-timeout", config.http_limits.request_seconds, "For the header of an HTTP request")
      ->check(seconds)
      ->type_name("S")
      ->group(times);
  app.add_option("--idle-timeout", config.http_limits.idle_seconds, "Between HTTP requests")
      ->check(seconds)
      ->type_name("S")
      ->group(times);
  app.add_option("--hello-timeout", config.client_limits.hello_seconds, "From the WebSocket to the client's hello")
      ->check(seconds)
      ->type_name("S")
      ->group(times);
  app.add_option("--ping-interval", config.client_limits.ping_seconds,
                 "Between pings; a client silent for 2.5 times as long is dropped")
      ->check(seconds)
      ->type_name("S")
      ->group(times);

  const char* watching = "Watching it";
  app.add_option("--audit", config.audit, "Append one JSON line per event to FILE, '-' for standard error")
      ->type_name("FILE")
      ->group(watching);
  app.add_option("--metrics", raw.metrics, "Who may read /metrics: loopback, all or off")
      ->check(one_of({"loopback", "all", "off"}))
      ->type_name("WHO")
      ->group(watching);
  app.add_option("--lookup-threads", config.lookup_threads, "Lookups that run at the same time, for all clients")
      ->check(whole_number(1, 256))
      ->type_name("N")
      ->group(watching);
}

// Parses every text of a repeated flag; the first mistake is the error.
template <typename T, typename Parse>
Parsed<std::vector<T>> parse_all(std::string_view flag, const std::vector<std::string>& texts, Parse parse) {
  std::vector<T> values;
  for (const std::string& text : texts) {
    auto value = parse(text);
    if (!value) return tl::unexpected(text::join(flag, " '", text, "': ", value.error()));
    values.push_back(*std::move(value));
  }
  return values;
}

Parsed<TargetRule> parse_bind_rule(std::string_view text) {
  auto rule = TargetRule::parse(text);
  if (rule && std::holds_alternative<NamePattern>(rule->target)) {
    return tl::unexpected(std::string("expected an address or a block, 'localhost' or '*': a name cannot be bound to"));
  }
  return rule;
}

// The path without symbolic links, since what clients ask for is looked at without them, too.
Parsed<std::string> parse_unix_path(const std::string& path) {
  const auto name = platform::file_path(path);
  if (!name || !name->is_absolute()) return tl::unexpected(std::string("expected an absolute path"));
  std::error_code error;
  const std::string real = platform::path_text(std::filesystem::weakly_canonical(*name, error));
  if (error) return tl::unexpected(text::join("expected a path that can be looked at: ", error.message()));
  return platform::path_text(*name).ends_with('/') && !real.ends_with('/') ? real + "/" : real;
}

template <typename T>
std::string move_or_say(Parsed<T> parsed, T& into) {
  if (!parsed) return parsed.error();
  into = *std::move(parsed);
  return {};
}

// The rest of the work: texts to meanings. "" or what is wrong.
std::string interpret(Raw& raw, const std::optional<std::string>& token) {
  Config& config = raw.config;
  config.listen = Host(raw.listen == "localhost" ? "127.0.0.1" : raw.listen);
  const auto address = IpAddress::literal(config.listen);
  if (!address) return text::join("--listen '", raw.listen, "': expected an IPv4 or IPv6 address of this machine");
  config.backend = raw.backend == "memory" ? ServedBackend::memory : ServedBackend::posix;
  // A simulated machine is nobody's but the clients'.
  if (config.backend == ServedBackend::memory) config.rules.set_hostname = true;
  config.metrics_access = raw.metrics == "all"   ? MetricsAccess::all
                          : raw.metrics == "off" ? MetricsAccess::off
                                                 : MetricsAccess::loopback;
  if (!raw.serve.empty()) {
    auto files = StaticFiles::open(raw.serve);
    if (!files) return text::join("--serve '", raw.serve, "': ", files.error());
    config.files = *std::move(files);
  }
  for (std::string problem :
       {move_or_say(parse_all<TargetRule>("--allow-connect", raw.connect, TargetRule::parse), config.rules.connect),
        move_or_say(parse_all<TargetRule>("--allow-bind", raw.bind, parse_bind_rule), config.rules.bind),
        move_or_say(parse_all<NamePattern>("--allow-lookup", raw.lookup, NamePattern::parse), config.rules.lookup),
        move_or_say(parse_all<AddressFamily>("--allow-family", raw.families, parse_family), config.rules.families),
        move_or_say(parse_all<std::string>("--origin", raw.origins, Gate::parse_origin), config.origins),
        move_or_say(parse_all<std::string>("--host", raw.hosts, Gate::parse_host), config.hosts)}) {
    if (!problem.empty()) return problem;
  }
  for (std::string& path : config.unix_paths) {
    auto canonical = parse_unix_path(path);
    if (!canonical) return text::join("--allow-unix '", path, "': ", canonical.error());
    path = *std::move(canonical);
  }
  if (!raw.token_file.empty()) {
    auto secret = Secret::from_file(raw.token_file);
    if (!secret) return text::join("--token-file '", raw.token_file, "': ", secret.error());
    config.token = *std::move(secret);
  } else if (token) {
    auto secret = Secret::from_text(*token);
    if (!secret) return text::join(kTokenVariable, ": ", secret.error());
    config.token = *std::move(secret);
  }
  if (!config.token.is_set() && !address->is_loopback()) {
    return text::join("--listen '", raw.listen,
                      "': expected a token as well, since other machines can reach this "
                      "address (--token-file FILE, or ",
                      kTokenVariable, ")");
  }
  return {};
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments,
                               const std::function<std::optional<std::string>(const std::string&)>& environment) {
  Raw raw;
  CLI::App app(kDescription, "everysock-proxy");
  app.footer(kFooter);
  app.option_defaults()->always_capture_default();
  app.get_formatter()->column_width(34);
  describe(app, raw);
  // CLI11 takes the arguments from the back.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return {std::nullopt, app.help(), 0};
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, text::join(error.what(), "\n(--help lists the options)"), 2};
  }
  if (std::string problem = interpret(raw, environment(kTokenVariable)); !problem.empty()) {
    return {std::nullopt, std::move(problem), 2};
  }
  return {std::move(raw.config), "", 0};
}

}  // namespace everysock::proxy
