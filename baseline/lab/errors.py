"""What can go wrong with a lab."""

from baseline.models.errors import BaselineError


class LabError(BaselineError):
    """A lab that cannot be made, started, reached or stopped; the message is for a person."""
