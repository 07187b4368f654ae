#!/bin/sh
# After hardened.sh: other good values, other ways to write them, and faults that stand alone.
sed -i -e 's/^PermitRootLogin.*/PermitRootLogin forced-commands-only/' -e 's/^MaxAuthTries.*/MaxAuthTries 3/' \
    -e 's/^MaxStartups.*/MaxStartups 10:30:100/' -e 's/^LoginGraceTime.*/LoginGraceTime 30s/' \
    -e 's/^ClientAliveInterval.*/ClientAliveInterval 5m/' -e 's/^LogLevel.*/LogLevel VERBOSE/' \
    -e 's#^Banner.*#Banner /etc/motd#' /etc/ssh/sshd_config
chmod 640 /etc/ssh/ssh_host_rsa_key

sed -i -e 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 0/' -e 's/^UMASK.*/UMASK 077/' /etc/login.defs
touch /home/jan/.rhosts
chown jan /etc/group-
chgrp daemon /etc/shadow
chmod 775 /var/log
chmod 755 /var/log/audit

rm /etc/modprobe.d/rare.conf
printf 'blacklist rds\ninstall tipc /bin/true\n' >/etc/modprobe.d/rare.conf
printf '2\n' >/run/parameters/kptr_restrict
sed -i 's/kptr_restrict.*/kptr_restrict = 2/' /etc/sysctl.d/60-hardened.conf
printf 'kernel.randomize_va_space = 0\n' >/etc/sysctl.d/99-late.conf
mount -o remount,exec /dev/shm
umount /tmp

sed -i -e 's/^max_log_file_action.*/max_log_file_action = keep_logs/' \
    -e 's/^space_left_action.*/space_left_action = exec \/usr\/local\/sbin\/warn/' /etc/audit/auditd.conf
rm /etc/audit/audit.rules
printf -- '-w /etc/hosts.allow -p wa\n-w /etc/hosts.deny -p wa\n-w /etc/fstab -p wa\n-w /etc/shells -p wa\n' \
    >/etc/audit/rules.d/more.rules
printf 'Defaults requiretty, use_pty\nDefaults logfile=/var/log/other.log\n' >/etc/sudoers.d/hardened
printf 'jan ALL=(ALL) ALL\nDefaults:jan !authenticate\n' >>/etc/sudoers.d/hardened
printf '*.* action(type="omfwd" target="logs.gemeente.example" port="6514" protocol="tcp" StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name")\n' \
    >/etc/rsyslog.d/collector.conf
