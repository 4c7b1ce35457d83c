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

# ctest_result NAME PRESET [CTEST ARGUMENTS...]: runs ctest and ends the suite with its numbers. A doctest program counts
# with each of its cases, any other test as one.
ctest_result() {
  local name=$1 preset=$2 junit status=0 passed failed skipped
  shift 2
  junit=$PWD/build/report/ctest-$name.xml
  mkdir -p build/report
  rm -f "$junit"
  ctest --preset "$preset" --timeout 300 --output-junit "$junit" \
    --test-output-size-passed 1000000 --test-output-truncation head "$@" || status=$?
  read -r passed failed skipped < <(awk '
    /<testcase /   { how = $0; p = f = 0 }
    /\[doctest\].* test cases:/ {
      gsub(/\[[0-9;]*m/, "")
      if (match($0, /[0-9]+ passed/)) p += substr($0, RSTART, RLENGTH)
      if (match($0, /[0-9]+ failed/)) f += substr($0, RSTART, RLENGTH)
    }
    /<skipped message="(SKIP_|Disabled)/ { how = "skipped" }
    /<\/testcase>/ || /<testcase .*\/>/ {
      if (how ~ /status="run"/ && p + f == 0) p = 1
      # It crashed, a sanitizer spoke, or its program is not there.
      if (how ~ /status="(fail|notrun)"/ && f == 0) f = 1
      if (how == "skipped" || how ~ /status="disabled"/) skipped++
      passed += p; failed += f
    }
    END { print passed + 0, failed + 0, skipped + 0 }' "$junit")
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  result "$name" "$passed" "$failed" "$skipped"
}

# conformance_numbers PRESET BACKEND SUITE: runs the conformance suite and leaves its numbers in $numbers.
conformance_numbers() {
  local log=build/log/conformance-$3.txt status=0
  mkdir -p build/log
  tests/conformance/run "$@" 2>&1 | tee "$log" || status=$?
  numbers=$(sed -n "s|^conformance/$3: \([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped.*|\1 \2 \3|p" "$log" | tail -n 1)
  [ -n "$numbers" ] || numbers="0 1 0"
  if [ "$status" -ne 0 ] && [[ $numbers == *" 0 "* ]]; then numbers="${numbers% 0 *} 1 ${numbers##* }"; fi
}

# conformance NAME PRESET BACKEND: the same as a suite of its own.
conformance() {
  conformance_numbers "$2" "$3" "$1"
  # shellcheck disable=SC2086 # three numbers
  result "$1" $numbers
}

# sanitized PRESET: the unit tests and the conformance suite of every native backend in a build that watches itself.
sanitized() {
  local preset=$1 backend p f s passed=0 failed=0 skipped=0
  export EVERYSOCK_REPORTS=build/report/sanitizers  # beside the matrix, not in it
  export TSAN_OPTIONS="suppressions=$PWD/platform/toolchain/tsan.supp allocator_may_return_null=1"
  export ASAN_OPTIONS=allocator_may_return_null=1
  build "$preset"
  for backend in posix memory websocket proxied-memory; do
    conformance_numbers "$preset" "$backend" "$backend-$preset"
    read -r p f s <<<"$numbers"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done
  ctest --preset "$preset" --timeout 600 && passed=$((passed + 1)) || failed=$((failed + 1))
  result "$preset" "$passed" "$failed" "$skipped"
}
