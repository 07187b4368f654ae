"""moto's server in a process of its own, and clients that fill it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import boto3
from botocore.config import Config

REGION = "eu-west-1"
ACCOUNT = "123456789012"


@contextmanager
def running_moto():
    """The address of a moto server."""
    port = _free_port()
    command = [str(Path(sys.executable).with_name("moto_server")), "-H", "127.0.0.1", "-p", str(port)]
    environment = os.environ | {"MOTO_EC2_LOAD_DEFAULT_AMIS": "false", "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    endpoint = f"http://127.0.0.1:{port}"
    try:
        _wait(endpoint, process)
        yield endpoint
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def _wait(endpoint: str, process) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "moto_server ended"
        try:
            urllib.request.urlopen(f"{endpoint}/moto-api/data.json", timeout=5).read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("moto_server does not answer")


def reset(endpoint: str) -> None:
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset", method="POST"), timeout=30).read()


class Clients:
    """boto3 clients of moto by service: ``clients.s3``, ``clients.at("us-east-1").ec2``."""

    def __init__(self, endpoint: str, region: str = REGION):
        self._endpoint, self.region, self._made = endpoint, region, {}

    def at(self, region: str) -> "Clients":
        return Clients(self._endpoint, region)

    def __getattr__(self, service: str):
        name = service.replace("_", "-") if service.startswith("sso") else service.rstrip("_")
        if name not in self._made:
            self._made[name] = boto3.client(
                name,
                region_name=self.region,
                endpoint_url=self._endpoint,
                aws_access_key_id="testing",
                aws_secret_access_key="testing",
                config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
            )
        return self._made[name]
