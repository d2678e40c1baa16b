#!/bin/sh
# Ends a stack's processes when its supervisor has died without doing so itself. The supervisor
# writes "add PID TICKS", "remove PID TICKS" and, when all have ended, "done" into our standard
# input; the kernel closes that when the supervisor is gone, however it went.
trap '' INT TERM HUP
children=''

while read -r verb pid ticks; do
  case $verb in
    add) children="$children $pid:$ticks" ;;
    remove)
      rest=''
      for child in $children; do [ "$child" = "$pid:$ticks" ] || rest="$rest $child"; done
      children=$rest
      ;;
    done) exit 0 ;;
  esac
done

# Field 22 of /proc/PID/stat tells whether PID still is the process that was added.
running() {
  read -r stat 2>/dev/null <"/proc/${1%:*}/stat" || return 1
  set -- "$1" ${stat##*) }
  [ "$2" != Z ] && [ "${21}" = "${1#*:}" ]
}

any_running() {
  for child in $children; do if running "$child"; then return 0; fi; done
  return 1
}

signal_all() {
  for child in $children; do
    if running "$child"; then kill -s "$1" -- "-${child%:*}"; fi
  done
}

signal_all TERM
tenths=0
while any_running && [ "$tenths" -lt 100 ]; do
  sleep 0.1
  tenths=$((tenths + 1))
done
signal_all KILL
