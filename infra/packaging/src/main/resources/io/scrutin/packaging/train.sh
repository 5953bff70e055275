#!/bin/sh
# Trains app.aot on the JDK and at the place where @NAME@ will run: run once, when both are known.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(CDPATH= cd -- "$here" && pwd) || exit 1
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -cp "$here/training/rehearsal.jar" io.scrutin.packaging.Rehearsal "$here"
