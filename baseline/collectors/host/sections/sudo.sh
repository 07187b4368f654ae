# shellcheck shell=sh
read_sudo() {
    if ! have sudo; then
        say 'missing sudo'
        return
    fi
    say 'command sudo -V'
    $limit sudo -V 2>&1 | grep -E '^Sudo version|timestamp timeout:|^sudo-rs'
    say 'status 0'
    main=/etc/sudoers
    if [ ! -e "$main" ] && [ -e /usr/etc/sudoers ]; then main=/usr/etc/sudoers; fi
    folders=$(awk '/^[#@]includedir[ \t]/ { print $2 "/*" } /^[#@]include[ \t]/ { print $2 }' "$main")
    # shellcheck disable=SC2086 # the patterns are to be expanded
    lines "$main" $folders
}
