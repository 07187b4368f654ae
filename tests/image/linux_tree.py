"""A small Debian as a folder, with names of our own."""

from pathlib import Path

FILES = {
    "etc/os-release": 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12"\n',
    "etc/passwd": "root:x:0:0:root:/root:/bin/bash\nanna:x:1000:1000::/home/anna:/bin/bash\nbin:*:2:2::/bin:/usr/sbin/nologin\n",
    "etc/group": "root:x:0:\nanna:x:1000:anna\nshadow:x:42:\n",
    "etc/shadow": "root:!$y$j9T$abcdefgh$ijklmnop:19700:0:99999:7:::\nanna:$6$zout$geheimehash:19700:0:90:7:::\nbin:*:19700::::::\n",
    "etc/login.defs": "# comment\nUID_MIN 1000\nPASS_MAX_DAYS 90\nENCRYPT_METHOD YESCRYPT\n",
    "etc/sysctl.d/60-net.conf": "net.ipv4.tcp_syncookies = 1\nnet.ipv4.conf.all.send_redirects=0\n",
    "etc/sysctl.d/70-more.conf": "net.ipv4.conf.all.send_redirects = 1\n",
    "etc/modprobe.d/off.conf": "install cramfs /bin/false\nblacklist cramfs\n",
    "etc/ssh/sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\nX11Forwarding no\nMatch User anna\n  X11Forwarding yes\n",
    "etc/ssh/sshd_config.d/10-own.conf": "PermitRootLogin no\npasswordauthentication=no\n",
    "etc/sudoers": "Defaults use_pty\nroot ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n",
    "etc/sudoers.d/anna": "anna ALL=(ALL) NOPASSWD: ALL\n",
    "etc/issue": "Alleen voor medewerkers.\n",
    "etc/rsyslog.conf": '*.* action(type="omfwd" target="log.example.org" port="6514" protocol="tcp" password="geheim")\n',
    "etc/audit/rules.d/a.rules": "-w /etc/passwd -p wa\n",
    "etc/systemd/system/multi-user.target.wants/ssh.service": "->/lib/systemd/system/ssh.service",
    "etc/systemd/system/telnet.socket": "->/dev/null",
    "etc/apt/apt.conf.d/20auto": 'APT::Periodic::Unattended-Upgrade "1";\n',
    "usr/lib/systemd/system/ssh.service": "[Unit]\n[Install]\nWantedBy=multi-user.target\n",
    "usr/lib/systemd/system/cron.service": "[Unit]\n[Install]\nWantedBy=multi-user.target\n",
    "usr/lib/systemd/systemd": "",
    "usr/sbin/sshd": "",
    "usr/bin/sudo": "",
    "usr/bin/apt-get": "",
    "usr/bin/journalctl": "",
    "usr/sbin/rsyslogd": "",
    "var/lib/dpkg/status": "Package: openssh-server\nStatus: install ok installed\nVersion: 1:9.2p1-2\n\nPackage: oud\nStatus: deinstall ok config-files\nVersion: 1\n\n",
    "home/anna/.ssh/authorized_keys": "# one\nssh-ed25519 AAAA anna\n",
    "root/.bashrc": "",
    "boot/vmlinuz-6.1.0-9-amd64": "",
    "lib": "->usr/lib",
    "bin": "->usr/bin",
    "sbin": "->usr/sbin",
}


def make_linux(root: Path) -> Path:
    """Write the folder. Text that starts with an arrow is the target of a link."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("->"):
            path.symlink_to(text[2:])
        else:
            path.write_text(text)
    (root / "etc/shadow").chmod(0o640)
    (root / "home/anna").chmod(0o755)
    return root
