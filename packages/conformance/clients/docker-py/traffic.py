"""A program that reaches the containers it starts, and lets them reach each other."""

import time
import urllib.error
import urllib.request

from show import attempt, client, show


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return [response.status, response.headers.get("Content-Type"), response.read().decode()]
    except urllib.error.HTTPError as error:
        return [error.code]
    except OSError as error:
        return type(error).__name__


def wait_for(url):
    while not isinstance(fetch(url), list):
        time.sleep(0.05)


net = client.networks.create("traffic")
serve = ["sh", "-c", "echo from the server > /www/index.html; exec httpd -f -v -p 80 -h /www"]
web = client.containers.run("busybox", serve, name="web", network="traffic", ports={"80/tcp": 18310}, detach=True)
wait_for("http://127.0.0.1:18310/")
show("page", fetch("http://127.0.0.1:18310/"))
show("no page", fetch("http://127.0.0.1:18310/nowhere"))
show("from inside", client.containers.run("busybox", ["wget", "-q", "-O", "-", "http://web/"], network="traffic", remove=True))
attempt(
    "from another network",
    lambda: client.containers.run("busybox", ["wget", "-q", "-O", "-", "http://web/"], name="asks", remove=True),
)
net.connect(client.containers.create("busybox", ["sleep", "1000"], name="idle"), aliases=["still"])
client.containers.get("idle").start()
show("by an alias", web.exec_run(["sh", "-c", "ping -c 1 still | sed -n 's/ time=.*//; 2p'"]))
show("refused", web.exec_run(["wget", "-q", "-O", "-", "http://still/"]))
show("stopped", (web.stop(timeout=0), fetch("http://127.0.0.1:18310/"))[1])
web.start()
wait_for("http://127.0.0.1:18310/")
show("started again", fetch("http://127.0.0.1:18310/"))
for each in ("web", "idle"):
    client.containers.get(each).remove(force=True)
net.remove()
