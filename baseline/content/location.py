"""Where the content folders are: the checkout when there is one, else inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def content_folder(name: str) -> Path:
    """The folder of shipped content called ``name`` (``checks``, ``exporters``, ``inventories``, ``playbooks``).

    A checkout's own folder is preferred, so that an edit counts at once; an installed wheel carries the same folders
    under ``baseline/_content``.
    """
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return _PACKAGE / "_content" / name
