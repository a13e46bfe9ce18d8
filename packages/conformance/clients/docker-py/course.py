"""What a program that uses docker-py sees: every answer is printed, errors with them."""

import time

from docker.types import IPAMConfig, IPAMPool

from show import api, attempt, client, show

version = client.version()
show("version", {key: version[key] for key in ("Version", "ApiVersion", "MinAPIVersion", "Os", "Arch")})
show("ping", client.ping())
show("info", {key: client.info()[key] for key in ("Driver", "Containers", "Images", "Name", "ServerVersion")})
show("images", [image.tags for image in client.images.list()])
show("image", client.images.get("busybox").attrs["Config"])
attempt("no image", lambda: client.images.get("nope"))

pool = IPAMPool(subnet="10.95.0.0/24", gateway="10.95.0.1", aux_addresses={"router": "10.95.0.9"})
net = client.networks.create("net", driver="bridge", ipam=IPAMConfig(pool_configs=[pool]), labels={"a": "b"})
show("network", net.attrs)
attempt("again", lambda: client.networks.create("net", check_duplicate=True))
attempt("overlap", lambda: client.networks.create("clash", ipam=IPAMConfig(pool_configs=[pool])))
attempt("no driver for it", lambda: client.networks.create("over", driver="overlay"))
show("networks", sorted(network.name for network in client.networks.list(names=["ne", "bridge"])))
show("by label", [network.name for network in client.networks.list(filters={"label": "a=b"})])

show("echo", client.containers.run("busybox", ["echo", "hello"], remove=True))
attempt("exit code", lambda: client.containers.run("busybox", "false", name="falls", remove=True))
attempt("no program", lambda: client.containers.run("busybox", "nonesuch", name="fails", remove=True))
attempt("no command", lambda: client.containers.run("busybox", remove=True))

db = client.containers.run("busybox", ["sleep", "1000"], name="db", network="net", detach=True)
web = client.containers.create(
    "busybox",
    ["sh", "-c", "echo wrong >&2; sleep 0.2; echo up; sleep 1000"],
    name="web",
    hostname="web",
    environment={"MODE": "test"},
    labels={"role": "web"},
    ports={"80/tcp": 18097, "81/udp": ("127.0.0.1", 18098)},
)
net.connect(web, aliases=["www", "site"], ipv4_address="10.95.0.50", links=[("db", "database")])
attempt("connect twice", lambda: net.connect(db))
attempt("bad address", lambda: net.connect(web, ipv4_address="10.0.0.1"))
web.start()
web.reload()
show("web", web.attrs)
net.reload()
show("members", sorted((each.name, each.status) for each in net.containers))
show("ports", web.ports)
attempt("remove used network", lambda: net.remove())

show("exec", web.exec_run(["cat", "/etc/hosts"], demux=True))
show("exec fails", web.exec_run(["sh", "-c", "echo no >&2; exit 5"], demux=True))
show("exec of nothing", web.exec_run("nonesuch"))
show("exec environment", web.exec_run("env", environment=["X=1"], tty=True).exit_code)
# docker-py loses output that comes together with the head of the answer.
exec_id = api.exec_create("web", ["sh", "-c", "sleep 0.3; echo later"])["Id"]
attempt("exec before", lambda: api.exec_inspect(exec_id)["Running"])
show("exec output", api.exec_start(exec_id))
attempt("exec after", lambda: {key: api.exec_inspect(exec_id)[key] for key in ("Running", "ExitCode")})

time.sleep(0.3)
show("stdout", web.logs(stdout=True, stderr=False))
show("stderr", web.logs(stdout=False, stderr=True))
show("tail", [line for line in web.logs(stream=True, follow=False, tail=1, stderr=False)])
show("top", web.top()["Titles"])
show("stats", sorted(web.stats(stream=False)))

web.pause()
web.reload()
show("paused", web.status)
attempt("exec while paused", lambda: web.exec_run("true"))
web.unpause()
web.rename("site")
attempt("rename", lambda: client.containers.get("web"))
web.update(cpu_shares=512)
web.restart(timeout=0)
web.kill()
show("wait", web.wait())
attempt("kill again", lambda: web.kill())
show("all", sorted((each.name, each.status) for each in client.containers.list(all=True)))
show("exited", [each.name for each in client.containers.list(all=True, filters={"status": "exited"})])

net.disconnect(db)
attempt("disconnect again", lambda: net.disconnect(db))
volume = client.volumes.create("kept", labels={"x": "y"})
show("volume", [volume.name, volume.attrs["Labels"]])
volume.remove()
attempt("no volume", lambda: client.volumes.get("kept"))

db.remove(force=True)
attempt("remove again", lambda: db.remove(force=True))
show("pruned", sorted(client.networks.prune()["NetworksDeleted"]))
web.remove()
attempt("swarm", lambda: client.swarm.attrs)
show("left", [each.name for each in client.containers.list(all=True)])
