# shellcheck shell=sh
read_kernel_parameters() {
    say 'command grep /proc/sys'
    (cd /proc/sys && grep -H '' "$@" 2>&1)
    say 'status 0'
    if [ -d /run/systemd/system ]; then say 'note order sysctl.d'; else say 'note order sysctl.conf'; fi
    lines /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf \
        "$old_lib"/sysctl.d/*.conf /etc/sysctl.conf
}
