#!/bin/sh
# Runs in a mount, process and network namespace of its own (namespaces(7)): a Debian tree under a layer that is thrown
# away, changed by a shape; then our script in it, then oscap of this machine. Nothing outside "$work" is changed.
set -eu
tree=$1 work=$2

mount -t tmpfs tmpfs "$work/layer"
mkdir "$work/layer/changed" "$work/layer/work" "$work/layer/root"
mount -t overlay overlay \
    -o "lowerdir=$tree,upperdir=$work/layer/changed,workdir=$work/layer/work" "$work/layer/root"
cd "$work/layer/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs -o mode=755 tmpfs dev
for name in null zero full random urandom tty; do
    touch "dev/$name"
    mount --bind "/dev/$name" "dev/$name"
done
mkdir -m 1777 dev/shm
mount -t tmpfs -o mode=1777 tmpfs dev/shm
mount -t tmpfs -o mode=755 tmpfs run
mkdir -m 755 run/sshd run/outside run/parameters
ln -sf ../proc/self/mounts etc/mtab # as a started Debian has it; oscap finds local file systems by it
ip link set lo up

chroot . sh -eu <"$work/shape"
chroot . sh -s <"$work/script" >"$work/answer"

# oscap is this machine's, with its own libraries: the tree needs no package for it. Few files, since rules search them too.
outside=run/outside
cp "$(command -v oscap)" /usr/share/xml/scap/ssg/content/ssg-debian11-ds.xml "$outside"
ldd "$(command -v oscap)" | grep -o "/[^ ]*" | while read -r library; do cp "$library" "$outside"; done
cp -r /usr/share/openscap "$outside/share"
mkdir run/comparison
mount --bind "$work" run/comparison
shared=/$outside/share
export OSCAP_SCHEMA_PATH="$shared/schemas" OSCAP_XSLT_PATH="$shared/xsl" OSCAP_CPE_PATH="$shared/cpe"
exec chroot . "/$outside/ld-linux-x86-64.so.2" --library-path "/$outside" "/$outside/oscap" xccdf eval \
    --profile xccdf_baseline_profile_both --tailoring-file /run/comparison/tailoring.xml --results /run/comparison/results.xml \
    "/$outside/ssg-debian11-ds.xml"
