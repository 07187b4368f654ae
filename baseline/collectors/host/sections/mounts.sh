# shellcheck shell=sh
read_mounts() {
    lines /proc/self/mounts
    lines /etc/fstab
}
