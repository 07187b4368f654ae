"""Configurations of devices of all nine platforms, full of secrets, and what they log and print."""

IOS = """\
version 17.12
service password-encryption
hostname sw-ios
enable secret 9 «enable-secret|type9»
enable password 7 «enable-password|type7»
username anna privilege 15 secret 9 «user-secret-9|type9»
username bram privilege 15 password 7 «user-password-7|type7»
username carl secret 5 «user-secret-5|type5»
username dirk secret 8 «user-secret-8|type8»
username emma privilege 15 password 0 «user-password-plain|hard»
aaa new-model
crypto isakmp key «isakmp-key» address 192.0.2.9
crypto ikev2 keyring RING
 peer WAN
  address 192.0.2.9
  pre-shared-key local «ikev2-local-psk»
  pre-shared-key remote 6 «ikev2-remote-psk»
key chain EIGRP
 key 1
  key-string 7 «key-chain|type7»
license smart trust idtoken «smart-licence-token|jwt»
interface GigabitEthernet0/1
 ip ospf message-digest-key 1 md5 7 «ospf-md5|type7»
 ip ospf authentication-key «ospf-plain»
 standby 1 authentication md5 key-string «hsrp-key»
 vrrp 1 authentication text «vrrp-text»
 ip nhrp authentication «nhrp»
 isis password «isis-password»
 ppp chap password 0 «ppp-chap»
 cts manual
  sap pmk «macsec-pmk|hex64» mode-list gcm-encrypt
dot11 ssid GASTEN
 wpa-psk ascii 0 «wifi-psk»
router bgp 64512
 neighbor 192.0.2.1 remote-as 64513
 neighbor 192.0.2.1 password 7 «bgp-md5|type7»
snmp-server community «snmp-community» RO 10
snmp-server host 192.0.2.5 version 2c «snmp-trap-community»
snmp-server user bewaker GROEP v3 auth sha «snmpv3-auth» priv aes 128 «snmpv3-priv»
tacacs server T1
 address ipv4 192.0.2.6
 key 7 «tacacs-key|type7»
radius server R1
 address ipv4 192.0.2.7 auth-port 1812 acct-port 1813
 key «radius-key»
 pac key 7 «radius-pac|type7»
ntp authentication-key 1 md5 «ntp-key» 7
ip ftp password 7 «ftp-password|type7»
archive
 path scp://kopie:«url-password»@192.0.2.8/configs
ip http client password «http-client-password»
event manager environment _api_token «eem-environment»
crypto pki trustpoint CA
 enrollment url http://192.0.2.9/?token=«url-token»&x=1
crypto pki certificate chain CA
 certificate self-signed 01
crypto key import rsa SLEUTEL pem terminal
«rsa-private-key|pem-rsa»
banner motd ^C
Key for support: Authorization: Bearer «bearer-in-banner|jwt»
^C
line vty 0 4
 password 7 «line-password|type7»
 transport input ssh
end
"""

IOS_LOGGING = """\
Syslog logging: enabled (0 messages dropped)
    Console logging: disabled
    Buffer logging:  level informational, 12 messages logged
Log Buffer (8192 bytes):

000813: Mar  3 2026 10:00:00: %PARSER-5-CFGLOG_LOGGEDCMD: User:anna  logged command:username piet secret «logged-command»
"""

NXOS = """\
!Command: show running-config
version 10.3(4) Bios:version 05.47
hostname sw-nxos
username admin password 5 «user-secret-5|sha256»  role network-admin
username anna password 5 «user-secret-sha512|sha512»  role network-operator
snmp-server user admin network-admin auth sha-256 «snmpv3-auth|hex0x» priv aes-128 «snmpv3-priv|hex0x» localizedkey
snmp-server community «snmp-community» group network-operator
snmp-server host 192.0.2.5 traps version 2c «snmp-trap-community»
ntp authentication-key 1 md5 «ntp-key» 7
tacacs-server key 7 "«tacacs-key»"
tacacs-server host 192.0.2.6 key 7 "«tacacs-host-key»"
radius-server key 6 "«radius-key|enc»"
radius-server host 192.0.2.7 key 7 "«radius-host-key»" authentication accounting
key chain OSPF
  key 1
    key-string 7 «key-chain|type7»
key chain MACSEC macsec
  key 01
    key-octet-string 7 «macsec-cak|hex64» cryptographic-algorithm AES_256_CMAC
interface Vlan10
  ip ospf message-digest-key 1 md5 3 «ospf-md5|hex32»
  hsrp 10
    authentication text «hsrp-text»
  vrrp 11
    authentication text «vrrp-text»
router bgp 64512
  neighbor 192.0.2.1
    password 3 «bgp-md5|hex32»
feature nxapi
"""

IOSXR = """\
!! IOS XR Configuration 7.9.2
hostname rt-xr
username anna
 group root-lr
 secret 10 «user-secret-10|sha512»
!
username bram
 password 7 «user-password-7|type7»
!
tacacs-server host 192.0.2.6 port 49
 key 7 «tacacs-key|type7»
!
radius-server host 192.0.2.7 auth-port 1812 acct-port 1813
 key 7 «radius-key|type7»
!
snmp-server community encrypted «snmp-community|type7» RO
snmp-server community clear «snmp-community-plain» RO
snmp-server user bewaker GROEP v3 auth sha encrypted «snmpv3-auth|type7» priv aes 128 encrypted «snmpv3-priv|type7»
snmp-server host 192.0.2.5 traps version 2c «snmp-trap-community»
ntp
 authentication-key 7 md5 encrypted «ntp-key|type7»
!
key chain CORE
 key 1
  key-string password «key-chain|type7»
 !
!
router ospf 1
 area 0
  authentication message-digest
  message-digest-key 1 md5 encrypted «ospf-md5|type7»
  authentication-key clear «ospf-plain»
 !
!
router isis CORE
 lsp-password hmac-md5 encrypted «isis-lsp-password|type7»
 interface Bundle-Ether1
  hello-password hmac-md5 clear «isis-hello-password»
!
router bgp 64512
 neighbor 192.0.2.1
  password encrypted «bgp-md5|type7»
!
mpls ldp
 neighbor 192.0.2.2:0 password clear «ldp-password»
!
configuration commit auto-save filename scp://archief:«url-password»@192.0.2.75/wan
ftp client password encrypted «ftp-password|type7»
end
"""

EOS = """\
! Command: show running-config
! device: sw-eos (DCS-7050, EOS-4.31.2F)
!
hostname sw-eos
username anna privilege 15 role network-admin secret sha512 «user-secret-sha512|sha512»
username bram privilege 1 secret 5 «user-secret-5|type5»
username carl secret 0 «user-password-plain»
enable password sha512 «enable-secret|sha512»
aaa root secret sha512 «root-secret|sha512»
boot secret sha512 «boot-secret|sha512»
tacacs-server key 7 «tacacs-key|type7»
radius-server host 192.0.2.7 key 7 «radius-key|type7»
snmp-server community «snmp-community» ro
snmp-server user bewaker groep v3 localized f5717f00 auth sha «snmpv3-auth|hex40» priv aes «snmpv3-priv|hex32»
ntp authentication-key 1 sha1 7 «ntp-key|type7»
service unsupported-transceiver klant «transceiver-key»
daemon TerminAttr
   exec /usr/bin/TerminAttr -cvaddr=192.0.2.9:9910 -cvauth=key,«cloudvision-key» -taillogs --password «daemon-password»
interface Ethernet1
   ip ospf message-digest-key 1 sha512 7 «ospf-key|type7»
   isis authentication key 7 «isis-password|type7»
   vrrp 10 peer authentication ietf-md5 key-string 7 «vrrp-key|type7»
management security
   session shared-secret profile VRRP
      secret 0 7 «session-secret|type7» receive-lifetime infinite transmit-lifetime infinite
mac security
   profile MKA
      key 0abc 7 «macsec-cak|type7»
ip security
   profile IPSEC
      shared-key 7 «ipsec-psk|type7»
router bgp 64512
   neighbor 192.0.2.1 password 7 «bgp-md5|type7»
end
"""

JUNOS = """\
## Last commit: 2026-03-03 10:00:00 UTC by anna
version 22.4R3.25;
system {
    host-name rt-junos;
    root-authentication {
        encrypted-password "«root-secret|sha512»"; ## SECRET-DATA
    }
    login {
        user anna {
            class super-user;
            authentication {
                encrypted-password "«user-secret-sha512|sha512»"; ## SECRET-DATA
            }
        }
    }
    radius-server {
        192.0.2.7 secret "«radius-key|junos9»"; ## SECRET-DATA
    }
    tacplus-server {
        192.0.2.6 secret "«tacacs-key|junos9»"; ## SECRET-DATA
    }
    ntp {
        authentication-key 1 type md5 value "«ntp-key|junos9»"; ## SECRET-DATA
    }
    archival {
        configuration {
            archive-sites {
                "scp://kopie@192.0.2.8/configs" password "«archive-password|junos9»"; ## SECRET-DATA
                "ftp://kopie:«url-password»@192.0.2.9/configs";
            }
        }
    }
}
snmp {
    community «snmp-community» {
        authorization read-only;
    }
    v3 {
        usm {
            local-engine {
                user bewaker {
                    authentication-sha {
                        authentication-key "«snmpv3-auth|junos9»"; ## SECRET-DATA
                    }
                    privacy-aes128 {
                        privacy-key "«snmpv3-priv|junos9»"; ## SECRET-DATA
                    }
                }
            }
        }
    }
}
protocols {
    bgp {
        group RAND {
            authentication-key "«bgp-md5|junos9»"; ## SECRET-DATA
        }
    }
    ospf {
        area 0.0.0.0 {
            interface ge-0/0/0.0 {
                authentication {
                    md5 1 key "«ospf-md5|junos9»"; ## SECRET-DATA
                }
            }
        }
    }
    isis {
        level 2 authentication-key "«isis-password|junos9»"; ## SECRET-DATA
    }
    rsvp {
        interface ge-0/0/0.0 {
            authentication-key «rsvp-plain»;
        }
    }
}
security {
    ike {
        policy WAN {
            pre-shared-key ascii-text "«ipsec-psk|junos9»"; ## SECRET-DATA
        }
    }
    authentication-key-chains {
        key-chain CORE {
            key 1 {
                secret "«key-chain|junos9»"; ## SECRET-DATA
            }
        }
    }
    macsec {
        connectivity-association CA {
            pre-shared-key {
                ckn 0123456789abcdef;
                cak "«macsec-cak|junos9»"; ## SECRET-DATA
            }
        }
    }
}
"""

PANOS = """\
deviceconfig {
  system {
    hostname fw-panos;
    snmp-setting {
      access-setting {
        version {
          v2c {
            snmp-community-string «snmp-community»;
          }
        }
      }
    }
    ntp-servers {
      primary-ntp-server {
        authentication-type {
          symmetric-key {
            algorithm {
              sha1 {
                authentication-key «ntp-key|aq»;
              }
            }
          }
        }
      }
    }
  }
}
mgt-config {
  users {
    admin {
      phash «user-secret-5|sha256»;
    }
  }
}
shared {
  local-user-database {
    user {
      anna {
        phash «user-secret-md5|type5»;
      }
    }
  }
  server-profile {
    radius {
      R1 {
        server {
          S1 {
            secret «radius-key|aq»;
          }
        }
      }
    }
    tacplus {
      T1 {
        server {
          S1 {
            secret «tacacs-key|aq»;
          }
        }
      }
    }
    ldap {
      L1 {
        bind-password «ldap-bind-password|aq»;
      }
    }
  }
  certificate {
    WEB {
      private-key «certificate-private-key|aq»;
    }
  }
}
network {
  ike {
    gateway {
      G1 {
        authentication {
          pre-shared-key {
            key «ipsec-psk|aq»;
          }
        }
      }
    }
  }
  virtual-router {
    default {
      protocol {
        bgp {
          auth-profile {
            B1 {
              secret «bgp-md5|aq»;
            }
          }
        }
      }
    }
  }
}
"""

FORTIOS = """\
#config-version=FGT60F-7.4.8-FW-build2795-250401:opmode=0:vdom=0:user=admin
#conf_file_ver=1
#buildno=2795
#global_vdom=1
config system global
    set hostname "fw-fortios"
end
config system admin
    edit "admin"
        set accprofile "super_admin"
        set password ENC «user-secret|enc»
        set ssh-public-key1 "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExample beheer"
    next
end
config system snmp community
    edit 1
        set name "«snmp-community»"
    next
end
config system snmp user
    edit "bewaker"
        set auth-pwd ENC «snmpv3-auth|enc»
        set priv-pwd ENC «snmpv3-priv|enc»
    next
end
config user radius
    edit "R1"
        set server "192.0.2.7"
        set secret ENC «radius-key|enc»
    next
end
config user tacacs+
    edit "T1"
        set server "192.0.2.6"
        set key ENC «tacacs-key|enc»
    next
end
config user ldap
    edit "L1"
        set password ENC «ldap-bind-password|enc»
    next
end
config system ntp
    set authentication enable
    set key "«ntp-key»"
end
config vpn ipsec phase1-interface
    edit "WAN"
        set psksecret ENC «ipsec-psk|enc»
    next
end
config wireless-controller vap
    edit "GASTEN"
        set passphrase ENC «wifi-psk|enc»
    next
end
config router bgp
    config neighbor
        edit "192.0.2.1"
            set password ENC «bgp-md5|enc»
        next
    end
end
config system api-user
    edit "api"
        set api-key ENC «api-key|enc»
    next
end
config system ddns
    edit 1
        set ddns-password "«ddns-password»"
    next
end
config vpn certificate local
    edit "WEB"
        set password ENC «certificate-password|enc»
        set private-key "«certificate-private-key|pem-encrypted»"
    next
end
"""

AOSCX = """\
Current configuration:
!
!Version ArubaOS-CX GL.10.13.1000
hostname sw-aoscx
user admin group administrators password ciphertext «user-secret|enc»
user anna group operators password plaintext «user-password-plain»
tacacs-server host 192.0.2.6 key ciphertext «tacacs-key|enc»
radius-server host 192.0.2.7 key ciphertext «radius-key|enc»
snmp-server community «snmp-community»
snmp-server host 192.0.2.5 trap version v2c community «snmp-trap-community»
snmpv3 user bewaker auth sha auth-pass ciphertext «snmpv3-auth|enc» priv aes priv-pass ciphertext «snmpv3-priv|enc»
ntp authentication-key 1 sha1 ciphertext «ntp-key|enc» trusted
keychain OSPF
    key 1
        key-string ciphertext «key-chain|enc»
interface 1/1/1
    ip ospf message-digest-key 1 md5 ciphertext «ospf-md5|enc»
    ip ospf authentication-key ciphertext «ospf-plain|enc»
macsec policy MKA
mka policy MKA
    mode pre-shared-key ckn 01 cak ciphertext «macsec-cak|enc»
router bgp 64512
    neighbor 192.0.2.1 password ciphertext «bgp-md5|enc»
aruba-central
    url-hash-key ciphertext «central-key|enc»
copy running-config sftp://kopie:«url-password»@192.0.2.8/b vrf mgmt
"""

FRR = """\
Building configuration...

Current configuration:
!
frr version 10.1
frr defaults traditional
hostname rt-frr
password «line-password»
enable password «enable-password»
!
interface eth0
 ip ospf message-digest-key 1 md5 «ospf-md5»
 isis password md5 «isis-password»
 ip rip authentication string «rip-password»
exit
!
key chain RIP
 key 1
  key-string «key-chain»
exit
!
router bgp 64512
 neighbor 192.0.2.1 remote-as 64513
 neighbor 192.0.2.1 password «bgp-md5»
exit
!
rpki
 rpki cache ssh 192.0.2.4 22 rpki ./sleutel
exit
!
end
"""

DEVICES: dict[str, dict[str, str]] = {
    "cisco_ios": {"": IOS, "show_logging": IOS_LOGGING},
    "cisco_nxos": {"": NXOS},
    "cisco_iosxr": {"": IOSXR},
    "arista_eos": {"": EOS},
    "juniper_junos": {"": JUNOS},
    "paloalto_panos": {"": PANOS},
    "fortinet_fortios": {"": FORTIOS},
    "aruba_aoscx": {"": AOSCX},
    "frr": {"": FRR},
}
"""Platform -> command (empty: the configuration) -> what it prints."""
