# shellcheck shell=sh
read_login_environment() {
    show /etc/issue /etc/issue.net /etc/motd /proc/sys/kernel/core_pattern
    if have coredumpctl; then say 'note coredump installed'; fi
    lines /usr/lib/systemd/coredump.conf.d/*.conf /etc/systemd/coredump.conf /etc/systemd/coredump.conf.d/*.conf \
        /etc/security/limits.conf /etc/security/limits.d/*.conf
}
