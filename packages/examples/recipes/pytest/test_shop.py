import time
from urllib.request import urlopen

import docker
import pytest


def start_shop(client):
    """Starts a shop: a database that stays inside, and a web server that customers reach."""
    client.networks.create("shop")
    client.containers.run("redis", name="db", network="shop", detach=True)
    return client.containers.run("nginx", name="web", network="shop", ports={"80/tcp": ("127.0.0.1", 0)}, detach=True)


def read(url):
    """Reads a page, once its server listens, which is a moment after its container has started."""
    for patience in reversed(range(100)):
        try:
            with urlopen(url) as page:
                return page.read()
        except OSError:
            if patience == 0:
                raise
            time.sleep(0.1)


def test_customers_reach_the_web_server(client):
    web = start_shop(client)
    web.reload()
    port = web.ports["80/tcp"][0]["HostPort"]
    assert b"Welcome to nginx!" in read(f"http://127.0.0.1:{port}/")


def test_the_web_server_finds_the_database(client):
    web = start_shop(client)
    code, output = web.exec_run("getent hosts db")
    assert (code, output.split()) == (0, [b"172.18.0.2", b"db"])


def test_each_test_has_an_engine_of_its_own(client):
    assert client.containers.list(all=True) == []
    with pytest.raises(docker.errors.NotFound):
        client.networks.get("shop")
