# shellcheck shell=sh
read_ssh_server() {
    if ! have sshd; then
        say 'missing sshd'
        return
    fi
    # Old versions know no -V, but answer it with their version and their usage.
    say 'command sshd -V'
    $limit sshd -V 2>&1 | grep -o 'OpenSSH_[^ ,]*'
    say 'status 0'
    settings=$($limit sshd -T 2>&1)
    status=$?
    if [ "$status" -eq 0 ]; then
        say 'command sshd -T'
    elif printable=$($limit sshd -G 2>/dev/null); then
        settings=$printable
        status=0
        say 'command sshd -G'
    else
        say 'command sshd -T'
    fi
    printf '%s\n' "$settings"
    say "status $status"
    patterns=$(included /etc/ssh/sshd_config)
    # shellcheck disable=SC2046,SC2086 # the patterns are to be expanded
    lines /etc/ssh/sshd_config $patterns $(included $patterns)
    run pgrep -x sshd
    if [ -d /run/systemd/system ]; then run systemctl is-active ssh.service sshd.service ssh.socket sshd.socket; fi
    keys=$(printf '%s\n' "$settings" | awk '$1 == "hostkey" { print $2 }')
    elsewhere=$(printf '%s\n' "$keys" | awk 'NF && !/^\/etc\/ssh\/[^\/]*_key$/ { print $0 ".pub" }')
    # shellcheck disable=SC2086 # paths of keys hold no blanks
    for key in /etc/ssh/*_key.pub $elsewhere; do
        if [ -r "$key" ]; then set -- "$@" "$key"; fi
    done
    if [ $# -gt 0 ]; then
        say 'lines'
        awk '{ print FILENAME ":" FNR ":" $1 " " $2 }' "$@"
        say "status $?"
    fi
    # shellcheck disable=SC2086 # paths of keys hold no blanks
    run stat -L -c '%U|%G|%a|%n' $keys
}

# included FILE...: patterns of the files that these include.
included() {
    for file in "$@"; do
        [ -f "$file" ] && [ -r "$file" ] && awk '
            { gsub(/["=]/, " ") }
            tolower($1) == "include" {
                for (word = 2; word <= NF && $word !~ /^#/; word++) print ($word ~ /^\// ? $word : "/etc/ssh/" $word)
            }' "$file"
    done
}
