"""Images that a program which uses docker-py makes of containers."""

import io
import tarfile

from show import attempt, client, show

web = client.containers.run("busybox", ["sleep", "1000"], name="web", detach=True)
web.exec_run(["sh", "-c", "echo noted > /tmp/note.txt"])
copy = web.commit("copied", tag="1", message="copy", changes=["ENV MADE=here"])
show("committed", [copy.tags, copy.attrs["Config"]["Env"], copy.attrs["Comment"]])
show("in a copy", client.containers.run("copied:1", ["cat", "/tmp/note.txt"], remove=True))
exported = b"".join(web.export())
with tarfile.open(fileobj=io.BytesIO(exported)) as tar:
    show("exported", tar.extractfile("tmp/note.txt").read())
show("imported", client.api.import_image_from_data(exported, repository="brought", tag="1"))
show("in what was brought", client.containers.run("brought:1", ["cat", "/tmp/note.txt"], remove=True))
saved = b"".join(copy.save(named=True))
client.images.remove("copied:1")
attempt("no copy", lambda: client.images.get("copied:1"))
show("loaded", [image.tags for image in client.images.load(saved)])
client.images.remove("copied:1")
client.images.remove("brought:1")
web.remove(force=True)
