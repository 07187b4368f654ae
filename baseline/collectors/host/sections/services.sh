# shellcheck shell=sh
read_services() {
    if [ ! -d /run/systemd/system ]; then
        say 'missing systemd'
        return
    fi
    files=$($limit systemctl list-unit-files --type=service,socket,timer --no-legend --no-pager 2>&1)
    status=$?
    say 'command systemctl list-unit-files'
    printf '%s\n' "$files" | awk '{ print $1, $2 }'
    say "status $status"
    units=$($limit systemctl list-units --type=service,socket,timer --state=active --plain --no-legend --no-pager 2>&1)
    status=$?
    say 'command systemctl list-units'
    printf '%s\n' "$units" | awk '{ print $1, $2, $3, $4 }'
    say "status $status"
}
