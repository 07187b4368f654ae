# shellcheck shell=sh
# Start of the script that `sh -s` reads from standard input. It reads and prints; it writes no file and changes nothing.
# `mark` is a number drawn for this run only, so that nothing that is printed can pass for a boundary.
LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin:/run/current-system/sw/bin
export LC_ALL PATH
old_lib=/lib
if [ -L /lib ]; then old_lib=/usr/lib/no-other-lib; fi
unset IFS CDPATH ENV BASH_ENV GREP_OPTIONS
limit=
if timeout 5 true </dev/null >/dev/null 2>&1; then limit="timeout $seconds"; fi

say() {
    printf '\n%s %s\n' "$mark" "$*"
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# section NAME BYTES [ARGUMENT...]: what read_NAME prints, cut off after that many bytes; its `end` is then missing.
section() {
    say "section $1"
    section_name=$1
    section_bytes=$2
    shift 2
    { "read_$section_name" "$@"; say "end $section_name"; } 2>/dev/null </dev/null | head -c "$section_bytes"
}

# run PROGRAM [ARGUMENT...]: its output and errors, bounded in time where the host has timeout(1).
run() {
    if have "$1"; then
        say "command $*"
        $limit "$@" 2>&1
        say "status $?"
    else
        say "missing $1"
    fi
}

# tell PATH: why it was not read.
tell() {
    if [ -d "$1" ] || [ -f "$1" ]; then
        say "denied $1"
    elif [ -e "$1" ]; then
        say "masked $1"
    else
        parent=${1%/*}
        case $1 in
        *\**) [ -d "$parent" ] && [ ! -r "$parent" ] && say "denied $parent" && return ;;
        esac
        while [ -n "$parent" ] && [ ! -e "$parent" ]; do parent=${parent%/*}; done
        if [ -z "$parent" ] || [ -x "$parent" ]; then say "absent $1"; else say "denied $1"; fi
    fi
}

# show PATH...: whole files.
show() {
    for path in "$@"; do
        if [ -f "$path" ] && [ -r "$path" ]; then
            say "file $path"
            $limit cat "$path" 2>&1
            say "status $?"
        else
            tell "$path"
        fi
    done
}

# lines PATH...: of each file the lines that are no comment, as path:line:text, without the values of passwords.
lines() {
    left=$#
    while [ "$left" -gt 0 ]; do
        path=$1
        shift
        left=$((left - 1))
        if [ -f "$path" ] && [ -r "$path" ]; then set -- "$@" "$path"; else tell "$path"; fi
    done
    [ $# -gt 0 ] || return 0
    say "read $*"
    say 'lines'
    $limit awk '
        /^[ \t]*$/ || (/^[ \t]*#/ && !/^#(include|includedir|[0-9]+)[ \t]/) { next }
        {
            line = substr($0, 1, 2000)
            gsub(/:\/\/[^\/@ \t]*@/, "://<redacted>@", line)
            gsub(/[Pp][Aa][Ss][Ss]([Ww][Oo][Rr]?[Dd]|[Pp][Hh][Rr][Aa][Ss][Ee])?[ \t]*=[ \t]*[^ \t,;]+/, "password=<redacted>", line)
            gsub(/\$[0-9a-z]+\$[^ \t:]+/, "<redacted>", line)
            print FILENAME ":" FNR ":" line
        }' "$@" 2>&1
    say "status $?"
}

# mounted: type and place of every mount, with blanks as they are.
mounted() {
    awk '{
        gsub(/\\040/, " ", $2)
        gsub(/\\011/, "\t", $2)
        gsub(/\\134/, "\\", $2)
        print $3, $2
    }' /proc/self/mounts
}

# network_mounts: where file systems are mounted that may hang when their server is gone; nothing there is looked at.
network_mounts() {
    mounted | awk '
        $1 ~ /^(ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|bcachefs|nilfs2|vfat|exfat|ntfs3|erofs|squashfs|iso9660|udf)$/ { next }
        $1 ~ /^(proc|sysfs|devtmpfs|devpts|tmpfs|ramfs|rootfs|overlay|cgroup2?|securityfs|debugfs|tracefs|bpf|pstore)$/ { next }
        $1 ~ /^(efivarfs|configfs|fusectl|mqueue|hugetlbfs|rpc_pipefs|binfmt_misc|nsfs|selinuxfs|binder)$/ { next }
        { print substr($0, length($1) + 2) }'
}

# on_network PATH: whether it lies on one of $network. Links are followed by hand, so that nothing there is touched.
on_network() (
    unset IFS
    left=$1
    place=
    links=0
    while [ -n "$left" ]; do
        part=${left%%/*}
        case $left in */*) left=${left#*/} ;; *) left= ;; esac
        case $part in
        '' | .) continue ;;
        ..) place=${place%/*} && continue ;;
        esac
        case "
$network
" in *"
$place/$part
"*) exit 0 ;; esac
        if [ -L "$place/$part" ]; then
            links=$((links + 1))
            if [ "$links" -gt 20 ]; then exit 0; fi
            target=$(readlink "$place/$part")
            case $target in /*) place= ;; esac
            left=$target${left:+/$left}
        else
            place=$place/$part
        fi
    done
    exit 1
)

# touches MOUNT PLACE...: whether one of the places lies on it, or holds it.
touches() {
    there=$1
    shift
    for place in "$@"; do
        case $place/ in "$there"/*) return 0 ;; esac
        case $there/ in "$place"/*) return 0 ;; esac
    done
    return 1
}

# silent_mounts PLACE...: mounts at these places whose server gives no answer, five at most; others are not asked.
silent_mounts() {
    [ -n "$limit" ] || return 0
    network_mounts | while IFS= read -r mount; do
        touches "$mount" "$@" || continue
        timeout 2 stat -f "$mount" >/dev/null 2>&1
        if [ $? -ge 124 ]; then printf '%s\n' "$mount"; fi
    done | head -n 5
}

# answers NAME PLACE...: whether a section can look at its places without being held up; says why not.
answers() {
    [ -n "$silent" ] || return 0
    name=$1
    shift
    printf '%s\n' "$silent" | while IFS= read -r mount; do
        if touches "$mount" "$@"; then
            say "section $name"
            say "silent $mount"
            say "end $name"
            exit 1
        fi
    done
}
