#!/bin/sh
# make.sh DIRECTORY: gives the engine of DOCKER_HOST, which has busybox:latest, images under the names that the course
# uses and that it does not have, where no registry can be reached. alpine is BusyBox with Alpine's environment; redis is Debian's server;
# katacoda/redis-node-docker-example is BusyBox's httpd with a page that counts in redis.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P) directory=$1
path='ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

has() { docker image inspect "$1" >/dev/null 2>&1; }

if ! has alpine; then
    container=$(docker create busybox true)
    docker commit --change "$path" --change 'CMD ["/bin/sh"]' "$container" alpine >/dev/null
    docker rm "$container" >/dev/null
fi

if ! has katacoda/redis-node-docker-example; then
    container=$(docker create busybox true)
    mkdir -p "$directory/www/cgi-bin"
    cp "$here/index.cgi" "$directory/www/cgi-bin/index.cgi"
    chmod 755 "$directory/www/cgi-bin/index.cgi"
    docker cp -q "$directory/www" "$container:/srv"
    docker commit --change "$path" --change 'EXPOSE 3000' --change 'CMD ["httpd", "-f", "-p", "3000", "-h", "/srv"]' \
        "$container" katacoda/redis-node-docker-example >/dev/null
    docker rm "$container" >/dev/null
fi

has redis && exit
cd "$directory"
apt-get download -q redis-tools libjemalloc2 liblzf1 libatomic1 >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" packages; done
mkdir -p root/bin root/tmp root/etc root/data
cp packages/usr/bin/redis-check-rdb root/bin/redis-server
libraries=$(echo packages/usr/lib/*-linux-gnu*)
LD_LIBRARY_PATH=$libraries ldd root/bin/redis-server | sed -n 's/.*=> \(\S*\) .*/\1/p; s/^\s*\(\/\S*\) .*/\1/p' |
    while read -r library; do
        mkdir -p root/lib
        cp -L "$library" "root/lib/${library##*/}"
    done
loader=$(ldd root/bin/redis-server | sed -n 's/^\s*\(\/\S*\) .*/\1/p')
mkdir -p "root$(dirname "$loader")"
cp -L "$loader" "root$loader"
echo 'redis:x:999:999::/data:/bin/sh' >root/etc/passwd
tar -C root --owner=0 --group=0 --numeric-owner -cf redis.tar .
docker import --change 'EXPOSE 6379' --change 'WORKDIR /data' --change 'ENV LD_LIBRARY_PATH=/lib' \
    --change 'CMD ["/bin/redis-server", "--protected-mode", "no", "--save", ""]' redis.tar redis >/dev/null
