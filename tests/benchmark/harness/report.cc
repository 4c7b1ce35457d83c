#include "tests/benchmark/harness/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "tests/benchmark/harness/statistics.h"

namespace everysock::benchmark {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(Measure measure) { return measure == Measure::time ? "time" : "cpu"; }

Json to_json(const Spread& spread) { return {{"median", spread.median}, {"p10", spread.p10}, {"p90", spread.p90}}; }

// Nothing where a round of the base took less than its clock can tell: Windows counts CPU time by ticks.
void add_ratio(Json& json, const char* key, const std::vector<double>& sample, const std::vector<double>& base) {
  const std::vector<double> each = ratios(sample, base);
  const bool known = std::all_of(each.begin(), each.end(), [](double ratio) { return std::isfinite(ratio); });
  if (known) json[key] = to_json(spread(each));
}

Json to_json(const Row& row, const RowResult& result, const RowResult& base) {
  Json json{{"name", row.name}};
  if (!result.samples.time.empty()) {
    json["operations_per_turn"] = result.samples.operations;
    json["time"] = to_json(spread(result.samples.time));
    add_ratio(json, "time_ratio", result.samples.time, base.samples.time);
    json["cpu"] = to_json(spread(result.samples.cpu));
    add_ratio(json, "cpu_ratio", result.samples.cpu, base.samples.cpu);
  }
  if (result.counts) {
    if (result.counts->system_calls) json["system_calls"] = *result.counts->system_calls;
    json["allocations"] = result.counts->allocations;
  }
  return json;
}

const Json& row_named(const Json& rows, const std::string& name) {
  return *std::find_if(rows.begin(), rows.end(), [&](const Json& row) { return row["name"] == name; });
}

void add_timed_bounds(const Case& benchmark_case, const Json& rows, Json& bounds) {
  for (const Bound& bound : benchmark_case.bounds) {
    const std::string measure = name_of(bound.measure);
    const Json& row = row_named(rows, bound.row);
    if (!row.contains("time")) continue;
    Json entry{{"row", bound.row}, {"measure", measure}, {"limit", bound.limit}, {"value", nullptr}, {"met", false}};
    if (row.contains(measure + "_ratio")) {
      const double ratio = row[measure + "_ratio"]["median"];
      entry["value"] = ratio;
      entry["met"] = ratio <= bound.limit;
    }
    bounds.push_back(entry);
  }
}

// Counts are exact: fewer would be as much of a surprise as more.
void add_counted_bounds(const Case& benchmark_case, const Json& rows, Json& bounds) {
  for (const std::string& name : benchmark_case.frugal_rows) {
    const Json& row = row_named(rows, name);
    for (const char* measure : {"system_calls", "allocations"}) {
      if (measure == std::string("system_calls") && !kCountsSystemCalls) continue;
      const double expected = measure == std::string("allocations") ? 0.0 : rows.front().value(measure, 0.0);
      Json bound{{"row", name}, {"measure", measure}, {"exactly", expected}, {"value", nullptr}, {"met", false}};
      if (row.contains(measure)) {
        bound["value"] = row[measure];
        bound["met"] = row[measure].get<double>() == expected;
      }
      bounds.push_back(bound);
    }
  }
}

std::string ratio_text(const Json& row, const char* key) {
  if (!row.contains(key)) return "";
  char text[64];
  std::snprintf(text, sizeof(text), "%6.3f [%5.3f %5.3f]", row[key]["median"].get<double>(),
                row[key]["p10"].get<double>(), row[key]["p90"].get<double>());
  return text;
}

std::string number_text(const Json& json, const char* key, const char* format = "%.2f") {
  if (!json.contains(key)) return "-";
  char text[32];
  std::snprintf(text, sizeof(text), format, json[key].get<double>());
  return text;
}

}  // namespace

Json to_json(const Case& benchmark_case, const std::vector<RowResult>& results) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < results.size(); ++i) {
    rows.push_back(to_json(benchmark_case.rows[i], results[i], results.front()));
  }
  Json bounds = Json::array();
  add_timed_bounds(benchmark_case, rows, bounds);
  add_counted_bounds(benchmark_case, rows, bounds);
  return {{"id", benchmark_case.id},
          {"title", benchmark_case.title},
          {"operation", benchmark_case.operation},
          {"rounds", results.front().samples.time.size()},
          {"rows", rows},
          {"bounds", bounds}};
}

void print(const Json& entry) {
  std::printf("\n%s: %s (%s)\n", entry["id"].get<std::string>().c_str(), entry["title"].get<std::string>().c_str(),
              entry["operation"].get<std::string>().c_str());
  std::printf("  %-20s %12s  %-22s %-22s %7s %7s\n", "", "ns median", "time ratio [p10 p90]", "CPU ratio [p10 p90]",
              "calls", "allocs");
  for (const Json& row : entry["rows"]) {
    char time[32] = "";
    if (row.contains("time")) std::snprintf(time, sizeof(time), "%.1f", row["time"]["median"].get<double>());
    std::printf("  %-20s %12s  %-22s %-22s %7s %7s\n", row["name"].get<std::string>().c_str(), time,
                ratio_text(row, "time_ratio").c_str(), ratio_text(row, "cpu_ratio").c_str(),
                number_text(row, "system_calls").c_str(), number_text(row, "allocations").c_str());
  }
  for (const Json& bound : entry["bounds"]) {
    const std::string value = bound["value"].is_null() ? "not measured" : number_text(bound, "value", "%.3f");
    const bool exact = bound.contains("exactly");
    std::printf("  %s %s %s: %s, %s %s\n", bound["met"].get<bool>() ? "met   " : "MISSED",
                bound["row"].get<std::string>().c_str(), bound["measure"].get<std::string>().c_str(), value.c_str(),
                exact ? "exactly" : "at most", number_text(bound, exact ? "exactly" : "limit").c_str());
  }
  std::fflush(stdout);
}

bool all_met(const Json& entry) {
  const Json& bounds = entry["bounds"];
  return std::all_of(bounds.begin(), bounds.end(), [](const Json& bound) { return bound["met"].get<bool>(); });
}

}  // namespace everysock::benchmark
