# shellcheck shell=sh
read_time_synchronisation() {
    lines /etc/chrony.conf /etc/chrony.d/*.conf /etc/chrony/chrony.conf /etc/chrony/conf.d/*.conf \
        /etc/chrony/sources.d/*.sources /usr/lib/systemd/timesyncd.conf.d/*.conf /etc/systemd/timesyncd.conf \
        /etc/systemd/timesyncd.conf.d/*.conf /etc/ntp.conf /etc/ntpsec/ntp.conf /etc/openntpd/ntpd.conf
    if [ -e /run/systemd/timesync/synchronized ]; then say 'note timesyncd synchronised'; fi
    if have chronyc; then
        say 'command chronyc -n tracking'
        $limit chronyc -n tracking 2>&1 | grep -E '^(Reference ID|Leap status|[0-9]{3} )'
        say 'status 0'
    elif have ntpq; then
        say 'command ntpq -c rv'
        $limit ntpq -c 'rv 0 leap,refid' 2>&1
        say "status $?"
    fi
}
