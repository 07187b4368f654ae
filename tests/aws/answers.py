"""Answers in the protocols of AWS: errors, and what moto does not have."""

import base64
import csv
import io
import re

from botocore.session import Session

ROOT_ROW = {
    "user": "<root_account>",
    "arn": "arn:aws:iam::123456789012:root",
    "user_creation_time": "2020-01-01T00:00:00+00:00",
    "password_enabled": "not_supported",
    "password_last_used": "no_information",
    "password_last_changed": "not_supported",
    "password_next_rotation": "not_supported",
    "mfa_active": "true",
    "access_key_1_active": "false",
    "access_key_1_last_rotated": "N/A",
    "access_key_1_last_used_date": "N/A",
    "access_key_2_active": "false",
    "access_key_2_last_rotated": "N/A",
    "access_key_2_last_used_date": "N/A",
}
NAMESPACE = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"'


def error(service: str, code: str, status: int = 403) -> tuple[int, dict[str, str], bytes]:
    """An error with this code, as a service tells it."""
    protocol = Session().get_service_model(service).resolved_protocol
    if protocol in ("json", "rest-json"):
        body = f'{{"__type": "{code}", "message": "no"}}'.encode()
        return status, {"Content-Type": "application/x-amz-json-1.1", "x-amzn-ErrorType": code}, body
    inner = f"<Code>{code}</Code><Message>no</Message>"
    if protocol == "ec2":
        body = f"<Response><Errors><Error>{inner}</Error></Errors><RequestID>1</RequestID></Response>"
    elif service == "s3":
        body = f"<Error>{inner}</Error>"
    else:
        body = f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error><RequestId>1</RequestId></ErrorResponse>"
    return status, {"Content-Type": "text/xml"}, body.encode()


def ec2(operation: str, inner: str) -> tuple[int, dict[str, str], bytes]:
    body = f"<{operation}Response {NAMESPACE}><requestId>1</requestId>{inner}</{operation}Response>"
    return 200, {"Content-Type": "text/xml"}, body.encode()


def snapshots(identifiers) -> tuple[int, dict[str, str], bytes]:
    """The snapshots that everyone may restore."""
    items = "".join(f"<item><snapshotId>{each}</snapshotId></item>" for each in identifiers)
    return ec2("DescribeSnapshots", f"<snapshotSet>{items}</snapshotSet>")


def account_block(values: dict[str, bool]) -> tuple[int, dict[str, str], bytes]:
    """What an account forbids of all its buckets."""
    inner = "".join(f"<{name}>{str(value).lower()}</{name}>" for name, value in values.items())
    body = f"<PublicAccessBlockConfiguration>{inner}</PublicAccessBlockConfiguration>"
    return 200, {"Content-Type": "application/xml"}, body.encode()


def analyzers(active: bool) -> tuple[int, dict[str, str], bytes]:
    found = (
        '{"arn": "arn:aws:access-analyzer:eu-west-1:1:analyzer/a", "name": "a", "status": "ACTIVE", "type": "ACCOUNT"}'
    )
    body = f'{{"analyzers": [{found if active else ""}]}}'
    return 200, {"Content-Type": "application/json"}, body.encode()


def with_root(body: bytes, **changes: str) -> bytes:
    """moto's credential report with the root user in it, as AWS always has it."""
    content = re.search(rb"<Content>(.*?)</Content>", body, re.DOTALL)[1]
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(content).decode())))
    names = list(rows[0]) if rows else list(ROOT_ROW)
    written = io.StringIO()
    writer = csv.DictWriter(written, names, restval="N/A", extrasaction="ignore")
    writer.writeheader()
    writer.writerows([ROOT_ROW | changes, *rows])
    return body.replace(content, base64.b64encode(written.getvalue().encode()))
