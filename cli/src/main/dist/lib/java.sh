# Finds a Java runtime. Sourced by lib/launch.sh, and in a checkout by ./gantry and ./verify; POSIX sh.
# shellcheck shell=sh disable=SC2034 # java_home is for the caller

java_needed=25

# Sets java_major to the version of the Java in folder $1; 0 when there is none.
read_java_major() {
  java_major=0
  [ -x "$1/bin/java" ] || return 0
  java_version=
  if [ -r "$1/release" ]; then
    # Reading takes no time, running a JVM takes 40 ms for each candidate.
    while IFS= read -r java_line; do
      case $java_line in
      JAVA_VERSION=*)
        java_version=${java_line#JAVA_VERSION=}
        java_version=${java_version#\"}
        break
        ;;
      esac
    done <"$1/release"
  else
    java_version=$("$1/bin/java" -version 2>&1 </dev/null)
    java_version=${java_version#*\"}
  fi
  java_major=${java_version%%[!0-9]*}
  : "${java_major:=0}"
}

# Sets java_home to a Java that is new enough. Returns 1 when there is none.
find_java() {
  if [ -n "${GANTRY_JAVA_HOME:-}" ]; then
    read_java_major "$GANTRY_JAVA_HOME"
    java_home=$GANTRY_JAVA_HOME
    [ "$java_major" -ge "$java_needed" ]
    return
  fi
  if [ -n "${JAVA_HOME:-}" ]; then
    read_java_major "$JAVA_HOME"
    if [ "$java_major" -ge "$java_needed" ]; then
      java_home=$JAVA_HOME
      return 0
    fi
  fi
  java_on_path=$(command -v java) && java_on_path=$(readlink -f "$java_on_path" 2>/dev/null)
  case $java_on_path in
  */bin/java)
    read_java_major "${java_on_path%/bin/java}"
    if [ "$java_major" -ge "$java_needed" ]; then
      java_home=${java_on_path%/bin/java}
      return 0
    fi
    ;;
  esac
  find_java_in_usual_folders
}

# Sets java_home to the newest Java in the folders in which installers put it.
find_java_in_usual_folders() {
  java_newest=0
  for java_folder in /usr/lib/jvm/* /opt/* /usr/java/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    read_java_major "$java_folder"
    if [ "$java_major" -gt "$java_newest" ]; then
      java_newest=$java_major
      java_home=$java_folder
    fi
  done
  [ "$java_newest" -ge "$java_needed" ]
}

# Says on stderr that no Java was found, in the name of $1.
say_no_java() {
  if [ -n "${GANTRY_JAVA_HOME:-}" ]; then
    echo "$1: GANTRY_JAVA_HOME is $GANTRY_JAVA_HOME, which has no Java $java_needed or newer" >&2
  else
    echo "$1: Java $java_needed or newer was found neither in JAVA_HOME and PATH nor in /usr/lib/jvm, /opt," \
      "/usr/java, ~/.sdkman, ~/.jdks and /Library/Java" >&2
  fi
  echo "next: install a JDK $java_needed, for instance Eclipse Temurin, or set GANTRY_JAVA_HOME to one" >&2
}
