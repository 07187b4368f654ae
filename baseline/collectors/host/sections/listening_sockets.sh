# shellcheck shell=sh
# The heading of ss, and the count of /proc/net, tell an answer without sockets from no answer.
read_listening_sockets() {
    if have ss; then
        sockets=$($limit ss -lntup 2>&1)
        status=$?
        say 'command ss -lntup'
        printf '%s\n' "$sockets" | awk '{
            at = index($0, "users:((")
            process = at ? substr($0, at) : ""
            sub(/,pid=.*/, "", process)
            print $1, $2, $5, process
        }'
        say "status $status"
    else
        say 'missing ss'
        say 'command awk /proc/net'
        awk '$4 == "0A" || $4 == "07" { print FILENAME, $2 } END { print "read", NR }' \
            /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
        say "status $?"
    fi
}
