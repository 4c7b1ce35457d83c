# shellcheck shell=bash
# Sourced by the suites in tests/run.d, which run from the top of the tree.
set -euo pipefail

# result NAME PASSED FAILED SKIPPED: the line tests/run reads, and the suite's end.
result() {
  echo "$1: $2 passed, $3 failed, $4 skipped"
  [ "$3" -eq 0 ]
  exit
}

# build PRESET [TARGET...]: configures and builds.
build() {
  local preset=$1
  shift
  cmake --preset "$preset" --log-level=WARNING
  cmake --build --preset "$preset" ${1:+--target "$@"}
}

# ctest_result NAME PRESET [CTEST ARGUMENTS...]: runs ctest and ends the suite with its numbers.
ctest_result() {
  local name=$1 preset=$2 junit
  shift 2
  junit=$PWD/build/report/ctest-$name.xml
  mkdir -p build/report
  rm -f "$junit"
  ctest --preset "$preset" --timeout 300 --output-junit "$junit" "$@" || true
  count() { sed -n "/<testsuite /,/>/s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$junit" | head -n 1; }
  local skipped=$(($(count skipped) + $(count disabled)))
  result "$name" $(($(count tests) - $(count failures) - skipped)) "$(count failures)" "$skipped"
}
