#!/bin/sh
# Runs one life of a container. Two roles, both started by ProcessDriver:
#
#   run LIFE LOG ID PATH COMMAND...   waits for the process, keeps its output and its exit code
#   launch LIFE ID PATH COMMAND...    becomes the process: same pid from here to its end
#
# The process gets a session of its own, so that a signal to its group never hits those who keep
# its output. Files in LIFE, each complete from the moment it exists:
#   claim/  made by whoever decides first whether this life begins (here) or never will (the driver)
#   pid     process id, start time in ticks since boot, boot id
#   code    exit code, 128 + signal where a signal ended it
#   done    the process has ended and its last output is in the log

# A log file holds at most count blocks of 1 KiB; with the one before it that is 16 MiB. A read that
# brings less than a block counts as one, so at least the newest 8192 writes are kept.
block=1024
count=8192

# Copies standard input to the end of a file. Status 0: the count is reached, 3: input has ended,
# other: the file cannot be written.
copy() {
  report=$(LC_ALL=C dd bs="$1" count="$2" 2>&1 >>"$3") || return 1
  report=${report%% records in*}
  report=${report##*[!0-9+]}
  case $report in
    *[0-9]+[0-9]*) [ "$(($report))" -ge "$2" ] || return 3 ;;
    *) return 1 ;;
  esac
}

# Reads to the end of input, whatever happens to the disk: the process must never wait for its log.
keep_log() {
  while :; do
    copy "$block" "$count" "$1"
    case $? in
      0) mv -f "$1" "$1.1" ;;
      3) break ;;
      *)
        copy 65536 16 /dev/null
        [ $? -eq 3 ] && break
        ;;
    esac
  done
}

start_time() {
  shift 19
  echo "$1"
}

role=$1
shift
case $role in
  run)
    life=$1
    log=$2
    shift 2
    {
      setsid sh "$0" launch "$life" "$@" &
      wait $!
      code=$?
      # What it left behind in its group ends with it. The number cannot belong to anybody else yet:
      # the kernel hands out all other numbers first.
      kill -KILL -- "-$!"
      echo "$code" >"$life/code.tmp" && mv "$life/code.tmp" "$life/code"
    } 2>/dev/null | keep_log "$log"
    : >"$life/done"
    ;;
  launch)
    life=$1
    export GANTRY_CONTAINER="$2"
    path=$3
    shift 3
    mkdir "$life/claim" || exit 125
    read -r boot </proc/sys/kernel/random/boot_id
    read -r stat <"/proc/$$/stat"
    echo "$$ $(start_time ${stat##*) }) $boot" >"$life/pid.tmp" || exit 125
    mv "$life/pid.tmp" "$life/pid" || exit 125
    export PATH="$path"
    exec "$@" 2>&1
    ;;
esac
