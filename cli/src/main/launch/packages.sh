# Installs Debian packages for tests and benchmarks. Sourced by ./verify and bench/launch.sh; bash.
# shellcheck shell=bash

readonly policy=/usr/sbin/policy-rc.d

# install_packages NAME...: whoever wants them starts servers of its own, so the packages' services stay off.
install_packages() {
  local own_policy=no status=0
  if [ ! -e "$policy" ]; then
    own_policy=yes
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -q update && apt-get -q install -y --no-install-recommends "$@"; } || status=1
  if [ "$own_policy" = yes ]; then
    rm -f "$policy"
    trap - EXIT
  fi
  return $status
}
