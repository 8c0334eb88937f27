#!/bin/sh
# Makes the caches (JEP 514) that let gantry, gantryd and agents start in about half the time: runs a command of each with the
# flags of its launcher, while the JVM notes which classes it loads. Takes some seconds. To be run again after a jar or
# the JDK was replaced. The commands ask an engine and an etcd that do not exist, so nothing is read or changed.
set -u
cd "$(dirname "$0")" || exit 4
scratch=$(mktemp -d) || exit 4
trap 'rm -rf "$scratch"' EXIT
status=0
# A command that hangs must not hold up whoever waits for the cache.
limit=
command -v timeout >/dev/null && limit='timeout 60'

# train PROGRAM ARGUMENTS...
train() {
  program=$1
  shift
  rm -f "$program.aot"
  # shellcheck disable=SC2086 # a command and its argument, or nothing
  GANTRY_JAVA_OPTS=-XX:AOTCacheOutput=$program.aot.new GANTRY_HOME=$scratch DOCKER_HOST=unix://$scratch/none.sock \
    $limit "../bin/$program" "$@"
  # The command itself must fail; whether a cache came out is what counts.
  mv "$program.aot.new" "$program.aot" || status=1
}

cat >"$scratch/.gantry" <<'END'
{ "components": [ { "name": "training", "repo": "127.0.0.1:9/training",
    "ports": [ { "external": 9, "container": 9 } ], "readyChecks": [ { "kind": "http", "port": 9 } ] } ] }
END

train gantry list training --config "$scratch/.gantry"
train gantryd list training --etcd http://127.0.0.1:9
exit $status
