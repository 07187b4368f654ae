"""What can be wrong with the devices of each platform."""

from baseline.lab.defects import DEFECTS
from baseline.lab.platforms import description
from baseline.lab.spec import IOS


def defect_titles(platform: str) -> dict[str, str]:
    """Name of every defect that a device of a platform can have -> what it is.

    Raises:
        LabError: the lab has no devices of the platform.
    """
    known = DEFECTS if platform == IOS else description(platform).defects
    return {name: defect.title for name, defect in known.items()}
