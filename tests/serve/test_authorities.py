"""What a renewal of the authority of clients does and does not do."""

import asyncio
import logging

from baseline.serve.server import WebSettings
from tests.serve.test_serve import Authority


def test_an_authority_that_was_taken_out_counts_until_a_restart_and_that_is_said(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr("baseline.serve.server.CERTIFICATE_SECONDS", 0.05)
    first = Authority(tmp_path)
    first.issue("server")
    (tmp_path / "web.yml").write_text(
        "tls_server_config: {cert_file: server.pem, key_file: server.key, client_ca_file: ca.pem,"
        " client_auth_type: RequireAndVerifyClientCert}"
    )
    web = WebSettings(tmp_path / "web.yml")

    async def replaced() -> None:
        running = asyncio.create_task(web.run())
        await asyncio.sleep(0.1)
        Authority(tmp_path).issue("server")
        for _ in range(100):
            await asyncio.sleep(0.05)
            if caplog.records:
                break
        running.cancel()

    with caplog.at_level(logging.ERROR):
        asyncio.run(replaced())
    assert "an authority was taken out of" in caplog.text
    assert "until a restart" in caplog.text
