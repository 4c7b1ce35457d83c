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
