"""Files that a program which uses docker-py puts into containers and takes out of them."""

import io
import tarfile

from show import attempt, client, show

web = client.containers.run("busybox", ["sleep", "1000"], name="web", detach=True)
archive = io.BytesIO()
with tarfile.open(fileobj=archive, mode="w") as tar:
    info = tarfile.TarInfo("note.txt")
    info.size = 5
    tar.addfile(info, io.BytesIO(b"noted"))
show("put", web.put_archive("/tmp", archive.getvalue()))
stream, stat = web.get_archive("/tmp/note.txt")
show("stat", {key: stat[key] for key in ("name", "size", "mode")})
with tarfile.open(fileobj=io.BytesIO(b"".join(stream))) as tar:
    show("got", tar.extractfile("note.txt").read())
attempt("no archive", lambda: web.get_archive("/nowhere"))
show("diff", sorted((change["Path"], change["Kind"]) for change in web.diff()))
web.remove(force=True)
