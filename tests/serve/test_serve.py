"""``baseline serve``: what it answers, to whom, and where it refuses to listen."""

import asyncio
import base64
import contextlib
import datetime as dt
import os
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bcrypt
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from baseline.models.errors import BaselineError, ContentError
from baseline.serve.authentication import NOBODY, Users
from baseline.serve.listening import listen
from baseline.serve.server import WebSettings
from baseline.serve.web_configuration import WebConfiguration, read_web_configuration
from tests.prometheus.conftest import Told

PROGRAM = Path(sys.executable).with_name("baseline")
PASSWORD = "correct horse battery staple"
HASH = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(5)).decode()


@pytest.mark.slow
def test_metrics_health_and_probes_are_answered(serve):
    served = serve("-i", "inventory/hosts.yml")
    answer = served.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    told = Told(answer.content)
    assert told("baseline_target_check_unmet_results", target="sw-01") == 1
    assert told("baseline_targets", site="kampen", owner="netwerkbeheer", state="never_asked") == 1
    assert told("baseline_part_up", part="content") == 1
    assert told("process_resident_memory_bytes") > 0
    assert served.get("/-/healthy").status_code == served.get("/-/ready").status_code == 200
    probed = Told(served.get("/probe", params={"target": "sw-01"}).content)
    assert probed("probe_success") == 0
    assert probed("baseline_probe_failure_info", code="unreachable") == 1
    assert served.get("/probe", params={"target": "192.0.2.1"}).status_code == 404
    assert served.get("/probe", params={"target": "sw-01", "module": "x"}).status_code == 400
    assert served.get("/probe").status_code == 400
    for path in ("/", "/metrics", "/probe"):
        assert served.client.post(path).status_code == 405
    assert served.get("/etc/passwd").status_code == 404
    with ThreadPoolExecutor(4) as pool:
        assert {each.status_code for each in pool.map(served.get, ["/metrics"] * 12)} <= {200, 503}
    assert served.close() in (0, -15)


@pytest.mark.slow
def test_who_has_no_password_is_refused_everywhere_and_a_new_one_counts_at_once(serve, filled_folder):
    web = filled_folder / "users.yml"
    web.write_text(
        f"basic_auth_users: {{prometheus: '{HASH}'}}\nhttp_server_config: {{headers: {{X-Frame-Options: deny}}}}"
    )
    served = serve("--web-config", str(web))
    for path in ("/", "/metrics", "/-/healthy", "/nowhere"):
        for credentials in (None, ("prometheus", "wrong"), ("nobody", PASSWORD), ("prometheus", ""), ("", PASSWORD)):
            refused = served.get(path, auth=credentials)
            assert (refused.status_code, refused.text) == (401, "Unauthorized\n")
            assert refused.headers["www-authenticate"].startswith("Basic")
    answer = served.get("/metrics", auth=("prometheus", PASSWORD))
    assert (answer.status_code, answer.headers["x-frame-options"]) == (200, "deny")
    other = bcrypt.hashpw(b"another", bcrypt.gensalt(5)).decode()
    web.write_text(f"basic_auth_users: {{prometheus: '{other}'}}")
    os.utime(web, ns=(1, 1))
    assert served.get("/-/healthy", auth=("prometheus", PASSWORD)).status_code == 401
    assert served.get("/-/healthy", auth=("prometheus", "another")).status_code == 200
    web.write_text("{}")
    os.utime(web, ns=(2, 2))
    assert served.get("/-/healthy").status_code == 401


def test_no_password_opens_the_hash_of_nobody():
    users = Users(lambda: {"known": HASH})

    async def admitted(name, password):
        return await users.admits("Basic " + base64.b64encode(f"{name}:{password}".encode()).decode())

    async def try_all():
        assert await admitted("known", PASSWORD)
        assert await admitted("known", PASSWORD)
        assert not await admitted("unknown", PASSWORD)
        assert not await admitted("known", PASSWORD + "x" * 100)
        for header in (
            "",
            "Basic",
            "Basic !!!",
            "Basic \xe9\xff",
            "Bearer abc",
            "Basic " + base64.b64encode(b"\xff:x").decode(),
        ):
            assert not await users.admits(header)

    asyncio.run(try_all())
    assert not bcrypt.checkpw(b"", NOBODY.encode())


class Authority:
    """Makes certificates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
        self._write("ca", self._key, self._certificate(self._key, self._name, is_authority=True))

    def issue(self, name: str) -> tuple[str, str]:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._write(name, key, self._certificate(key, subject, is_authority=False))
        return str(self.folder / f"{name}.pem"), str(self.folder / f"{name}.key")

    def _certificate(self, key, subject, *, is_authority):
        now = dt.datetime.now(dt.UTC)
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(identifier, critical=False)
            .sign(self._key, hashes.SHA256())
        )

    def _write(self, name, key, certificate):
        pem = serialization.Encoding.PEM
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (self.folder / f"{name}.pem").write_bytes(certificate.public_bytes(pem))
        (self.folder / f"{name}.key").write_bytes(private)


def client_context(authority, *certificate, **options):
    context = ssl.create_default_context(cafile=str(authority.folder / "ca.pem"))
    context.check_hostname = False
    if certificate:
        context.load_cert_chain(*certificate)
    for name, value in options.items():
        setattr(context, name, value)
    return context


@pytest.mark.slow
def test_only_a_client_with_our_certificate_and_a_recent_tls_comes_in(serve, tmp_path):
    authority = Authority(tmp_path)
    authority.issue("server")
    (tmp_path / "strangers").mkdir()
    ours, stranger = authority.issue("client"), Authority(tmp_path / "strangers").issue("client")
    web = tmp_path / "web.yml"
    web.write_text(
        "tls_server_config: {cert_file: server.pem, key_file: server.key, client_ca_file: ca.pem,"
        " client_auth_type: RequireAndVerifyClientCert, min_version: TLS13}"
    )
    served = serve("--web-config", str(web), verify=client_context(authority, *ours))
    assert served.url.startswith("https://")
    assert served.get("/-/healthy").status_code == 200
    refused = [
        client_context(authority),
        client_context(authority, *stranger),
        client_context(authority, *ours, maximum_version=ssl.TLSVersion.TLSv1_2),
    ]
    for context in refused:
        with pytest.raises(httpx.TransportError), httpx.Client(verify=context, trust_env=False) as client:
            client.get(f"{served.url}/-/healthy")
    with pytest.raises(httpx.TransportError):
        httpx.get(served.url.replace("https", "http"), trust_env=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tls_server_config: {cert_file: no.pem, key_file: no.key}", "there is no file"),
        ("tls_server_config: {cert_file: web.yml, key_file: web.yml, min_version: TLS10}", "'TLS10' is not a value"),
        ("tls_server_config: {cert_file: web.yml}", "'key_file' is missing"),
        (
            "tls_server_config: {cert_file: web.yml, key_file: web.yml, cipher_suites: []}",
            "unknown key 'cipher_suites'",
        ),
        (
            "tls_server_config: {cert_file: web.yml, key_file: web.yml, client_auth_type: RequireAnyClientCert}",
            "is not a value",
        ),
        (
            "tls_server_config: {cert_file: web.yml, key_file: web.yml, client_ca_file: web.yml}",
            "of no use with NoClientCert",
        ),
        ("basic_auth_users: {a: plain}", "is not a bcrypt hash"),
        (f"basic_auth_users: {{a: '$2b$20${'.' * 53}'}}", "a cost above 14"),
        ("http_server_config: {headers: {Server: x}}", "unknown key 'Server'"),
        ("basic_auth_user: {}", "unknown key 'basic_auth_user' (did you mean 'basic_auth_users'?)"),
        ("a: [", "web.yml"),
    ],
)
def test_a_web_configuration_that_is_not_right_is_refused_at_its_line(tmp_path, text, said):
    (tmp_path / "web.yml").write_text(text)
    with pytest.raises(ContentError) as raised:
        read_web_configuration(tmp_path / "web.yml")
    assert said in str(raised.value)
    assert "web.yml:" in str(raised.value)


@pytest.mark.parametrize("address", ["0.0.0.0:0", "[::]:0"])
def test_off_this_machine_without_protection_is_refused_unless_said_so(address):
    with pytest.raises(BaselineError, match=r"no TLS .* and no authentication .*--insecure"):
        listen(address, WebConfiguration(), insecure=False)
    with pytest.raises(BaselineError, match=r"there is no TLS \(tls_server_config\): "):
        listen(address, WebConfiguration(users={"a": HASH}), insecure=False)
    listen(address.replace("[::]", "[::1]").replace("0.0.0.0", "127.0.0.1"), WebConfiguration(), insecure=False).close()


@pytest.mark.parametrize("address", ["9873", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:x", ":9873", "127.0.0.1:²"])
def test_what_is_no_address_is_said_so(address):
    with pytest.raises(BaselineError, match="is not an address to listen on"):
        listen(address, WebConfiguration(), insecure=False)


@pytest.mark.slow
def test_a_textfile_says_the_same(filled_folder, tmp_path):
    path = tmp_path / "baseline.prom"
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "BASELINE_STORE": str(filled_folder / "store.db")}
    done = subprocess.run(
        [PROGRAM, "export", "prometheus", "--textfile", path], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert Told(path.read_bytes())("baseline_target_check_unmet_results", target="sw-01") == 1


@pytest.mark.slow
def test_the_program_refuses_to_listen_off_this_machine_unprotected(filled_folder):
    environment = {
        "HOME": str(filled_folder),
        "PATH": os.environ["PATH"],
        "BASELINE_STORE": str(filled_folder / "store.db"),
    }
    command = [PROGRAM, "serve", "--listen", "0.0.0.0:0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "can be reached from other machines" in done.stderr


def shown_certificate(server, client):
    """The certificate that a new connection is shown."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [server.wrap_bio(there, back, server_side=True), client.wrap_bio(back, there)]
    for _ in range(4):
        for end in reversed(ends):
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
    return x509.load_der_x509_certificate(ends[1].getpeercert(binary_form=True))


def test_a_renewed_certificate_counts_for_new_connections_and_a_half_written_one_changes_nothing(tmp_path, monkeypatch):
    authority = Authority(tmp_path)
    authority.issue("server")
    web = tmp_path / "web.yml"
    web.write_text("tls_server_config: {cert_file: server.pem, key_file: server.key}")
    settings, client = WebSettings(web), client_context(authority)
    first = shown_certificate(settings.context, client)
    monkeypatch.setattr("baseline.serve.server.CERTIFICATE_SECONDS", 0.02)
    asyncio.run(while_it_runs(settings, lambda: authority.issue("server")))
    second = shown_certificate(settings.context, client)
    assert first.serial_number != second.serial_number
    asyncio.run(while_it_runs(settings, lambda: (tmp_path / "server.key").write_text("half")))
    assert shown_certificate(settings.context, client).serial_number == second.serial_number


async def while_it_runs(settings, change):
    """Let the server look at its certificate, change it, and let it look again."""
    task = asyncio.create_task(settings.run())
    await asyncio.sleep(0.05)
    change()
    await asyncio.sleep(0.3)
    task.cancel()
