# shellcheck shell=sh
read_audit() {
    if have auditd; then say 'note auditd installed'; else say 'missing auditd'; fi
    lines /etc/audit/auditd.conf /etc/audit/audit.rules /etc/audit/rules.d/*.rules
}
