# shellcheck shell=sh
read_kernel_modules() {
    loaded=
    for module in "$@"; do
        if [ -d "/sys/module/$module" ]; then loaded="$loaded $module"; fi
    done
    [ -d /sys/module ] && say "note loaded$loaded"
    builtin=/lib/modules/$(uname -r)/modules.builtin
    if [ -r "$builtin" ]; then
        say "command awk $builtin"
        awk -F/ '{ sub(/\.ko.*/, "", $NF); print $NF }' "$builtin" | grep -Fx "$(printf '%s\n' "$@")"
        say 'status 0'
    fi
    lines /etc/modprobe.d/*.conf /run/modprobe.d/*.conf /usr/local/lib/modprobe.d/*.conf /usr/lib/modprobe.d/*.conf \
        "$old_lib"/modprobe.d/*.conf
}
