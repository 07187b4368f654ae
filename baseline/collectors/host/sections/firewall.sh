# shellcheck shell=sh
read_firewall() {
    lines /etc/ufw/ufw.conf
    legacy=$(cat /proc/net/ip_tables_names /proc/net/ip6_tables_names)
    if [ -n "$legacy" ]; then say 'note legacy tables'; fi
    if [ -d /sys/module/nf_tables ]; then say 'note nf_tables loaded'; fi
    if grep -qs nf_tables "/lib/modules/$(uname -r)/modules.builtin"; then say 'note nf_tables builtin'; fi
    if have nft; then
        say 'command nft -s -t list ruleset'
        $limit nft -s -t list ruleset 2>&1
        say "status $?"
    else
        say 'missing nft'
    fi
    if [ -n "$legacy" ] || ! have nft; then
        run iptables -S
        run ip6tables -S
    fi
}
