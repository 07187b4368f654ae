"""``show users`` and ``show privilege``."""

from baseline.lab.blueprint import Blueprint
from baseline.lab.moment import Moment


def show_users(_blueprint: Blueprint, moment: Moment) -> str:
    """Sessions on the device, the asker's own marked with an asterisk."""
    head = "    Line       User       Host(s)              Idle       Location\n"
    rows = [
        f"{'*' if login.line == moment.own_line else ' '}{login.line + 2:>3} vty {login.line:<5} {login.user:<10} "
        f"idle                 00:00:00   {login.address}\n"
        for login in moment.logins
    ]
    return head + "".join(rows) + "\n  Interface    User               Mode         Idle     Peer Address\n\n"


def show_privilege(_blueprint: Blueprint, moment: Moment) -> str:
    """Level of the asker's session."""
    return f"Current privilege level is {moment.privilege}\n"
