import pytest

from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown

IOS = platform("cisco_ios")
XE = """Cisco IOS XE Software, Version 17.09.04a
Cisco IOS Software [Cupertino], ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 17.9.4a, RELEASE SOFTWARE (fc3)
as-rt-rand-01 uptime is 12 minutes
System image file is "bootflash:packages.conf"
cisco ISR4331/K9 (1RU) processor with 1694893K/3071K bytes of memory.
Processor board ID FDO0000TEST
"""


def test_a_switch_by_its_version(switch):
    assert (switch.device.model, switch.device.serial) == ("WS-C2960X-48TS-L", "FOC0000TEST")
    assert (switch.device.hostname, switch.device.domain, switch.device.role) == (
        "zw-sw-kantoor-01",
        "beheer.gemeente.example",
        "switch",
    )
    software = switch.software
    assert (software.name, software.version, software.version_numbers) == ("Cisco IOS", "15.2(7)E4", [15, 2, 7, 4])
    assert software.boot_image == "flash:c2960x-universalk9-mz.152-7.E4.bin"
    assert software.uptime_days == 365 + 2 * 7 + 3


def test_a_router_by_its_version():
    facts = IOS.parse({"show version": XE}).facts
    assert (facts.software.name, facts.software.version_numbers) == ("Cisco IOS XE", [17, 9, 4])
    assert (facts.device.model, facts.device.serial, facts.software.uptime_days) == (
        "ISR4331/K9",
        "FDO0000TEST",
        0,
    )


def test_certificates_with_their_dates(switch):
    device, authority = switch.certificates
    assert (device.name, device.kind, device.self_signed) == ("BEHEER-CA device", "device", False)
    assert (device.not_before, device.not_after) == ("2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z")
    assert (device.subject, device.issuer, device.serial) == (
        "cn=zw-sw-kantoor-01,o=Gemeente Voorbeeld",
        "cn=Beheer CA,o=Gemeente Voorbeeld",
        "2a01",
    )
    assert (authority.kind, authority.self_signed) == ("authority", True)
    assert authority.not_after == "2040-01-01T09:00:00Z"
    assert isinstance(device.key_bits, Unknown)


def test_a_date_in_a_time_zone_that_nobody_explains_is_unknown(recorded):
    answer = recorded("cisco_ios/show_crypto_pki_certificates")
    device, authority = IOS.parse({"show crypto pki certificates": answer}).facts.certificates
    assert device.not_after == "2026-12-31T23:59:59Z"
    assert isinstance(authority.not_after, Unknown)


@pytest.mark.parametrize("text", ["Version 15.2", "Cisco Nexus Operating System (NX-OS) Software", "FRRouting 8.4"])
def test_another_vendor_is_not_taken_for_cisco_ios(text):
    assert "is not one that" in IOS.parse({"show version": text}).facts.software.version.reason
