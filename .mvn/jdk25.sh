# Sets JAVA_HOME to a JDK 25, whatever `java` happens to be. Sourced by ./scrutin and ./mvnw.

jdk25_home() {
  local home
  for home in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" /usr/lib/jvm/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -x "$home/bin/javac" ] || continue
    case "$("$home/bin/javac" -version 2>&1)" in "javac 25"*) echo "$home"; return 0 ;; esac
  done
  return 1
}

JAVA_HOME=$(jdk25_home) || {
  echo "scrutin: no JDK 25 found. Install one (for instance Temurin 25), or set JAVA_HOME to it." >&2
  exit 2
}
export JAVA_HOME
