# shellcheck shell=sh
# Timers that copy the lists of packages only are no back-up of the host.
read_backup() {
    for program in "$@"; do
        if have "$program"; then say "note program $program"; fi
    done
    say 'command date'
    date +%s
    say "status $?"
    say 'command stat stamps'
    $limit stat -L -c '%Y %n' /var/lib/misc/backup-success 2>/dev/null
    say 'status 0'
    if [ -d /run/systemd/system ]; then
        timers=$($limit systemctl list-units --type=timer --all --plain --no-legend --no-pager 2>/dev/null |
            awk '{ name = tolower($1) } name !~ /^(dpkg-db-backup|backup-rpmdb|backup-sysconfig)/ && name ~ /backup|borg|restic|rsnapshot|kopia|duply|duplicity|rdiff/ { print $1 }' | head -n 20)
        # shellcheck disable=SC2086 # names of units hold no blanks
        units=$([ -n "$timers" ] && $limit systemctl show --no-pager -p Unit $timers | awk -F= '$1 == "Unit" { print $2 }' | sort -u)
        say 'command systemctl show backup units'
        # shellcheck disable=SC2086 # names of units hold no blanks
        [ -n "$units" ] && $limit systemctl show --no-pager -p Id -p Result -p ExecMainExitTimestampMonotonic $units |
            awk -F= '
                /^$/ { print id, result, ended; next }
                $1 == "Id" { id = $2 }
                $1 == "Result" { result = $2 }
                $1 == "ExecMainExitTimestampMonotonic" { ended = $2 }
                END { print id, result, ended }'
        say 'status 0'
        say 'command awk uptime'
        awk '{ print int($1) }' /proc/uptime
        say "status $?"
    fi
}
