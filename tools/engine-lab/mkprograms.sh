#!/bin/sh
# mkprograms.sh <busybox-static binary> <out.tar> <path>...: makes a root file system for `docker import` with programs of this
# machine: BusyBox, each program with its libraries, and what is a directory as it is.
set -eu
bb=$1 out=$2; shift 2
here=$(cd "$(dirname "$0")" && pwd); t=$(mktemp -d); trap 'rm -rf "$t"' EXIT
"$here"/mkimage.sh "$bb" "$t"/base.tar
mkdir "$t"/root
tar -C "$t"/root -xf "$t"/base.tar
mkdir -p "$t"/root/lib64 "$t"/root/lib/x86_64-linux-gnu "$t"/root/usr/bin
for each in "$@"; do
  if [ -d "$each" ]; then
    mkdir -p "$t/root$each"
    cp -a "$each/." "$t/root$each/"
    continue
  fi
  rm -f "$t/root/bin/${each##*/}"
  cp -L "$each" "$t/root/bin/${each##*/}"
  { ldd "$each" 2>/dev/null || :; } | grep -o '/[^ ]*' | while read -r library; do
    case $library in
      /lib64/*) cp -L "$library" "$t"/root/lib64/ ;;
      *) cp -L "$library" "$t"/root/lib/x86_64-linux-gnu/ ;;
    esac
  done
done
cp /etc/services /etc/protocols "$t"/root/etc/
tar -C "$t"/root --owner=0 --group=0 --numeric-owner --sort=name --mtime=@0 -cf "$out" .
