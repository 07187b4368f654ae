# shellcheck shell=sh
read_password_rules() {
    lines /usr/etc/login.defs /etc/login.defs /etc/security/pwquality.conf /etc/security/pwquality.conf.d/*.conf \
        /etc/security/faillock.conf /etc/security/pwhistory.conf \
        /usr/lib/pam.d/common-auth /usr/lib/pam.d/common-password /usr/lib/pam.d/su \
        /etc/pam.d/common-auth /etc/pam.d/common-password /etc/pam.d/system-auth /etc/pam.d/password-auth \
        /etc/pam.d/passwd /etc/pam.d/login /etc/pam.d/sshd /etc/pam.d/su
}
