"""Files and outputs of hosts, and answers of APIs, full of secrets."""

HOST = """\
root:«shadow-yescrypt|yescrypt»:19700:0:99999:7:::
anna:«shadow-sha512|sha512»:19700:0:90:7:::
web:«htpasswd-bcrypt|bcrypt»
oud:«htpasswd-apr1|apr1»
vault:«argon2-hash|argon2»
userPassword: «ldap-ssha|ssha»
password_pbkdf2 root «grub-password|grub»
//files.example/share /mnt cifs username=svc,password=«fstab-password»,vers=3.0 0 0
0 3 * * * PGPASSWORD=«cron-pgpassword» pg_dump klanten
5 3 * * * mysqldump -uroot -p«mysqldump-password» --all-databases
9 3 * * * curl -s -u kopie:«curl-password» https://api.example/export
10 3 * * * sshpass -p «sshpass-password» rsync -a /srv kopie@192.0.2.8:
11 3 * * * /usr/bin/melden --api-token «flag-token» --password=«flag-password»
Environment="DB_PASSWORD=«systemd-environment»" "MODE=prod"
Environment=REDIS_URL=redis://:«redis-url-password»@127.0.0.1:6379/0
ExecStart=/usr/bin/agent --secret «execstart-secret»
1 SHA256 HEX:«chrony-key|hex64»
7 MD5 ASCII:«ntp-ascii-key»
rocommunity «snmpd-rocommunity» 192.0.2.0/24
rwcommunity6 «snmpd-rwcommunity»
com2sec bewaker default «snmpd-com2sec»
createUser bewaker SHA "«snmpd-auth»" AES "«snmpd-priv»"
*.* action(type="omfwd" target="log.example" password="«rsyslog-password»")
network={ ssid="kantoor" psk="«wpa-psk»" }
wifi-sec.psk=«networkmanager-psk»
802-1x.password=«networkmanager-eap-password|hard»
wep-key0=«wep-key»
192.0.2.1 192.0.2.9 : PSK "«ipsec-secrets»"
PrivateKey = «wireguard-private-key|b64»
PresharedKey = «wireguard-preshared-key|b64»
key "tsig" { algorithm hmac-sha256; secret "«tsig-key|b64»"; };
ldap_default_authtok = «sssd-authtok»
bindpw «nslcd-bindpw»
requirepass «redis-requirepass»
client radius1 { ipaddr = 192.0.2.7 secret = «freeradius-secret» }
machine git.example login anna password «netrc-password»
_authToken=«npm-auth-token»
password = «my-cnf-password|hard»
aws_secret_access_key = «aws-secret-access-key|aws-secret»
export GITHUB_TOKEN=«github-token|github»
token glab «gitlab-token|gitlab» here
slack «slack-token|slack» here
google «google-api-key|google» here
vault login «vault-token|vault»
stripe «stripe-key|stripe»
age «age-key|age»
spring.datasource.url=jdbc:postgresql://app:«jdbc-url-password»@db.example/klanten
git clone https://oauth2:«git-url-token»@git.example/repo.git
Server=tcp:sql.example,1433;User ID=app;Password=«sql-connection-string»;Encrypt=True
DefaultEndpointsProtocol=https;AccountName=opslag;AccountKey=«storage-account-key|b64-64»;EndpointSuffix=core.example
Endpoint=sb://bus.example/;SharedAccessKeyName=Root;SharedAccessKey=«service-bus-key|b64»
Cookie: session=«cookie-session»; theme=dark
Set-Cookie: auth=«set-cookie|jwt»; HttpOnly
X-Api-Key: «x-api-key»
PRIVATE-TOKEN: «private-token-header»
Proxy-Authorization: Basic «proxy-authorization|b64»
<add key="x" /><password>«xml-password»</password>
    client-key-data: «kubeconfig-client-key|b64-64»
    token: «kubeconfig-token|jwt»
    client-secret: «yaml-client-secret»
«openssh-private-key|pem-openssh»
«ec-private-key|pem-ec»
«pgp-private-key|pgp»
"""
"""What stands in files of hosts and in what their programs print."""

API = """\
{"value": [{"id": "a1", "displayName": "App", "passwordCredentials": [{"keyId": "k1", "secretText": "«graph-secret-text|entra»"}],
"clientSecret": "«api-client-secret»", "access_token": "«api-access-token|jwt»", "refresh_token": "«api-refresh-token»"},
{"SecretAccessKey": "«api-secret-access-key|aws-secret»", "SessionToken": "«api-session-token|b64-64»", "AccessKeyId": "AKIAIOSFODNN7EXAMPLE"},
{"primaryKey": "«api-primary-key|b64-64»", "secondaryKey": "«api-secondary-key|b64-64»", "connectionString": "Endpoint=sb://x;SharedAccessKey=«api-connection-string|b64»"},
{"administratorLoginPassword": "«api-administrator-password|hard»", "adminPassword": "«api-admin-password»", "sharedKey": "«api-vpn-shared-key»"},
{"sasUrl": "https://x.blob.example/c?sv=2024&sp=r&sig=«api-sas-signature|sas»", "webhook": "https://hook.example/x?code=«api-function-code»"},
{"config": "{\\"password\\": \\"«api-nested-json»\\"}", "value": "postgres://app:«api-database-url»@db/x"},
{"userData": "#!/bin/sh\\nexport DB_PASSWORD=«api-user-data»\\ncurl -H 'Authorization: Bearer «api-user-data-bearer|jwt»' https://x"},
{"preSharedKey": "«api-wifi-psk»", "recoveryKey": "«api-recovery-key»", "key": "-----BEGIN PRIVATE KEY-----\\n«api-private-key|hex64»\\n-----END PRIVATE KEY-----\\n"}]}
"""
"""What the APIs of clouds answer."""

HARMLESS = """\
password requisite pam_pwquality.so retry=3 minlen=14
PasswordAuthentication no
PASS_MAX_DAYS 90
%beheer ALL=(ALL) NOPASSWD: /usr/bin/apt-get update
anna ALL=(ALL) NOPASSWD: ALL
ClearTextPassword = 0
MinimumPasswordLength = 14
"passwordPolicies": "DisablePasswordExpiration"
"isPasswordSet": true
ssl_key = /etc/ssl/private/server.key
password_file: /etc/app/password
HostKeyAlgorithms sk-ssh-ed25519-cert-v01@openssh.com,sk-ecdsa-sha2-nistp256-cert-v01@openssh.com
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExample anna@beheer
token_lifetime: 3600
bgp community: 65000:100
aaa authorization exec default group tacacs+ local
"tokenLifetimePolicies": []
DB_PASSWORD=${DB_PASSWORD}
net.ipv4.tcp_syncookies = 1
key-signing = yes
https://graph.example/v1.0/users?$top=999&$select=id
-----BEGIN CERTIFICATE-----
MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ
-----END CERTIFICATE-----
"""
"""What looks like it and is none: it stays, since an auditor must be able to read it."""
