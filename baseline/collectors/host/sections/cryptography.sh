# shellcheck shell=sh
read_cryptography() {
    show /etc/crypto-policies/state/current /etc/crypto-policies/config /proc/sys/crypto/fips_enabled
    run openssl version
    lines /etc/ssl/openssl.cnf /etc/pki/tls/openssl.cnf /etc/crypto-policies/back-ends/opensslcnf.config
}
