# shellcheck shell=bash
# Sourced by the scripts beside it. private_apt DIRECTORY deb|deb-src SUITE: sets the array `apt` to an apt-get that
# reads SUITE, from the mirror this machine already uses, and keeps its state in DIRECTORY; nothing of the system's
# changes and nothing gets installed.
private_apt() {
  local directory=$1 type=$2 suite=$3 mirror
  if ! command -v apt-get >/dev/null; then
    echo "this needs a Debian system (apt-get)" >&2
    return 1
  fi
  # shellcheck disable=SC2016 # apt's own variable
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
  mkdir -p "$directory"/{sources,lists/partial,cache/archives/partial}
  printf 'Types: %s\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$type" "$mirror" "$suite" \
    /usr/share/keyrings/debian-archive-keyring.gpg >"$directory/sources/$suite.sources"
  apt=(apt-get -qq -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$directory/sources"
    -o "Dir::State::Lists=$directory/lists" -o "Dir::Cache=$directory/cache" -o Dir::State::status=/dev/null
    -o APT::Sandbox::User=root)
  "${apt[@]}" update
}

# debian_source WORK SUITE PACKAGE VERSION: unpacks the source of SUITE's PACKAGE, as its authors published it, in
# WORK/source. (apt-get has checked its signature.)
debian_source() {
  private_apt "$1/apt" deb-src "$2"
  (
    cd "$1" || exit
    "${apt[@]}" source --download-only "$3" >/dev/null
    dpkg-source --no-check --skip-patches -x "$3_$4"*.dsc source >/dev/null
  )
}
