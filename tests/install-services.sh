#!/bin/sh
# Installs the real services that tests talk to, where this machine lets us; the tests that need one that is not here are
# skipped and say so.
set -eu

missing=""
need() { # need PROGRAM PACKAGE
    PATH="$PATH:/usr/sbin:/sbin:/usr/lib/frr" command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need sshd openssh-server
need ssh-keygen openssh-client
need vtysh frr
need busybox busybox
need ss iproute2
need qemu-img qemu-utils
need mkntfs ntfs-3g
need wimlib-imagex wimtools
need hivexregedit "libwin-hivex-perl libhivex-bin"
need mkfs.ext4 e2fsprogs
need sfdisk fdisk
need mkfs.xfs xfsprogs
need mkfs.vfat dosfstools
need promtool prometheus
need amtool prometheus-alertmanager
need pdftotext poppler-utils
need qpdf qpdf
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"

[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Not on this machine, and no apt-get to install it with:$missing. The tests that need it are skipped." >&2
    exit 0
fi

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        echo "Not on this machine:$missing. As root: apt-get install$missing. The tests that need it are skipped." >&2
        exit 0
    fi
fi

# Nothing that is installed here may start by itself: tests start what they need, on loopback.
policy=/usr/sbin/policy-rc.d
made_policy=no
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
    made_policy=yes
fi
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
[ "$made_policy" = no ] || $as_root rm -f "$policy"
