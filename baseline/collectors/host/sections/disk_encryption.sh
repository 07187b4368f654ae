# shellcheck shell=sh
read_disk_encryption() {
    for uuid in /sys/block/dm-*/dm/uuid; do
        [ -r "$uuid" ] || continue
        device=${uuid%/uuid}
        read -r value <"$uuid"
        read -r label <"$device/name"
        case $value in CRYPT-*) say "note device $label $value" ;; esac
    done
    root=$(awk '$2 == "/" { device = $1 } END { print device }' /proc/self/mounts)
    say "note root $root"
    if [ -r /proc/swaps ]; then
        swaps=$(awk 'NR == 1 { print "read" } NR > 1 { print $1 }' /proc/swaps)
        # shellcheck disable=SC2086 # one word a device
        say note swap $swaps
    fi
    # shellcheck disable=SC2086 # one word a device
    for device in $root $swaps; do
        case $device in
        /dev/zram*) ;;
        /dev/*) run lsblk -niso NAME,TYPE "$device" ;;
        esac
    done
}
