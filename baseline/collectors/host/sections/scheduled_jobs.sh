# shellcheck shell=sh
# Cron lines and timers. Of a command only the program is printed, since arguments may hold secrets: of an interpreter
# the file that it reads first, where its whole path stands there.
read_scheduled_jobs() {
    network=$(network_mounts)
    set --
    for path in /etc/crontab /etc/anacrontab /etc/cron.d/* /var/spool/cron/crontabs/* /var/spool/cron/tabs/* /var/spool/cron/*; do
        case $path in
        */.placeholder | */crontabs | */tabs | */lastrun | */atjobs | */atspool | *\*) continue ;;
        esac
        if [ -f "$path" ] && [ -r "$path" ]; then
            set -- "$@" "$path"
            say "read $path"
        fi
    done
    for path in /etc/crontab /etc/cron.d /var/spool/cron /var/spool/cron/crontabs /var/spool/cron/tabs; do
        if [ ! -r "$path" ]; then tell "$path"; fi
    done
    say 'command awk crontabs'
    jobs=$(
        [ $# -gt 0 ] && awk '
            function program(text, words, count, at, shell) {
                while (text ~ /^[ \t]*(test|\[)[^|&]*(\|\||&&)/) sub(/^[^|&]*(\|\||&&)/, "", text)
                gsub(/[&|;(){}]+/, " ", text)
                count = split(text, words, /[ \t]+/)
                for (at = 1; at <= count; at++) {
                    if (shell) gsub(/["\047]/, "", words[at])
                    if (words[at] == "" || words[at] ~ /^[A-Za-z_][A-Za-z0-9_]*=/ || words[at] ~ /^-/) continue
                    if (words[at] ~ /^(cd|test|\[|\[\[|if|then|exec|nice|ionice|time|sleep|command|true|!|root|sudo|\.|!)$/) continue
                    if (words[at] ~ /^[0-9]+$/ || words[at] == "/" || words[at] == "]") continue
                    if (shell) return words[at] ~ /^\// ? words[at] : shell
                    if (words[at] !~ /(^|\/)(sh|bash|dash|ksh|zsh|perl|php[0-9.]*|python[0-9.]*|ruby|node)$/) return words[at]
                    shell = words[at]
                }
                return shell ? shell : "?"
            }
            /^[ \t]*(#|$)/ || /^[ \t]*[A-Za-z_][A-Za-z0-9_]*[ \t]*=/ { next }
            {
                own = FILENAME ~ /^\/var\/spool\//
                user = FILENAME
                sub(/.*\//, "", user)
                if (FILENAME == "/etc/anacrontab") { when = $1 "d"; user = "root"; first = 4 }
                else if ($1 ~ /^@/) { when = $1; first = 2; if (!own) { user = $2; first = 3 } }
                else { when = $1 " " $2 " " $3 " " $4 " " $5; first = 6; if (!own) { user = $6; first = 7 } }
                if (NF < first) next
                text = ""
                for (at = first; at <= NF; at++) text = text " " $at
                print FILENAME ":" FNR "|" user "|" substr(when, 1, 60) "|" substr(program(text), 1, 200)
            }' "$@"
        for period in hourly daily weekly monthly; do
            for path in "/etc/cron.$period"/*; do
                case $path in *\* | *.placeholder) continue ;; esac
                if [ -x "$path" ] && [ -f "$path" ]; then printf '%s|root|@%s|%s\n' "$path" "$period" "$path"; fi
            done
        done
    )
    jobs=$(printf '%s\n' "$jobs" | head -n 500)
    printf '%s\n' "$jobs"
    say 'status 0'
    if [ -d /run/systemd/system ]; then
        timers=$($limit systemctl list-units --type=timer --state=active --plain --no-legend --no-pager 2>/dev/null | awk '{ print $1 }')
        # shellcheck disable=SC2086 # names of units hold no blanks
        units=$([ -n "$timers" ] && $limit systemctl show --no-pager -p Id -p Unit $timers | awk -F= '
            $1 == "Unit" { unit = $2 }
            $1 == "Id" { id = $2 }
            id != "" && unit != "" { print unit, id; id = ""; unit = "" }')
        # shellcheck disable=SC2046 # names of units hold no blanks
        planned=$([ -n "$units" ] && $limit systemctl show --no-pager -p Id -p User -p ExecStart $(printf '%s\n' "$units" | awk '{ print $1 }' | sort -u) |
            awk -v units="$units" '
                function tell() {
                    if (id in timer) print timer[id] "|" (user == "" ? "root" : user) "|timer|" (path == "" ? "?" : path)
                    id = path = user = ""
                }
                BEGIN {
                    count = split(units, pair, "\n")
                    for (at = 1; at <= count; at++) { split(pair[at], word, " "); timer[word[1]] = word[2] }
                }
                /^$/ { tell(); next }
                /^Id=/ { id = substr($0, 4) }
                /^User=/ { user = substr($0, 6) }
                /^ExecStart=/ && path == "" { path = $0; sub(/.*[{ ]path=/, "", path); sub(/ ;.*/, "", path) }
                END { tell() }')
        say 'command systemctl show timers'
        printf '%s\n' "$planned"
        say 'status 0'
    else
        planned=
        say 'missing systemd'
    fi
    say 'command stat programs'
    set --
    IFS='
'
    set -f
    for path in $(printf '%s\n%s\n' "$jobs" "$planned" | awk -F'|' '
        { for (path = $4; path ~ /^\/./; sub(/\/[^\/]*$/, "", path)) print path }' | sort -u | head -n 600); do
        if [ -n "$network" ] && on_network "$path"; then say "note network $path"; else set -- "$@" "$path"; fi
    done
    set +f
    unset IFS
    [ $# -gt 0 ] && $limit stat -L -c '%U|%G|%a|%n' "$@" 2>/dev/null
    say 'status 0'
}
