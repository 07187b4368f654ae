#!/bin/sh
# The broken shape: every check that both have should fail.
parameter() { # parameter PATH VALUE: what this kernel says is hidden, here only
    printf '%s\n' "$2" >"/run/parameters/${1##*/}"
    mount --bind "/run/parameters/${1##*/}" "/proc/sys/$1"
    printf '%s = %s\n' "$(printf %s "$1" | tr / .)" "$2" >>/etc/sysctl.d/60-broken.conf
}
parameter fs/protected_hardlinks 0
parameter fs/protected_symlinks 0
parameter fs/suid_dumpable 1
parameter kernel/kptr_restrict 0
parameter kernel/randomize_va_space 0

cat >/etc/ssh/sshd_config <<'END'
Include /etc/ssh/sshd_config.d/*.conf
PermitRootLogin yes
PermitEmptyPasswords yes
PermitUserEnvironment yes
HostbasedAuthentication yes
IgnoreRhosts no
StrictModes no
X11Forwarding no
AllowTcpForwarding yes
PasswordAuthentication yes
MaxAuthTries 20
MaxStartups 100:1:1000
LoginGraceTime 600
ClientAliveInterval 0
LogLevel QUIET
Banner none
END
# Read first, and the first value counts (sshd_config(5)).
printf 'X11Forwarding yes\n' >/etc/ssh/sshd_config.d/10-workplace.conf
chmod 644 /etc/ssh/ssh_host_ed25519_key

sed -i -e 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 99999/' -e 's/^PASS_MIN_DAYS.*/PASS_MIN_DAYS 0/' \
    -e 's/^UMASK.*/UMASK 000/' /etc/login.defs
useradd --create-home --shell /bin/bash --password "\$6\$salt\$$(printf %086d 0)" jan
chmod 777 /home/jan
useradd --non-unique --uid 0 --no-create-home --home-dir /root --shell /bin/bash --password '*' toor
useradd --create-home --shell /bin/bash guest
sed -i 's/^guest:[^:]*:/guest::/' /etc/shadow
touch /root/.rhosts /etc/hosts.equiv

printf 'jan ALL=(ALL) NOPASSWD: ALL\n' >/etc/sudoers.d/broken
printf 'Defaults !authenticate\n' >>/etc/sudoers.d/broken
chmod 440 /etc/sudoers.d/broken

sed -i -e 's/^space_left_action.*/space_left_action = ignore/' \
    -e 's/^max_log_file_action.*/max_log_file_action = ignore/' /etc/audit/auditd.conf

chmod 666 /etc/passwd /etc/group
chmod 644 /etc/shadow /etc/gshadow
cp /etc/shadow /etc/shadow- && chmod 644 /etc/shadow-
cp /etc/passwd /etc/passwd- && chmod 666 /etc/passwd-
chmod 777 /var/log /var/log/audit
mkdir -m 777 /srv/exchange
chmod 777 /var/tmp
touch /srv/exchange/list && chmod 666 /srv/exchange/list

for package in nis telnetd; do
    printf 'Package: %s\nStatus: install ok installed\nMaintainer: Nobody <nobody@example.org>\nArchitecture: amd64\nVersion: 1\nDescription: not really there\n\n' \
        "$package" >>/var/lib/dpkg/status
    : >"/var/lib/dpkg/info/$package.list"
done
printf 'APT::Get::AllowUnauthenticated "true";\n' >/etc/apt/apt.conf.d/99unsigned
# systemd-coredump is not installed, so nobody reads this.
printf '[Coredump]\nStorage=none\n' >/etc/systemd/coredump.conf
printf '*.* @192.0.2.1\n' >/etc/rsyslog.d/collector.conf
