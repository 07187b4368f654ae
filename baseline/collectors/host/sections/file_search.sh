# shellcheck shell=sh
# One walk over local file systems, of at most one second of processor time. Only what is odd is printed: files and directories that everyone may write, set-id programs, and owners that /etc/passwd and /etc/group do not know.
read_file_search() {
    if ! have find || ! have stat; then
        say 'missing find'
        return
    fi
    walk=$limit
    if have nice; then walk="$walk nice"; fi
    network=$(network_mounts)
    if printf '%s\n' "$network" | grep -qx /; then
        say 'note root on network'
        return
    fi
    # A user may mount something in a folder of his own; what lies below these is not walked anyway.
    parents=$(printf '%s\n' "$network" | grep -vE '^/(proc|sys|dev|run)/' | sed -n 's,/[^/]*$,,p' | sort -u)
    roots=$(
        for path in /*; do printf '%s\n' "$path"; done
        mounted | awk '$1 ~ /^(ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|bcachefs|nilfs2|vfat|exfat|ntfs3)$/ { print substr($0, length($1) + 2) }' | grep -vx /
        # The neighbours of a mount that may hang are walked one by one, since a walk looks at every name of a directory.
        printf '%s\n' "$parents" | while read -r parent; do
            [ -n "$parent" ] && for path in "$parent"/* "$parent"/.[!.]*; do
                case $path in
                "$parent/*" | "$parent/.[!.]*") ;;
                *'
'*) printf '?\n' ;;
                *) printf '%s\n' "$path" ;;
                esac
            done
        done
    )
    roots=$(
        {
            mounted
            printf 'roots\n%s\n' "$roots"
        } | awk '
            $0 == "roots" { listed = 1; next }
            !listed { if ($1 !~ /^(ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|bcachefs|nilfs2|vfat|exfat|ntfs3)$/) other[substr($0, length($1) + 2)]; next }
            seen[$0]++ || $0 in other || /^\/(proc|sys|dev|run)$/ { next }
            { print }' | head -n 2001
    )
    if [ "$(printf '%s\n' "$roots" | wc -l)" -gt 2000 ] || printf '%s\n' "$roots" | grep -qx '?'; then
        say 'note neighbours of a network mount'
        return
    fi
    IFS='
'
    set -f
    set --
    for path in /var/lib/docker /var/lib/containers /var/lib/containerd /var/lib/kubelet /var/lib/lxc /snap; do
        if [ -d "$path" ]; then set -- "$@" -o -path "$path"; fi
    done
    for path in $(printf '%s\n' "$parents" | sed 's/[][*?\\]/\\&/g'); do set -- "$@" -o -path "$path"; done
    set -- -xdev -type d '(' -path /proc "$@" ')' -prune -o ! -type l '(' -perm -0002 -o -type f -perm -4000 -o -type f -perm -2000
    # Most files are root's, and need no look at all the other numbers: find walks through the whole of a chain to its
    # first condition, and not through parentheses.
    users=$(cut -d : -f 3 /etc/passwd)
    groups=$(cut -d : -f 3 /etc/group)
    set -- "$@" -o ! -user 0 '(' ! -user 0
    for number in $users; do set -- "$@" ! -user "$number"; done
    set -- "$@" ')' -o ! -group 0 '(' ! -group 0
    for number in $groups; do set -- "$@" ! -group "$number"; done
    set -- "$@" ')' ')' -exec stat -c '%a|%u|%g|%F|%n' '{}' +
    found=$(
        {
            # shellcheck disable=SC2086 # one word a line
            set -- $roots "$@"
            (
                unset IFS
                ulimit -t 1
                $walk find "$@"
            ) 2>&1
            printf 'ended %s\n' "$?"
        } | awk '
            BEGIN {
                while ((getline line < "/etc/passwd") > 0) { split(line, field, ":"); user[field[3]] = 1 }
                while ((getline line < "/etc/group") > 0) { split(line, field, ":"); group[field[3]] = 1 }
            }
            /^find: / { if (/[Pp]ermission denied/) denied++; else if (!/No such file/) failed++; next }
            /^stat: / { next }
            /^ended [0-9]+$/ { status = $2; next }
            {
                count = split($0, field, "|")
                if (count < 5 || field[1] !~ /^[0-7]+$/) next
                foreign = !(field[2] in user) || !(field[3] in group)
                mode = field[1] % 10
                odd = mode == 2 || mode == 3 || mode == 6 || mode == 7 || (field[1] >= 2000 && field[4] ~ /^regular/)
                if (odd && !foreign && field[4] == "directory" && field[1] ~ /^[1357]...$/) next
                if (foreign && !odd && ++times[field[2] "|" field[3]] > 3) next
                if (++lines <= 500) print substr($0, 1, 600)
            }
            END { print "searched", status, denied + 0, failed + 0, lines + 0 }'
    )
    set +f
    unset IFS
    say 'command find local file systems'
    printf '%s\n' "$found"
    say 'status 0'
    say 'command getent'
    printf '%s\n' "$found" | awk -F'|' '
        BEGIN {
            while ((getline line < "/etc/passwd") > 0) { split(line, field, ":"); known["passwd " field[3]] = 1 }
            while ((getline line < "/etc/group") > 0) { split(line, field, ":"); known["group " field[3]] = 1 }
        }
        NF > 4 { seen["passwd " $2]; seen["group " $3] }
        END { for (number in seen) print (number in known), number }' | sort | head -n 60 |
        while read -r here database number; do
            if [ "$here" = 0 ]; then
                $limit getent "$database" "$number" >/dev/null </dev/null
                case $? in
                0) ;;
                124 | 137 | 143) printf 'silent\n' && break ;;
                *) continue ;;
                esac
            fi
            printf '%s %s\n' "$database" "$number"
        done
    say 'status 0'
    programs=$(printf '%s\n' "$found" | awk -F'|' 'NF > 4 && $1 >= 2000 && $4 ~ /^regular/ { sub(/^[^|]*\|[^|]*\|[^|]*\|[^|]*\|/, ""); print }' | head -n 200)
    if [ -d /var/lib/dpkg/info ]; then
        # Packages name a file by its place before or after /bin and /lib became links.
        names=$(printf '%s\n' "$programs" | awk 'NF { print; sub(/^\/usr/, ""); print; print "/usr" $0 }')
        say 'command grep packaged'
        [ -n "$names" ] && grep -hFx -e "$names" /var/lib/dpkg/info/*.list
        say "status $?"
    elif have rpm; then
        IFS='
'
        set -f
        # shellcheck disable=SC2086 # one word a line
        set -- $programs
        set +f
        unset IFS
        say 'command rpm -qf'
        [ $# -gt 0 ] && $limit rpm -qf --qf 'owned\n' "$@" | awk '
            $0 == "owned" { owned++; next }
            / is not owned by any package$/ { sub(/^file /, ""); sub(/ is not owned by any package$/, ""); print "outside " $0 }
            END { print "owned", owned + 0 }'
        say 'status 0'
    fi
}
