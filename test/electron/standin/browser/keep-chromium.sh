#!/bin/sh
# Usage: keep-chromium.sh PROFILE CHROMIUM ARGUMENTS...
# Runs Chromium and removes its profile once it has ended. This must outlive the main process: when that one is
# killed, Chromium ends because its pipe closes, and somebody has to be left to clean up.
profile=$1
shift
"$@"
status=$?
# Chromium's helpers may write for a moment after it has ended.
tries=0
until rm -rf -- "$profile" 2>/dev/null || [ "$tries" -ge 50 ]; do
  tries=$((tries + 1))
  sleep 0.1
done
exit "$status"
