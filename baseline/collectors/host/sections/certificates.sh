# shellcheck shell=sh
# Certificates that servers are told to use, and those of usual places: the first of each file. Of private keys nothing but owner and permissions is read.
read_certificates() {
    network=$(network_mounts)
    set --
    for path in /etc/nginx/nginx.conf /etc/nginx/conf.d/*.conf /etc/nginx/sites-enabled/* /etc/apache2/sites-enabled/* \
        /etc/apache2/vhosts.d/*.conf /etc/httpd/conf.d/*.conf /etc/haproxy/haproxy.cfg /etc/postfix/main.cf \
        /etc/dovecot/conf.d/*ssl.conf /etc/rsyslog.conf /etc/rsyslog.d/*.conf /etc/postgresql/*/*/postgresql.conf \
        /var/lib/pgsql/data/postgresql.conf /etc/vsftpd.conf /etc/openldap/slapd.conf /etc/cockpit/ws-certs.d/*.conf; do
        if [ -f "$path" ] && [ -r "$path" ]; then set -- "$@" "$path"; fi
    done
    named=$(
        [ $# -gt 0 ] && awk '
            /^[ \t]*#/ { next }
            {
                text = tolower($0)
                if (text !~ /(ssl_certificate|sslcertificate|tls_(server_)?(cert|key)|ssl_cert|ssl_key|tls_chain_files|streamdriver(certfile|keyfile)|[ \t]crt[ \t]|rsa_(cert|private_key)|tlscertificate)/) next
                gsub(/["\047;,<=()]/, " ")
                for (at = 1; at <= NF; at++) if ($at ~ /^\//) print $at
            }' "$@"
        for path in /etc/letsencrypt/live/*/cert.pem /etc/letsencrypt/live/*/privkey.pem /etc/ssl/private/* /etc/pki/tls/private/* \
            /etc/pki/tls/certs/*.crt /etc/ssl/certs/ssl-cert-*.pem /etc/ssl/certs/server*.pem /etc/cockpit/ws-certs.d/*; do
            case $path in *\** | */ca-bundle*) ;; *) printf '%s\n' "$path" ;; esac
        done
        for path in /etc/ssl/private /etc/pki/tls/private /etc/letsencrypt/live; do
            if [ -d "$path" ] && [ ! -r "$path" ]; then printf 'denied %s\n' "$path"; fi
        done
    )
    say 'command list certificates'
    printf '%s\n' "$named" | awk '/^denied /' 
    IFS='
'
    set -f
    set --
    for path in $(printf '%s\n' "$named" | awk '/^\// && !seen[$0]++' | head -n 60); do
        if [ -n "$network" ] && on_network "$path"; then printf 'network %s\n' "$path"; else set -- "$@" "$path"; fi
    done
    set +f
    unset IFS
    printf 'listed %s\n' "$#"
    for path in "$@"; do
        if [ ! -e "$path" ]; then printf 'absent %s\n' "$path"; fi
    done
    say 'status 0'
    [ $# -gt 0 ] || return 0
    say 'command stat certificates'
    $limit stat -L -c '%U|%G|%a|%s|%F|%n' "$@" 2>/dev/null
    say 'status 0'
    for path in "$@"; do
        if [ ! -f "$path" ]; then continue; fi
        if [ ! -r "$path" ]; then
            say "denied $path"
            continue
        fi
        say "command certificate $path"
        head -c 65536 "$path" | awk '
            /^Proc-Type: 4,ENCRYPTED/ { print "key encrypted"; next }
            /-----/ {
                if (/BEGIN [A-Z ]*PRIVATE KEY-----/) print (/ENCRYPTED/ ? "key encrypted" : "key plain")
                inside = /^-----BEGIN (TRUSTED )?CERTIFICATE-----/ && !done++
                next
            }
            inside && /^[A-Za-z0-9+\/=]+[\r]?$/ && length($0) <= 78 { print "certificate " $0 }'
        say 'status 0'
    done
}
