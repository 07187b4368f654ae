"""A password that stands in an address is plain, whatever a platform does with its other secrets, and is never repeated."""

import pytest

from baseline.collectors.network.platforms import platform

PASSWORD = "Egelkade-7"
FORTIOS = """\
#config-version=FGT60F-7.4.3-FW-build2573-240201:opmode=0:vdom=0:user=beheer
config system global
    set hostname "br-assen"
end
config system interface
    edit "wan1"
        set ip 192.0.2.2 255.255.255.0
    next
end
config system admin
    edit "beheer"
        set accprofile "super_admin"
    next
end
config system automation-action
    edit "melden"
        set uri "https://meldkamer{}@192.0.2.80/in"
    next
end
"""
CONFIGURATIONS = {
    "cisco_ios": (
        "version 17.12\nhostname br-assen\narchive\n path scp://bewaarder{}@192.0.2.80/$h\nline con 0\nline vty 0 4\nend\n",
        "archive: path scp://bewaarder:",
    ),
    "cisco_nxos": (
        "!Command: show running-config\nversion 10.4(5) Bios:version 01.11\nhostname br-assen\nscheduler job name kopie\n"
        "  copy running-config tftp://bewaarder{}@192.0.2.80/a vrf management\nline console\nline vty\n",
        "scheduler job name kopie: copy running-config tftp://bewaarder:",
    ),
    "arista_eos": (
        "! device: br-assen (DCS-7050SX3, EOS-4.32.1F)\nhostname br-assen\nevent-handler kopie\n"
        "   action bash curl https://bewaarder{}@192.0.2.80/\nend\n",
        "event-handler kopie: action bash curl https://bewaarder:",
    ),
    "aruba_aoscx": (
        "!Version ArubaOS-CX FL.10.13.1030\n!export-password: custom\nhostname br-assen\njob kopie\n"
        "    10 cli copy running-config sftp://bewaarder{}@192.0.2.80/a\nvlan 1\ninterface mgmt\n",
        "job kopie: 10 cli copy running-config sftp://bewaarder:",
    ),
    "juniper_junos": (
        "version 22.4R3;\nsystem {\n    host-name br-assen;\n    archival {\n        configuration {\n"
        '            archive-sites {\n                "pasvftp://bewaarder{}@192.0.2.80/a";\n            }\n        }\n    }\n}\n',
        "system archival configuration archive-sites",
    ),
    "fortinet_fortios": (FORTIOS, "system automation-action melden: uri"),
}
"""Platform -> a configuration with an address, with a gap for the password, and the place that is named."""


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_password_in_an_address_is_a_weak_secret(name):
    described = platform(name)
    text, place = CONFIGURATIONS[name]
    told = described.parse({described.configuration_command: text.replace("{}", f":{PASSWORD}")}).facts
    silent = described.parse({described.configuration_command: text.replace("{}", "")}).facts
    assert told.password_rules.weak_secrets == [place]
    assert silent.password_rules.weak_secrets == []
    assert PASSWORD not in str(told)
