"""Prints what a program gets to see."""

import json

import docker

client = docker.from_env(timeout=30)
api = client.api


def show(label, value):
    if isinstance(value, bytes):
        value = value.decode("utf-8", "backslashreplace")
    print(f"{label}: {json.dumps(value, indent=1, default=str)}", flush=True)


def attempt(label, call):
    try:
        value = call()
    except docker.errors.APIError as error:
        value = [type(error).__name__, error.response.status_code, error.explanation]
    except docker.errors.DockerException as error:
        value = [type(error).__name__, str(error)]
    show(label, value)
    return value
