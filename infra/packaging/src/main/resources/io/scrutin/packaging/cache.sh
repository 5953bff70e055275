# A cache that does not fit (another JDK, another jar) costs a slow start and a line on stderr, no more.
if [ -n "${SCRUTIN_TRAIN:-}" ]; then
  cache=-XX:AOTCacheOutput=$SCRUTIN_TRAIN
elif [ -f "$here/app.aot" ]; then
  cache=-XX:AOTCache=$here/app.aot
else
  echo "@NAME@: there is no app.aot, so it starts slowly; ./train makes it" >&2
  cache=-Xshare:auto
fi
