#!/bin/sh
# Starts @NAME@. Made by ./scrutin package: what is changed here is lost.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(CDPATH= cd -- "$here" && pwd) || exit 1
lib=$here/lib

class_path="@CLASS_PATH@"

# A heap of a known size, or half of what the container has: the rest is for threads, buffers and code.
if [ -n "${SCRUTIN_MEMORY:-}" ]; then
  memory=-Xmx$SCRUTIN_MEMORY
else
  memory=-XX:MaxRAMPercentage=50
fi

@CACHE@

# In the shell's place, so that SIGTERM reaches Java.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "$memory" "$cache" \
  @FLAGS@ \
  -cp "$class_path" @MAIN@ "$@"
