# shellcheck shell=sh
read_mandatory_access_control() {
    show /sys/kernel/security/lsm /sys/fs/selinux/enforce /sys/module/apparmor/parameters/enabled
    lines /etc/selinux/config
    profiles=/sys/kernel/security/apparmor/profiles
    if [ -r "$profiles" ]; then
        say "command count $profiles"
        awk '{ count[$NF]++ } END { for (mode in count) print mode, count[mode] }' "$profiles" 2>&1
        say "status $?"
    else
        tell "$profiles"
    fi
}
