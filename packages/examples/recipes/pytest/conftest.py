"""Docker for tests: an engine that is served for the whole run, and is as new for each test."""

import os
import shlex
import subprocess
import urllib.request

import docker
import pytest

# Where Dryharbor is not installed as a command, say how to start it.
DRYHARBOR = shlex.split(os.environ.get("DRYHARBOR", "npx dryharbor"))


@pytest.fixture(scope="session")
def engine():
    """Serves an engine. Returns the addresses of its API and of its control."""
    command = [*DRYHARBOR, "serve", "--host", "tcp://127.0.0.1:0", "--control", "tcp://127.0.0.1:0", "--publish"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        # It prints DOCKER_HOST=… and DRYHARBOR_CONTROL=… when it is ready.
        lines = [server.stdout.readline().strip() for _ in range(2)]
        yield dict(line.split("=", 1) for line in lines)
        server.terminate()


@pytest.fixture
def client(engine):
    """A client of docker-py on an engine where nothing has happened yet."""
    control = engine["DRYHARBOR_CONTROL"].replace("tcp://", "http://")
    urllib.request.urlopen(urllib.request.Request(f"{control}/reset", method="POST")).close()
    client = docker.from_env(environment=engine)
    yield client
    client.close()
