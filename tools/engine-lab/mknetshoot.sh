#!/bin/sh
# mknetshoot.sh <busybox-static binary> <out.tar>: makes a root file system for `docker import` with Debian's
# network programs: tcpdump, dig, host, nslookup, ss, ip, ping, kdig. Needs a Debian host of bookworm.
set -eu
bb=$1 out=$2; here=$(cd "$(dirname "$0")" && pwd); t=$(mktemp -d); trap 'rm -rf "$t"' EXIT
"$here"/mkimage.sh "$bb" "$t"/base.tar
mkdir "$t"/debs "$t"/unpacked "$t"/root
tar -C "$t"/root -xf "$t"/base.tar
(cd "$t"/debs && apt-get -qq download tcpdump libpcap0.8 libdbus-1-3 libsystemd0 bind9-dnsutils bind9-host \
  bind9-libs libmaxminddb0 liblmdb0 libuv1 libjson-c5 iproute2 libbpf1 libelf1 libmnl0 libcap2 iputils-ping \
  libjemalloc2 libxdp1 knot-dnsutils libdnssec9 libknot13 libzscanner4 libfstrm0 libprotobuf-c1 2>/dev/null)
for each in "$t"/debs/*.deb; do dpkg -x "$each" "$t"/unpacked; done
programs='usr/bin/tcpdump usr/bin/dig usr/bin/host usr/bin/nslookup bin/ss sbin/ip bin/ping usr/bin/kdig'
libraries="$t/unpacked/usr/lib/x86_64-linux-gnu:$t/unpacked/lib/x86_64-linux-gnu"
mkdir -p "$t"/root/lib64 "$t"/root/lib/x86_64-linux-gnu
for each in $programs; do
  rm -f "$t/root/bin/${each##*/}"
  cp "$t/unpacked/$each" "$t/root/bin/${each##*/}"
  LD_LIBRARY_PATH=$libraries ldd "$t/unpacked/$each" | grep -o '/[^ ]*' | while read -r library; do
    case $library in
      /lib64/*) cp -L "$library" "$t"/root/lib64/ ;;
      *) cp -L "$library" "$t"/root/lib/x86_64-linux-gnu/ ;;
    esac
  done
done
mkdir -p "$t"/root/etc/iproute2 "$t"/root/var/lib
cp /etc/services /etc/protocols "$t"/root/etc/
echo 'tcpdump:x:102:102::/nonexistent:/usr/sbin/nologin' >>"$t"/root/etc/passwd
echo 'tcpdump:x:102:' >>"$t"/root/etc/group
tar -C "$t"/root --owner=0 --group=0 --numeric-owner --sort=name --mtime=@0 -cf "$out" .
