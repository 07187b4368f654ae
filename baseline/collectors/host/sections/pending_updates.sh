# shellcheck shell=sh
# Compares the package lists that are on the host; asks no server. Prints what they offer for an installed package, then how many were compared, and how many lists gave nothing.
read_pending_updates() {
    if ! have dpkg-query || ! have apt-get; then
        say 'missing apt'
        return
    fi
    set --
    for list in /var/lib/apt/lists/*_Packages*; do
        [ -s "$list" ] || continue
        suite=${list%_*_binary-*}
        # Backports and experimental are not installed by themselves.
        head -n 30 "${suite}_InRelease" "${suite}_Release" | grep -q '^NotAutomatic: yes' || set -- "$@" "$list"
    done
    if [ $# -eq 0 ]; then
        say 'absent /var/lib/apt/lists'
        return
    fi
    say 'command compare package lists'
    {
        # shellcheck disable=SC2016 # dpkg-query replaces these
        dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\n' | awk '/^.i/ { print "installed", $2, $3 }'
        for list in "$@"; do
            case $list in *security*) kind=security ;; *) kind=other ;; esac
            printf 'list %s\n' "$kind"
            case $list in
            *_Packages) grep -E '^(Package|Version): ' "$list" ;;
            *) /usr/lib/apt/apt-helper cat-file "$list" | grep -E '^(Package|Version): ' ;;
            esac
        done
    } 2>/dev/null | awk '
        $1 == "installed" { version[$2] = $3; count++; next }
        $1 == "list" { kind = $2; if (lists++ && !entries) unread++; entries = 0; next }
        $1 == "Package:" { package = $2; next }
        $1 == "Version:" { entries++ }
        $1 == "Version:" && (package in version) && version[package] != $2 { print kind, package, version[package], $2 }
        END { if (!entries) unread++; print "compared", count + 0, "unread", unread + 0 }'
    say 'status 0'
}
