"""Playbooks that set kernel parameters, in a network of their own and with files that stand in for the kernel's."""

import os
import shutil
import subprocess
import sys
import time

import pytest
import yaml

from baseline.remediate.playbooks import playbooks
from tests.acceptance.command import Command

pytestmark = pytest.mark.slow

CHECKS = ("host-kernel-memory-protected", "host-kernel-network-hardened")
SCRIPT = """
set -e
work=$1
shift
mount -t tmpfs tmpfs "$work"
mount -t tmpfs tmpfs /etc/sysctl.d
for part in kernel fs; do
    mkdir "$work/$part"
    cp -r "/proc/sys/$part/." "$work/$part/" 2>/dev/null || true
    mount --bind "$work/$part" "/proc/sys/$part"
done
printf '#!/bin/sh\\necho none\\n' > "$work/detect"
chmod 755 "$work/detect"
mount --bind "$work/detect" "$(command -v systemd-detect-virt)"
chmod -R u+w "$work"
mkdir -p /proc/sys/kernel/yama
echo 0 > /proc/sys/kernel/dmesg_restrict
echo 0 > /proc/sys/kernel/kptr_restrict
echo 2 > /proc/sys/kernel/unprivileged_bpf_disabled
echo 0 > /proc/sys/kernel/yama/ptrace_scope
echo 2 > /proc/sys/fs/suid_dumpable
sysctl -q -w net.ipv4.conf.all.accept_redirects=1 net.ipv4.tcp_syncookies=0
"$@" --json
cp /etc/sysctl.d/99-host-kernel-memory-protected.conf /etc/sysctl.d/99-host-kernel-network-hardened.conf "$OLDPWD"
"$@"
"""


@pytest.fixture
def inventory(tmp_path):
    variables = {"ansible_connection": "local", "baseline_platform": "linux", "baseline_owner": "serverbeheer"}
    variables["ansible_python_interpreter"] = sys.executable
    path = tmp_path / "inventory.yml"
    path.write_text(yaml.safe_dump({"all": {"hosts": {"here": variables}}}))
    return path


def test_parameters_are_set_on_disk_and_running_and_an_accepted_value_stays(tmp_path, inventory):
    if os.geteuid() != 0 or subprocess.run(["unshare", "--net", "--mount", "true"], check=False).returncode:
        pytest.skip("needs root and namespaces")
    if not shutil.which("systemd-detect-virt"):
        pytest.skip("needs systemd-detect-virt, by which a container is told from a machine of its own")
    assert set(CHECKS) <= set(playbooks())
    baseline = Command(tmp_path)
    (tmp_path / "work").mkdir()
    before = ("unshare", "--net", "--mount", "sh", "-c", SCRIPT, "sh", str(tmp_path / "work"))
    arguments = ("remediate", *CHECKS, "-i", inventory, "--apply", "--yes", "--ticket", "CHG-1")
    ended = baseline.end(baseline.start(*arguments, before=before, OLDPWD=str(tmp_path)), time.monotonic(), seconds=300)
    assert ended.code == 0, ended.stdout[-3000:] + ended.stderr
    assert '"status": "repaired"' in ended.stdout
    assert ended.stdout.rstrip().endswith("Nothing to repair by machine.")
    memory = (tmp_path / "99-host-kernel-memory-protected.conf").read_text().splitlines()
    assert "kernel.kptr_restrict = 1" in memory
    assert "kernel.unprivileged_bpf_disabled = 2" in memory
    network = (tmp_path / "99-host-kernel-network-hardened.conf").read_text().splitlines()
    assert "net.ipv4.conf.all.accept_redirects = 0" in network
