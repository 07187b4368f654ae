"""``show ip interface brief``, ``show interfaces status`` and ``show vlan brief``, read from the configuration itself."""

from baseline.lab.blueprint import ACCESS_VLANS, Blueprint

_SHORT = {"GigabitEthernet": "Gi", "TenGigabitEthernet": "Te", "TwentyFiveGigE": "Twe"}


def interface_blocks(configuration: str) -> dict[str, list[str]]:
    """Interface name -> its lines without indentation."""
    blocks: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in configuration.split("\n"):
        if line.startswith("interface "):
            current = blocks.setdefault(line.removeprefix("interface "), [])
        elif current is not None and line.startswith(" "):
            current.append(line.strip())
        else:
            current = None
    return blocks


def found_interface(configuration: str, typed: str) -> tuple[str, list[str]]:
    """Full name and lines of an interface that may be abbreviated (``gi1/0/1``); an empty name when there is none."""
    wanted = typed.replace(" ", "").lower()
    letters = wanted.rstrip("0123456789/.")
    for name, lines in interface_blocks(configuration).items():
        start = name.rstrip("0123456789/.")
        if start.lower().startswith(letters) and name[len(start) :] == wanted[len(letters) :]:
            return name, lines
    return "", []


def show_ip_interface_brief(_blueprint: Blueprint, configuration: str) -> str:
    """Address and state of every interface."""
    head = "Interface              IP-Address      OK? Method Status                Protocol\n"
    return head + "".join(_brief(name, lines) for name, lines in interface_blocks(configuration).items())


def _brief(name: str, lines: list[str]) -> str:
    address = next((line.split()[2] for line in lines if line.startswith("ip address ")), "unassigned")
    status, protocol = ("administratively down", "down") if "shutdown" in lines else ("up", "up")
    method = "NVRAM" if address != "unassigned" else "unset"
    return f"{name:<22} {address:<15} YES {method:<6} {status:<21} {protocol:<8}\n"


def show_interfaces_status(_blueprint: Blueprint, configuration: str) -> str:
    """Name, state, VLAN and speed of every switch port."""
    head = "\nPort         Name               Status       Vlan       Duplex  Speed Type\n"
    return head + "".join(
        _status(name, lines)
        for name, lines in interface_blocks(configuration).items()
        if "/" in name and "0/0" not in name
    )


def _status(name: str, lines: list[str]) -> str:
    letters = name.rstrip("0123456789/")
    port = _SHORT.get(letters, letters[:2]) + name[len(letters) :]
    title = _value(lines, "description ")[:18]
    shut = "shutdown" in lines
    vlan = "trunk" if any("trunk" in line for line in lines) else _value(lines, "switchport access vlan ") or "1"
    duplex, speed = ("auto", "auto") if shut else ("a-full", "a-1000")
    kind = "10/100/1000BaseTX" if letters == "GigabitEthernet" else "SFP-10GBase-SR"
    return (
        f"{port:<12} {title:<18} {'disabled' if shut else 'connected':<12} {vlan:<10} {duplex:>6} {speed:>6} {kind}\n"
    )


def _value(lines: list[str], start: str) -> str:
    return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def show_vlan_brief(blueprint: Blueprint, configuration: str) -> str:
    """VLANs and the access ports in each."""
    head = "\nVLAN Name                             Status    Ports\n"
    head += "---- -------------------------------- --------- -------------------------------\n"
    members: dict[str, list[str]] = {}
    for name, lines in interface_blocks(configuration).items():
        members.setdefault(_value(lines, "switchport access vlan "), []).append(name.replace("GigabitEthernet", "Gi"))
    rows = [
        ("1", "default"),
        *((str(number), f"{blueprint.site.upper()}-{name}") for number, name in ACCESS_VLANS.items()),
    ]
    return head + "".join(
        f"{number:<4} {name:<32} active    {', '.join(members.get(number, [])[:4])}\n" for number, name in rows
    )
