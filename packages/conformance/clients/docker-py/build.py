"""Images that a program which uses docker-py builds."""

import io

import docker
from show import attempt, client, show

DOCKERFILE = b"FROM busybox\nARG WHO\nENV A=1\nRUN echo hello $WHO\nCMD [\"echo\", \"made\"]\n"

image, output = client.images.build(
    fileobj=io.BytesIO(DOCKERFILE), tag="py", buildargs={"WHO": "you"}, labels={"a": "b"}, rm=True
)
show("tags", image.tags)
show("labels", image.labels)
show("config", {key: image.attrs["Config"][key] for key in ("Env", "Cmd")})
show("output", "".join(line.get("stream", "") for line in output))
show("run", client.containers.run("py", remove=True))
show("steps", len(client.images.get("py").history()))
again, output = client.images.build(
    fileobj=io.BytesIO(DOCKERFILE), tag="py2", buildargs={"WHO": "you"}, labels={"a": "b"}, rm=True
)
show("same", again.id == image.id)
show("cached", sum("Using cache" in line.get("stream", "") for line in output))
attempt("fails", lambda: client.images.build(fileobj=io.BytesIO(b"FROM busybox\nRUN exit 7\n"), rm=True, forcerm=True))
attempt("not read", lambda: client.images.build(fileobj=io.BytesIO(b"FROM busybox\nNOPE\n")))
for line in client.api.build(fileobj=io.BytesIO(b"FROM busybox\nRUN exit 7\n"), decode=True, rm=True, forcerm=True):
    if "error" in line:
        show("error", line)
client.images.remove("py", force=True)
client.images.remove("py2", force=True)
client.images.prune()
