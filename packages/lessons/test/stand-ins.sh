#!/bin/sh
# stand-ins.sh DIRECTORY: gives the engine of DOCKER_HOST, which has busybox:latest, images under the names that the
# lessons use and that it does not have. nginx is BusyBox's httpd with nginx's page; the others are those of the course.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P) directory=$1
"$here/../../examples/test/stand-ins/make.sh" "$directory"

docker image inspect nginx >/dev/null 2>&1 && exit
container=$(docker create busybox true)
mkdir -p "$directory/html"
echo '<title>Welcome to nginx!</title>' >"$directory/html/index.html"
docker cp "$directory/html" "$container:/html" >/dev/null 2>&1
docker commit --change 'EXPOSE 80' --change 'CMD ["httpd", "-f", "-p", "80", "-h", "/html"]' "$container" nginx >/dev/null
docker rm "$container" >/dev/null
