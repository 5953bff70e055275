#!/bin/sh
# @NAME@ runs to its end: as long as it runs, it is well.
exit 0
