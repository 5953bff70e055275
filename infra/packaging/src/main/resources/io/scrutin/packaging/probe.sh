#!/bin/sh
# Ends with 0 when @NAME@ is ready.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx16m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
  -cp "$here/probe.jar" io.scrutin.packaging.Probe "${PORT:-8080}"
