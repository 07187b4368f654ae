# shellcheck shell=sh
# Compares the package lists that are on the host; asks no server. Prints what they offer for an installed package, then how many were compared, and how many lists gave nothing. dnf and zypper are not run: they write logs and locks.
read_pending_updates() {
    if have dpkg-query && have apt-get; then
        compare_debian_lists
    elif have rpm; then
        compare_advisories
    else
        say 'missing packages'
    fi
}

# unpacked FILE: its text, when the program that unpacks it is there.
unpacked() {
    case $1 in
    *.gz) $limit gzip -dc "$1" ;;
    *.xz) $limit xz -dc "$1" ;;
    *.zst) $limit zstd -dc "$1" ;;
    *.bz2) $limit bzip2 -dc "$1" ;;
    *.xml) cat "$1" ;;
    *) return 1 ;;
    esac
}

# What advisories of security say of packages that are installed, each version once.
compare_advisories() {
    set --
    for list in /var/cache/dnf/*/repodata/*updateinfo.xml* /var/cache/libdnf5/*/repodata/*updateinfo.xml* \
        /var/cache/yum/*/*/*/*updateinfo.xml* /var/cache/yum/*/*/*/gen/updateinfo.xml /var/cache/zypp/raw/*/repodata/*updateinfo.xml*; do
        if [ -s "$list" ] && [ -r "$list" ]; then set -- "$@" "$list"; fi
    done
    if [ $# -eq 0 ]; then
        say 'absent updateinfo'
        return
    fi
    say 'command compare advisories'
    {
        $limit rpm -qa --qf 'installed %{NAME}.%{ARCH} %{EPOCHNUM}:%{VERSION}-%{RELEASE}\n'
        for list in "$@"; do
            printf 'list\n'
            unpacked "$list" | grep -F -e '<update ' -e '<package ' -e '</update>'
        done
    } 2>/dev/null | awk '
        function value(name, text) {
            text = " " $0
            if (!match(text, "[ \t]" name "=\"[^\"]*\"")) return ""
            return substr(text, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
        }
        $1 == "installed" {
            version[$2] = version[$2] " " $3
            sub(/\.[^.]*$/, "", $2)
            known[$2]
            count++
            next
        }
        $1 == "list" { if (lists++ && !entries) unread++; entries = 0; next }
        $1 == "<update" { security = value("type") == "security"; entries++; next }
        $1 == "</update>" { security = 0; next }
        /<package .*<package / { unread++; next }
        $1 == "<package" && security {
            name = value("name")
            if (!(name in known)) next
            name = name "." value("arch")
            if (!(name in version)) next
            epoch = value("epoch")
            offered = (epoch == "" ? 0 : epoch) ":" value("version") "-" value("release")
            if (index(version[name] " ", " " offered " ") || seen[name, offered]++) next
            if (offers[name]++ == 0) {
                total = split(version[name], have, " ")
                for (at = 1; at <= total; at++) print "installed", name, have[at]
            }
            print "security", name, offered
        }
        END { if (!entries) unread++; print "compared", count + 0, "unread", unread + 0 }'
    say 'status 0'
}

compare_debian_lists() {
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
    # grep is fastest with fixed texts; what stands within other lines is left out by awk.
    say 'command compare package lists'
    {
        # shellcheck disable=SC2016 # dpkg-query replaces these
        dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\n' | awk '/^.i/ { print "installed", $2, $3 }'
        for list in "$@"; do
            case $list in *security*) kind=security ;; *) kind=other ;; esac
            printf 'list %s\n' "$kind"
            case $list in
            *_Packages) grep -F -e 'Package: ' -e 'Version: ' "$list" ;;
            *) /usr/lib/apt/apt-helper cat-file "$list" | grep -F -e 'Package: ' -e 'Version: ' ;;
            esac
        done
    } 2>/dev/null | awk '
        /^installed / { version[$2] = $3; count++; next }
        /^list / { kind = $2; secured += kind == "security"; if (lists++ && !entries) unread++; entries = 0; next }
        /^Package: / { package = $2; next }
        !/^Version: / { next }
        { entries++ }
        (package in version) && version[package] != $2 { print kind, package, version[package], $2 }
        END { if (!secured) print "no security list"; if (!entries) unread++; print "compared", count + 0, "unread", unread + 0 }'
    say 'status 0'
}
