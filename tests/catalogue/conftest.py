"""The shipped catalogue, and small catalogues of the tests' own making."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.models.errors import ContentError, Problem

ISO_TEXT = """\
norm:
  id: iso27001
  title: Management system
  title_nl: Managementsysteem
  version: "2022"
  date: "2022"
  publisher: A publisher
controls:
  A.8.20:
    title: Networks
    title_nl: Netwerken
    automatable: no
"""


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[..., list[Problem]]:
    """What loading says of a norm file ``own.yaml`` beside a sound ISO file."""

    def load(text: str | bytes, iso: str = ISO_TEXT) -> list[Problem]:
        content = text if isinstance(text, bytes) else dedent(text).encode()
        (tmp_path / "own.yaml").write_bytes(content)
        (tmp_path / "iso27001.yaml").write_text(iso, "utf-8")
        with pytest.raises(ContentError) as raised:
            load_catalogue(tmp_path)
        return raised.value.problems

    return load
