# shellcheck shell=sh
read_boot() {
    say 'lines'
    awk '{ gsub(/(pass|key|secret|token|rd\.luks\.options)[^= ]*=[^ ]*/, "<redacted>"); print FILENAME ":" FNR ":" $0 }' /proc/cmdline
    say "status $?"
    if [ -d /sys/firmware/efi ]; then say 'note firmware uefi'; else say 'note firmware other'; fi
    for variable in /sys/firmware/efi/efivars/SecureBoot-*; do
        [ -r "$variable" ] || continue
        say 'command od SecureBoot'
        od -An -t u1 "$variable"
        say "status $?"
    done
    for path in /boot/grub/grub.cfg /boot/grub2/grub.cfg /boot/grub2/user.cfg /boot/efi/EFI/*/grub.cfg \
        /boot/efi/EFI/*/user.cfg /boot/loader/loader.conf /boot/efi/loader/loader.conf /efi/loader/loader.conf; do
        [ -e "$path" ] || continue
        if [ ! -r "$path" ]; then
            say "denied $path"
        elif grep -qE '^(GRUB2_PASSWORD=|[[:space:]]*password_pbkdf2[[:space:]]+[^[:space:]]+[[:space:]]+)"?grub\.pbkdf2\.' "$path" &&
            { [ "${path%/user.cfg}" != "$path" ] || grep -qE '^[[:space:]]*(set[[:space:]]+)?superusers="?[^"[:space:]]' "$path"; }; then
            say "note password $path"
        else
            say "note loader $path"
        fi
    done
    if [ -d /boot ] && [ ! -r /boot ]; then say 'denied /boot'; fi
}
