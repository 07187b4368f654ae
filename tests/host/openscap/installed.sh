#!/bin/sh
# As debootstrap leaves it; kernel parameters as Debian's own kernel starts with.
parameter() { # parameter PATH VALUE: what this kernel says is hidden, here only
    printf '%s\n' "$2" >"/run/parameters/${1##*/}"
    mount --bind "/run/parameters/${1##*/}" "/proc/sys/$1"
}
parameter fs/protected_hardlinks 1
parameter fs/protected_symlinks 1
parameter fs/suid_dumpable 0
parameter kernel/kptr_restrict 0
parameter kernel/randomize_va_space 2
