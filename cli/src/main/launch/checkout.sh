# Builds the distribution of a checkout when it is missing or old. Sourced by ./gantry and ./gantryd, which set
# checkout, the checkout's folder; POSIX sh.
# shellcheck shell=sh disable=SC2154 # checkout and java_home come from elsewhere

checkout_dist=$checkout/cli/target/gantry
checkout_jar=$checkout_dist/lib/gantry-cli.jar
checkout_lock=$checkout/target/launch-lock

# Whether the distribution is there and nothing that goes into it is newer.
distribution_is_fresh() {
  [ -f "$checkout_jar" ] || return 1
  [ -z "$(find "$checkout/pom.xml" \
    "$checkout"/gantry-api/pom.xml "$checkout"/gantry-api/src/main \
    "$checkout"/gantry-engine/pom.xml "$checkout"/gantry-engine/src/main \
    "$checkout"/proxy/pom.xml "$checkout"/proxy/src/main \
    "$checkout"/plugins/pom.xml "$checkout"/plugins/*/pom.xml "$checkout"/plugins/*/src/main \
    "$checkout"/cli/pom.xml "$checkout"/cli/src/main "$checkout"/examples/sample-web \
    -newer "$checkout_jar" 2>/dev/null | head -n 1)" ]
}

# Builds when that is needed; one build at a time. Ends the script with exit code 4 when it fails.
ensure_distribution() {
  distribution_is_fresh && return 0
  mkdir -p "$checkout/target" || exit 4
  lock_checkout
  # Another one may have built while this one waited.
  distribution_is_fresh || build_distribution
  unlock_checkout
}

build_distribution() {
  # shellcheck source-path=SCRIPTDIR source=../dist/lib/java.sh
  . "$checkout/cli/src/main/dist/lib/java.sh"
  if ! find_java; then
    say_no_java "${0##*/}"
    give_up
  fi
  if ! command -v mvn >/dev/null; then
    echo "${0##*/}: Maven was not found, and Gantry has to be built from its sources first" >&2
    echo 'next: install Maven 3.8.6 or newer, on Debian: apt-get install maven' >&2
    give_up
  fi
  if [ -f "$checkout_jar" ]; then
    echo 'building Gantry (its sources changed)...' >&2
  else
    echo 'building Gantry (first use, about a minute)...' >&2
  fi
  run_maven
}

# Runs the build. A file that is saved during the build counts as newer than what comes out of it.
run_maven() {
  checkout_log=$checkout/target/launch-build.log
  : >"$checkout/target/launch-start"
  if ! (cd "$checkout" && JAVA_HOME=$java_home exec mvn -B -q -ntp -Dmaven.test.skip=true -pl cli -am package) \
    >"$checkout_log" 2>&1 </dev/null; then
    cat "$checkout_log" >&2
    echo "${0##*/}: Gantry could not be built; the output above is also in $checkout_log" >&2
    give_up
  fi
  touch -r "$checkout/target/launch-start" "$checkout_jar"
  # Without the caches everything works, more slowly.
  sh "$checkout_dist/lib/train.sh" >>"$checkout_log" 2>&1 </dev/null || true
}

give_up() {
  unlock_checkout
  exit 4
}

# A lock that ends with its holder where flock is there; else a folder, which the holder removes.
lock_checkout() {
  if command -v flock >/dev/null; then
    exec 9>"$checkout_lock"
    flock 9
    return
  fi
  trap 'rmdir "$checkout_lock.d" 2>/dev/null; exit 130' INT TERM
  while ! mkdir "$checkout_lock.d" 2>/dev/null; do
    echo "waiting for another build of Gantry; if there is none, remove $checkout_lock.d" >&2
    sleep 2
  done
}

unlock_checkout() {
  if command -v flock >/dev/null; then
    exec 9>&-
  else
    rmdir "$checkout_lock.d"
    trap - INT TERM
  fi
}
