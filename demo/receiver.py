# ruff: noqa: INP001, T201 - a program of its own, that prints
"""Prints what Alertmanager sends, a line per alert: who is told, what, and whether it is over. For demo/watch.sh."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGEST = 1 << 20


class Receiver(BaseHTTPRequestHandler):
    """Takes messages by POST; the last part of the path is who is told."""

    def do_POST(self) -> None:
        """Print every alert of a message."""
        length = min(int(self.headers.get("Content-Length", "0")), LARGEST)
        message = json.loads(self.rfile.read(length))
        for alert in message["alerts"]:
            labels, notes = alert["labels"], alert["annotations"]
            told = [self.path.rpartition("/")[2], alert["status"], labels["alertname"], labels.get("target", "-")]
            print("\t".join([*told, notes["summary"]]), flush=True)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing else."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
    server.serve_forever()
