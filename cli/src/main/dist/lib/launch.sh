# Starts one of Gantry's programs. Sourced by the scripts in bin; expects gantry_home; POSIX sh.
# shellcheck shell=sh disable=SC2154 # gantry_home and java_home come from elsewhere

# shellcheck source-path=SCRIPTDIR source=java.sh
. "$gantry_home/lib/java.sh"

# launch PROGRAM PROFILE MAIN ARGUMENTS...: becomes the program, so that signals reach it. GANTRY_JAVA_OPTS adds flags.
launch() {
  launch_cache=$gantry_home/lib/$1.aot
  launch_profile=$2
  launch_main=$3
  shift 3
  if ! find_java; then
    say_no_java "${0##*/}"
    exit 4
  fi
  launch_class_path=
  for launch_jar in "$gantry_home"/lib/*.jar; do
    case $launch_profile/${launch_jar##*/} in
    # The data plane knows nothing of the rest; every jar more is one more to open at its start.
    proxy/gantry-proxy-[0-9]* | proxy/jackson-core-* | proxy/netty-buffer-* | proxy/netty-common-* | \
      proxy/netty-resolver-[0-9]* | proxy/netty-transport-*) ;;
    proxy/*) continue ;;
    esac
    launch_class_path=$launch_class_path:$launch_jar
  done
  case $launch_profile in
  # Short commands: what counts is the start. The JVM's own remarks go to stdout, where answers belong: off.
  short) launch_flags='-Xlog:disable -XX:TieredStopAtLevel=1 -Xmx96m' ;;
  agent) launch_flags='-Xlog:disable -Xlog:all=warning:stderr -Xmx256m' ;;
  # Room for as many connections as the proxy accepts, at 3 KB each.
  proxy)
    launch_flags='-Xlog:disable -Xlog:all=warning:stderr -Xms16m -Xmx512m -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData'
    ;;
  esac
  # Made by lib/train.sh: commands start in half the time, and agents with half the work. A cache that does not fit
  # (another JDK, other jars) is ignored by the JVM.
  if [ -r "$launch_cache" ]; then
    set -- "-XX:AOTCache=$launch_cache" -cp "${launch_class_path#:}" "$launch_main" "$@"
  else
    set -- -cp "${launch_class_path#:}" "$launch_main" "$@"
  fi
  # shellcheck disable=SC2086 # flags are words
  exec "$java_home/bin/java" $launch_flags -XX:+UseSerialGC \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dguice_bytecode_gen_option=DISABLED "-Dgantry.home=$gantry_home" ${GANTRY_JAVA_OPTS:-} "$@"
}
