#!/bin/sh
# The good shape: every check that both have should be met.
parameter() { # parameter PATH VALUE: what this kernel says is hidden, here only
    printf '%s\n' "$2" >"/run/parameters/${1##*/}"
    mount --bind "/run/parameters/${1##*/}" "/proc/sys/$1"
    printf '%s = %s\n' "$(printf %s "$1" | tr / .)" "$2" >>/etc/sysctl.d/60-hardened.conf
}
parameter fs/protected_hardlinks 1
parameter fs/protected_symlinks 1
parameter fs/suid_dumpable 0
parameter kernel/kptr_restrict 1
parameter kernel/randomize_va_space 2
printf 'install %s /bin/false\nblacklist %s\n' rds rds tipc tipc >/etc/modprobe.d/rare.conf

cat >/etc/ssh/sshd_config <<'END'
PermitRootLogin no
PermitEmptyPasswords no
PermitUserEnvironment no
HostbasedAuthentication no
IgnoreRhosts yes
StrictModes yes
X11Forwarding no
AllowTcpForwarding no
AllowAgentForwarding no
PasswordAuthentication no
ChallengeResponseAuthentication no
UsePAM yes
MaxAuthTries 4
MaxStartups 10:30:60
LoginGraceTime 60
ClientAliveInterval 300
ClientAliveCountMax 3
LogLevel INFO
Banner /etc/issue.net
END
printf 'Only for those who were given access. What is done here is recorded.\n' | tee /etc/issue >/etc/issue.net

sed -i -e 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 365/' -e 's/^PASS_MIN_DAYS.*/PASS_MIN_DAYS 1/' \
    -e 's/^UMASK.*/UMASK 027/' /etc/login.defs
sed -i 's/ nullok//' /etc/pam.d/common-auth
useradd --create-home --shell /bin/bash --password "\$6\$salt\$$(printf %086d 0)" jan
chmod 750 /home/jan

printf 'Defaults use_pty\nDefaults logfile=/var/log/sudo.log\n' >/etc/sudoers.d/hardened
chmod 440 /etc/sudoers.d/hardened

sed -i -e 's/^space_left_action.*/space_left_action = email/' \
    -e 's/^max_log_file_action.*/max_log_file_action = rotate/' /etc/audit/auditd.conf
cat >/etc/audit/rules.d/hardened.rules <<'END'
-w /etc/passwd -p wa -k audit_rules_usergroup_modification
-w /etc/shadow -p wa -k audit_rules_usergroup_modification
-w /etc/group -p wa -k audit_rules_usergroup_modification
-w /etc/gshadow -p wa -k audit_rules_usergroup_modification
-w /etc/security/opasswd -p wa -k audit_rules_usergroup_modification
-w /etc/sudoers -p wa -k actions
-w /etc/sudoers.d/ -p wa -k actions
-a always,exit -F arch=b32 -S clock_settime -F a0=0x0 -k time-change
-a always,exit -F arch=b64 -S clock_settime -F a0=0x0 -k time-change
-w /etc/localtime -p wa -k audit_time_rules
-w /var/log/lastlog -p wa -k logins
-w /var/log/tallylog -p wa -k logins
-w /var/run/faillock -p wa -k logins
-a always,exit -F arch=b32 -S init_module,finit_module,delete_module -F auid>=1000 -F auid!=unset -k modules
-a always,exit -F arch=b64 -S init_module,finit_module,delete_module -F auid>=1000 -F auid!=unset -k modules
-a always,exit -F arch=b32 -S mount -F auid>=1000 -F auid!=unset -k export
-a always,exit -F arch=b64 -S mount -F auid>=1000 -F auid!=unset -k export
-a always,exit -F arch=b32 -S sethostname -S setdomainname -k audit_rules_networkconfig_modification
-a always,exit -F arch=b64 -S sethostname -S setdomainname -k audit_rules_networkconfig_modification
-w /etc/issue -p wa -k audit_rules_networkconfig_modification
-w /etc/issue.net -p wa -k audit_rules_networkconfig_modification
-w /etc/hosts -p wa -k audit_rules_networkconfig_modification
-w /etc/networks -p wa -k audit_rules_networkconfig_modification
-w /etc/network/ -p wa -k audit_rules_networkconfig_modification
-w /etc/sysconfig/network -p wa -k audit_rules_networkconfig_modification
-e 2
END
cp /etc/audit/rules.d/hardened.rules /etc/audit/audit.rules

cat >/etc/rsyslog.d/collector.conf <<'END'
$DefaultNetstreamDriver gtls
$ActionSendStreamDriverMode 1
$ActionSendStreamDriverAuthMode x509/name
*.* @@logs.gemeente.example:6514
END
printf '[Coredump]\nStorage=none\nProcessSizeMax=0\n' >/etc/systemd/coredump.conf
printf '* hard core 0\nroot hard core 0\n' >/etc/security/limits.d/core.conf

mount -o remount,nodev,nosuid,noexec /dev/shm
mount -t tmpfs -o mode=1777,nodev,nosuid,noexec tmpfs /tmp
cp -a /var/log /run/log-kept
mount -t tmpfs -o mode=755,nodev,nosuid,noexec tmpfs /var/log
cp -a /run/log-kept/. /var/log/
rm -r /run/log-kept
