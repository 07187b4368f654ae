"""Where the image of a workplace or host is: the inventory variables of images as a Connection."""

from pathlib import Path

from baseline.content.inventory.variables import Variables
from baseline.models.platforms import IMAGE_PLATFORMS
from baseline.models.target import Connection

_EXAMPLE = "for example baseline_image: images/workplace-24h2.vhdx"


def read_image_connection(variables: Variables) -> Connection:
    """The connection of a host that is an image; what is wrong with it becomes problems of ``variables``.

    A relative path starts at the folder of the file that states it.
    """
    if variables.text("baseline_platform") not in IMAGE_PLATFORMS:
        hint = f"set baseline_platform to {' or '.join(IMAGE_PLATFORMS)}"
        variables.report("baseline_image", "says that this is an image, but not of what", hint)
    text = variables.text("baseline_image")
    if text is None:
        variables.report("baseline_platform", "says that this is an image; baseline_image has to say where", _EXAMPLE)
        return Connection(transport="image")
    path = Path(text).expanduser()
    if not path.is_absolute():
        path = Path(variables.place("baseline_image").path).absolute().parent / path
    return Connection(transport="image", address=path.name, image=str(path), image_index=_index(variables))


def _index(variables: Variables) -> int | None:
    text = variables.text("baseline_image_index")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 9999):
        variables.report("baseline_image_index", "baseline_image_index must be the number of an image, from 1")
        return None
    return int(text)
