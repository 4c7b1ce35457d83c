#include "framework/case.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <variant>

namespace everysock::conformance {
namespace {

// What was registered. Cases are made of it on first use: the kinds live in another file and may not exist yet while
// this one's statics do.
struct Entry {
  std::string_view id;
  std::vector<std::string> rows;
  Needs needs;
  std::vector<const Kind*> kinds;  // empty: one case without a kind
  void (*body)(Context&) = nullptr;
  void (*body_over)(Context&, const Kind&) = nullptr;
};

std::vector<Entry>& registry() {
  static std::vector<Entry> entries;
  return entries;
}

bool is_of_unix_sockets(Feature feature) {
  return feature == Feature::unix_stream || feature == Feature::unix_dgram || feature == Feature::unix_seqpacket;
}

void add_needs(Case& to, const Needs& needs) {
  for (const Need& need : needs.all) {
    if (const auto* feature = std::get_if<Feature>(&need)) {
      to.features.push_back(*feature);
      if (is_of_unix_sockets(*feature)) to.probes.push_back(&probe::unix_sockets);
    }
    if (const auto* probe = std::get_if<const Probe*>(&need)) to.probes.push_back(*probe);
  }
}

void add_cases(std::vector<Case>& to, const Entry& entry) {
  if (entry.body) {
    Case& added = to.emplace_back(Case{std::string(entry.id), entry.rows, {}, {}, entry.body});
    add_needs(added, entry.needs);
  }
  for (const Kind* kind : entry.kinds) {
    Case& added = to.emplace_back();
    added.id = std::string(entry.id) + "@" + std::string(kind->name);
    added.rows = entry.rows;
    added.body = [body = entry.body_over, kind](Context& t) { body(t, *kind); };
    add_needs(added, kind->needs);
    add_needs(added, entry.needs);
  }
}

}  // namespace

const std::vector<Case>& all_cases() {
  static const std::vector<Case> sorted = [] {
    std::vector<Case> cases;
    for (const Entry& entry : registry()) add_cases(cases, entry);
    std::ranges::sort(cases, {}, &Case::id);
    const auto twice = std::ranges::adjacent_find(cases, {}, &Case::id);
    if (twice != cases.end()) {
      std::fprintf(stderr, "conformance: two cases are called %s\n", twice->id.c_str());
      std::abort();
    }
    return cases;
  }();
  return sorted;
}

Registration::Registration(std::string_view id, Rows rows, const Needs& needs, void (*body)(Context&)) {
  registry().push_back({id, {rows.begin(), rows.end()}, needs, {}, body, nullptr});
}

Registration::Registration(std::span<const Kind* const> kinds, std::string_view id, Rows rows, const Needs& needs,
                           void (*body)(Context&, const Kind&)) {
  registry().push_back({id, {rows.begin(), rows.end()}, needs, {kinds.begin(), kinds.end()}, nullptr, body});
}

}  // namespace everysock::conformance
