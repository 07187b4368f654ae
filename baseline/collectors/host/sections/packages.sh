# shellcheck shell=sh
read_packages() {
    for manager in apt-get dnf yum zypper apk pacman; do
        if have "$manager"; then
            say "note manager $manager"
            break
        fi
    done
    if have dpkg-query; then
        say 'command dpkg-query -W'
        # shellcheck disable=SC2016 # dpkg-query replaces these
        dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\n' 2>/dev/null |
            awk -v names=" $* " '/^.i/ { count++; if (index(names, " " $2 " ")) print $2, $3 } END { print "installed", count + 0 }'
        say 'status 0'
    elif have rpm; then
        say 'command rpm -q'
        $limit rpm -q --qf '%{NAME} %{VERSION}-%{RELEASE}\n' "$@" 2>/dev/null | grep -v ' is not installed$'
        say 'status 0'
    fi
    say 'command stat package lists'
    stat -L -c '%Y %n' /var/lib/apt/lists /var/lib/apt/periodic/update-success-stamp /var/lib/dpkg/status \
        /var/cache/dnf/*/repodata/repomd.xml /var/cache/libdnf5/*/repodata/repomd.xml /var/cache/yum/*/*/*/repomd.xml \
        /var/cache/zypp/raw/*/cookie /var/lib/rpm/rpmdb.sqlite /var/lib/rpm/Packages /usr/lib/sysimage/rpm/rpmdb.sqlite \
        /usr/lib/sysimage/rpm/Packages.db 2>/dev/null
    say 'status 0'
    for flag in /run/reboot-required /var/run/reboot-required /run/reboot-needed /boot/do_purge_kernels; do
        if [ -e "$flag" ]; then say "note reboot $flag"; fi
    done
    say 'command ls /boot/vmlinuz-*'
    for kernel in /boot/vmlinuz-*; do printf '%s\n' "${kernel#/boot/vmlinuz-}"; done
    say 'status 0'
    say "note kernel $(uname -r)"
    if have apt-config; then
        say 'command apt-config dump'
        apt-config dump 2>/dev/null | grep -E '^(APT::Architecture |APT::Periodic::|APT::Get::AllowUnauthenticated|Acquire::AllowInsecure)'
        say 'status 0'
    fi
    lines /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
        /etc/dnf/dnf.conf /etc/dnf/automatic.conf /etc/yum.conf /etc/yum.repos.d/*.repo /etc/zypp/zypp.conf \
        /etc/zypp/repos.d/*.repo
    for job in /etc/cron.daily/opensuse.org-online_update /etc/cron.weekly/opensuse.org-online_update; do
        if [ -e "$job" ]; then say "note job $job"; fi
    done
}
