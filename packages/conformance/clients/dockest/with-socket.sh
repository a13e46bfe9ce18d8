# Runs a command where the engine's socket is in its usual place. On a machine that is a container itself, dockest wants
# it there.
mount -t tmpfs tmpfs /run && ln -s "${DOCKER_HOST#unix://}" /run/docker.sock && exec "$@"
