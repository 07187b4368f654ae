"""``--debug`` tells what happens, and no secret that a library sends or is answered."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("baseline")
SECRETS = {"session": "FQoGZXIvYXdzEBYaDsession0token", "answer": "customer-password-in-user-data"}


class Sts(BaseHTTPRequestHandler):
    """Answers every question with something that is nobody's business."""

    def do_POST(self) -> None:
        self.send_response(400)
        self.send_header("Set-Cookie", SECRETS["answer"])
        self.end_headers()
        self.wfile.write(
            f"<ErrorResponse><Error><Code>Refused</Code><UserData>{SECRETS['answer']}</UserData></Error></ErrorResponse>".encode()
        )

    def log_message(self, *_words) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint():
    with HTTPServer(("127.0.0.1", 0), Sts) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.slow
def test_a_session_token_and_answers_of_a_cloud_are_not_in_the_log(endpoint, tmp_path):
    (tmp_path / "hosts.yml").write_text(
        f"all: {{hosts: {{konto: {{baseline_platform: aws, baseline_aws_endpoint: '{endpoint}', baseline_aws_regions: [eu-west-1]}}}}}}\n"
    )
    environment = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMIK7MDENG",
        "AWS_SESSION_TOKEN": SECRETS["session"],
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    words = [PROGRAM, "--debug", "--store", "store.db", "check", "-i", "hosts.yml"]
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert "AWS refuses to sign in: Refused" in said, said
    assert "DEBUG " in said
    for secret in (*SECRETS.values(), "wJalrXUtnFEMIK7MDENG"):
        assert secret not in said
