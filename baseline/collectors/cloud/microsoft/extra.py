"""Whether what Microsoft's APIs are asked with is installed."""

from importlib.util import find_spec

from baseline.models.errors import CollectError


def require_extra() -> None:
    """Check for httpx and azure-identity before anything that imports them is imported.

    Raises:
        CollectError: ``missing_extra``, with what to install.
    """
    if find_spec("httpx") is None or find_spec("azure") is None:
        raise CollectError(
            "missing_extra", "Microsoft's APIs need httpx and azure-identity", "pip install 'baseline[azure]'"
        )
