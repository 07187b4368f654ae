# shellcheck shell=sh
read_logging() {
    if have journalctl; then say 'note journald installed'; else say 'missing journald'; fi
    if [ -d /var/log/journal ]; then say 'note journal /var/log/journal'; fi
    for program in rsyslogd syslog-ng; do
        if have "$program"; then say "note syslog $program"; fi
    done
    lines /usr/lib/systemd/journald.conf.d/*.conf /run/systemd/journald.conf.d/*.conf /etc/systemd/journald.conf \
        /etc/systemd/journald.conf.d/*.conf /etc/systemd/journal-upload.conf /etc/rsyslog.conf /etc/rsyslog.d/*.conf \
        /etc/syslog-ng/syslog-ng.conf /etc/syslog-ng/conf.d/*.conf
}
