"""Who works with the command, for records that name a person."""


def current_user() -> str:
    """The user of this machine; a dash where the system does not know the name."""
    import getpass  # noqa: PLC0415 - asks the system, only when nobody is named

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "-"
