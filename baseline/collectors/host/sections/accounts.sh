# shellcheck shell=sh
# Of password fields only their state and the algorithm are printed, never a character of the hash.
read_accounts() {
    lines /etc/login.defs
    for path in /etc/passwd /etc/group /etc/shadow; do
        [ -r "$path" ] || { tell "$path"; continue; }
        say "command awk $path"
        awk -F: -v OFS=: -v kind="$path" '
            function algorithm(hash) {
                if (hash ~ /^\$1\$/) return "md5"
                if (hash ~ /^\$2[abxy]?\$/) return "blowfish"
                if (hash ~ /^\$5\$/) return "sha256"
                if (hash ~ /^\$6\$/) return "sha512"
                if (hash ~ /^\$7\$/) return "scrypt"
                if (hash ~ /^\$gy\$/) return "gost-yescrypt"
                if (hash ~ /^\$y\$/) return "yescrypt"
                if (hash ~ /^\$/) return "other"
                if (hash ~ /^[.\/0-9A-Za-z]+$/ && length(hash) == 13) return "des"
                if (hash ~ /^_[.\/0-9A-Za-z]+$/ && length(hash) == 20) return "des"
                return ""
            }
            function state(field, rest, found) {
                if (field == "") return "empty"
                rest = field
                sub(/^!+/, "", rest)
                found = algorithm(rest)
                if (found == "") return "disabled"
                return (rest == field ? "set " : "locked ") found
            }
            NF < 4 || /^[ \t]*#/ { next }
            kind == "/etc/group" { print $1, "x", $3, $4; next }
            kind == "/etc/passwd" { print $1, ($2 == "x" ? "x" : state($2)), $3, $4, "", $6, $7; next }
            { print $1, state($2), $3, $4, $5, $6, $7, $8 }' "$path"
        say "status $?"
    done
    homes=$(awk -F: '$6 ~ /^\// && $6 != "/" && $7 !~ /(nologin|false|sync|halt|shutdown)$/ { print $6 }' /etc/passwd | sort -u | head -n 500)
    network=$(network_mounts)
    IFS='
'
    set -f
    set --
    for home in $homes; do
        if [ -n "$network" ] && on_network "$home"; then say "note network $home"; else set -- "$@" "$home"; fi
    done
    set +f
    unset IFS
    [ $# -gt 0 ] || return 0
    run stat -L -c '%a %n' "$@"
    say 'command count authorized_keys'
    for home in "$@"; do
        shift
        file=$home/.ssh/authorized_keys
        if [ -f "$file" ] && [ -r "$file" ]; then
            set -- "$@" "$file"
        elif [ -x "$home" ] && { [ ! -e "$home/.ssh" ] || [ -x "$home/.ssh" ]; } && [ ! -e "$file" ]; then
            printf '0 %s\n' "$file"
        elif [ ! -e "$home" ] && [ -x "${home%/*}/" ]; then
            printf '0 %s\n' "$file"
        else
            printf 'denied %s\n' "$file"
        fi
    done
    if [ $# -gt 0 ]; then
        # shellcheck disable=SC2016 # a program of awk
        $limit awk '
            !/^[ \t]*(#|$)/ { keys[FILENAME]++ }
            END { for (at = 1; at < ARGC; at++) print keys[ARGV[at]] + 0, ARGV[at] }' "$@" 2>&1
    fi
    say "status $?"
}
