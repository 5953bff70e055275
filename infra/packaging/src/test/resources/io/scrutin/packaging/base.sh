#!/bin/sh
# An image of this machine's own JDK, shell and C library: no registry is asked.
# Usage: base.sh JAVA_HOME SCRATCH IMAGE
set -e
java=$1 base=$2 image=$3
mkdir -p "$base/opt/java/bin" "$base/bin" "$base/tmp"
chmod 1777 "$base/tmp"
cp -R "$java/lib" "$java/conf" "$java/release" "$base/opt/java/"
cp "$java/bin/java" "$base/opt/java/bin/"
rm -f "$base/opt/java/lib/src.zip" "$base/opt/java/lib/ct.sym"
for tool in sh rm; do
  cp -L "/bin/$tool" "$base/bin/$tool"
done
for library in $(ldd /bin/sh /bin/rm "$java/bin/java" "$java"/lib/server/libjvm.so "$java"/lib/libnet.so "$java"/lib/libzip.so |
  grep -o '/[^ ]*' | grep -v ':$' | grep -v "^$java" | sort -u); do
  mkdir -p "$base$(dirname "$library")"
  cp -L "$library" "$base$library"
done
tar -C "$base" -c . | docker import -c 'ENV JAVA_HOME=/opt/java' -c 'ENV PATH=/opt/java/bin:/bin' - "$image"
