# Runs a benchmark: installs what it measures, builds what is missing or old, and becomes the Java program. Sourced by
# the scripts beside it, which set checkout, the checkout's folder; bash. What runs in the benchmark's own JVM needs no
# distribution, and other packages: it says distribution=no and defines missing_packages anew.
# shellcheck shell=bash disable=SC2154 # checkout and java_home come from elsewhere

# shellcheck source-path=SCRIPTDIR source=../cli/src/main/dist/lib/java.sh
. "$checkout/cli/src/main/dist/lib/java.sh"
# shellcheck source-path=SCRIPTDIR source=../cli/src/main/launch/checkout.sh
. "$checkout/cli/src/main/launch/checkout.sh"
# shellcheck source-path=SCRIPTDIR source=../cli/src/main/launch/packages.sh
. "$checkout/cli/src/main/launch/packages.sh"

readonly bench_jar=$checkout/bench/target/gantry-bench.jar
# Ten thousand idle connections have two ends in a proxy.
readonly descriptors=65536

# The Debian packages that are missing, one per line.
missing_packages() {
  command -v haproxy >/dev/null || echo haproxy
  command -v nginx >/dev/null || echo nginx-light
  [ -e /usr/lib/nginx/modules/ngx_stream_module.so ] || echo libnginx-mod-stream
  command -v caddy >/dev/null || echo caddy
  command -v wrk >/dev/null || echo wrk
  command -v iperf3 >/dev/null || echo iperf3
}

ensure_packages() {
  local packages
  mapfile -t packages < <(missing_packages)
  [ ${#packages[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "$0: not installed: ${packages[*]}; it can be installed from here only as root on Debian" >&2
    echo 'next: install it' >&2
    exit 4
  fi
  echo "installing ${packages[*]}" >&2
  if ! install_packages "${packages[@]}" >&2; then
    echo "$0: installing ${packages[*]} failed" >&2
    exit 4
  fi
}

bench_is_fresh() {
  [ -f "$bench_jar" ] &&
    [ -z "$(find "$checkout/pom.xml" \
      "$checkout"/{gantry-api,gantry-engine,gantry-testkit,plugins/coordinator-etcd,proxy,bench}/{pom.xml,src/main} \
      -newer "$bench_jar" | head -n 1)" ]
}

build_bench() {
  local log=$checkout/target/bench-build.log
  echo 'building the benchmarks...' >&2
  mkdir -p "$checkout/target"
  if ! (cd "$checkout" && JAVA_HOME=$java_home mvn -B -q -ntp -Dmaven.test.skip=true -pl bench -am package) \
    >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "$0: the benchmarks could not be built; the output above is also in $log" >&2
    exit 4
  fi
  touch "$bench_jar"
}

# As far as it may; the benchmark holds fewer idle connections then, and says so.
raise_descriptor_limit() {
  ulimit -n $descriptors 2>/dev/null || ulimit -Sn "$(ulimit -Hn)"
}

# run_benchmark MAIN ARGUMENTS...
run_benchmark() {
  local main=$1 help=no argument
  shift
  for argument in "$@"; do
    case $argument in
    --help | --list) help=yes ;;
    esac
  done
  if ! find_java; then
    say_no_java "$0"
    exit 4
  fi
  if [ $help = no ]; then
    ensure_packages
    [ "${distribution:-yes}" = no ] || ensure_distribution
  fi
  bench_is_fresh || build_bench
  raise_descriptor_limit
  exec "$java_home/bin/java" -XX:+UseSerialGC -Xmx${heap:-512m} --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow \
    "-Dgantry.checkout=$checkout" -cp "$bench_jar:$checkout/bench/target/lib/*" "$main" "$@"
}
