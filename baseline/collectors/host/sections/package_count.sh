# shellcheck shell=sh
read_package_count() {
    if have dpkg-query; then
        say 'command dpkg-query -W count'
        # shellcheck disable=SC2016 # dpkg-query replaces these
        dpkg-query -W -f '${db:Status-Abbrev}\n' 2>/dev/null | grep -c '^.i'
        say 'status 0'
    elif have rpm; then
        say 'command rpm -qa count'
        $limit rpm -qa --qf '.\n' | grep -c .
        say 'status 0'
    fi
}
