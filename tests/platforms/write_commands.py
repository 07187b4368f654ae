"""What changes, stops or leaves a network device, in the words of each vendor's command reference. None may ever be sent."""

CISCO = """
configure|configure terminal|conf t|configure replace flash:x|configure network|write|write memory|wr|wr mem|write erase
write network|copy running-config startup-config|copy run start|copy tftp: flash:|reload|reload in 5|rel|erase startup-config
erase nvram:|format flash:|delete flash:image.bin|delete /force /recursive flash:x|rename flash:a flash:b|mkdir flash:x
rmdir flash:x|squeeze flash:|archive config|archive download-sw tftp://192.0.2.1/x|boot system flash:x|clear counters
clear logging|clear line vty 0|clear ip bgp *|clear crypto sa|debug all|undebug all|no shutdown|no logging|do write|do reload
test crash|tclsh|setup|send *|send log x|license install flash:x|license boot level x|request platform software x
install add file flash:x activate commit|install commit|install remove inactive|redundancy force-switchover
redundancy reload peer|event manager run x|guestshell enable|monitor capture x start|monitor session 1|crypto key generate rsa
crypto key zeroize rsa|crypto pki enroll x|crypto pki import x|crypto ca authenticate x|ssh -l x 192.0.2.1|telnet 192.0.2.1
ping 192.0.2.1|traceroute 192.0.2.1|verify flash:x|upgrade rom-monitor file x|hw-module slot 1 stop|module reset 1
power inline never|set platform x|clock set 12:00:00 1 jan 2030|terminal monitor|switch 1 renumber 2|stack-mac x|vtp primary
diagnostic start switch 1 test all|kron policy-list x|alarm relay off|menu x|pad 1|connect x|slip default|ppp default
""".replace("\n", "|")

NXOS = """
run bash|run guestshell|checkpoint|checkpoint summary|rollback running-config checkpoint x|install all nxos bootflash:x
system switchover|attach module 1|switchto vdc x|python bootflash:x.py|no feature ssh|poap reset
copy r s|guestshell destroy|virtual-service install name x package y|bash sudo reboot|vsh -c x|event manager run x
feature telnet|shutdown|terminal event-manager bypass|session redirect x|configure session x|configure replace bootflash:x
"""
IOSXR = """
commit|commit force|commit replace|commit confirmed|configure exclusive|admin|admin reload location all|hw-module all reload
rollback configuration last 1|rollback configuration to x|load x|install activate id 1|process restart sshd|process kill x
clear configuration inconsistency|clear configuration commits oldest 1|run|run bash|copy running-config x|reload location all
crypto key import rsa x|crypto ca trustpool import url x|nsr process-failures switchover|redundancy switchover
"""
EOS = """
bash|bash sudo reboot|configure session x|configure checkpoint save x|configure checkpoint restore x|commit|abort|reload now
install source x|extension x|boot-config x|python-shell|watch show x|session pki x|security pki key generate rsa 2048 x
zerotouch disable|zerotouch cancel|event-handler x trigger|agent x shutdown|agent x terminate|platform x|tcpdump
redundancy manual switchover|maintenance|no boot secret|route-map x
"""
JUNOS = """
configure|configure private|configure exclusive|edit|edit system|commit|commit confirmed 1|commit check|rollback 0|rollback 1
load override x|load factory-default|load merge terminal|save x|set system host-name x|set date 203001010000|delete system
set system services telnet|set chassis display message x|set cli timestamp|set cli directory /var/tmp|set cli prompt x
deactivate system services ssh|activate system|annotate system x|copy interfaces a to b|rename interfaces a to b
insert policy a before b|replace pattern a with b|protect system|wildcard delete interfaces|request system reboot
request system zeroize|request system halt|request system power-off|request system software add x|request system snapshot
request system configuration rescue save|request system scripts add x|request chassis fpc slot 0 restart
request security pki generate-key-pair x|request message all message x|restart routing|restart gracefully|start shell
start shell user root|op url x|op x|file copy a b|file delete /var/log/messages|file show /etc/passwd|file archive x
clear log messages|clear bgp neighbor|clear system commit|clear interfaces statistics all|ssh 192.0.2.1|telnet 192.0.2.1
monitor traffic write-file x|monitor start x|test policy x|ping 192.0.2.1|mtrace x|quit configuration|exit configuration-mode
"""
FORTIOS = """
config system global|config system admin|config global|config vdom|edit 1|set hostname x|set admin-telnet enable|unset hostname
delete 1|rename a to b|clone a to b|move 1 after 2|append member x|purge|next|end|abort|execute reboot|execute shutdown
execute factoryreset|execute formatlogdisk|execute restore config tftp x 192.0.2.1|execute backup config tftp x 192.0.2.1
execute restore image tftp x 192.0.2.1|execute cfg save|execute cfg reload|execute date 2030-01-01|execute telnet 192.0.2.1
execute ssh 192.0.2.1|execute ping 192.0.2.1|execute log delete-all|execute batch start|execute ha manage 1
execute clear system arp table|execute disconnect-admin-session 1|execute vpn ipsec tunnel down x|execute update-now
diagnose sys kill 11 1|diagnose sys top|diagnose debug enable|diagnose debug application sshd -1|diagnose sniffer packet any
diagnose sys session clear|diagnose test application dnsproxy 99|diagnose sys ha reset-uptime|fnsysctl ls|fnsysctl cat /etc/passwd
exec reboot|ex reb|diag sys kill 9 1|dia deb en|sysctl reboot|sudo global execute reboot
"""
PANOS = """
configure|commit|commit force|commit-all|commit partial|set deviceconfig system hostname x|set mgt-config users x|set system setting x
set cli config-output-format set|set cli op-command-xml-output on|set cli timeout idle never|set cli confirmation-prompt off
set cli hide-user x|set password|set session timeout-tcp 1|set clock time 12:00:00|delete admin-sessions|delete config saved x
delete software version x|delete license key x|edit deviceconfig|rename a to b|move a top|copy a to b|load config from x
load config last-saved|save config to x|revert config|request restart system|request shutdown system|request system software install x
request license fetch|request license install x|request high-availability state suspend|request commit-lock add
request content upgrade install latest|request certificate generate x|request password-hash password x|request batch x
debug software restart process x|debug swm revert|debug cli on|scp import configuration from x|scp export configuration from x to y
tftp import x|tftp export x|ftp export x|ssh host 192.0.2.1|clear session all|clear log system|clear counter all|less mp-log x
tail follow yes mp-log x|test security-policy-match x|ping host 192.0.2.1|traceroute host 192.0.2.1|schedule uar-report x
run set cli pager on|quit now|target set x|check pending-changes now|validate full|override x|import x|grep pattern x mp-log y
"""
AOSCX = """
configure|configure terminal|copy running-config startup-config|copy running-config checkpoint x|copy checkpoint x running-config
checkpoint rollback x|checkpoint auto 5|checkpoint auto confirm|checkpoint rename a b|checkpoint post-configuration timeout 5
erase startup-config|erase checkpoint all|erase all zeroize|boot system|boot system primary|boot set-default primary|write memory
reload|start-shell|page 24|diagnostics|diag-dump x basic|clear arp|clear logging|debug all|no debug all|auto-confirm
top cpu|usb mount|usb unmount|vsx switchover|redundancy switchover|user admin password plaintext x|crypto pki x|https-server x
copy tftp://192.0.2.1/x primary|mtrace x|sudo x|ssh x@192.0.2.1|telnet 192.0.2.1|ping 192.0.2.1|secure-mode enhanced|led locator on
vsf renumber-to 2|vsf switchover|aruba-central support-mode|hw-module x|power-over-ethernet x|loop-protect x|mirror session 1
"""
FRR = """
configure|configure terminal|conf t|write|write memory|write file|write integrated|copy x running-config|clear bgp *|clear ip bgp *
debug bgp updates|no debug bgp|terminal no length|service password-encryption|enable secret x|logmsg x y|reload|graceful-restart
rpki start|rpki reset|rpki stop|start-shell bash|ssh x|ping 192.0.2.1|traceroute 192.0.2.1|watchfrr ignore bgpd
"""


def _lines(*texts: str) -> frozenset[str]:
    return frozenset(line.strip() for text in texts for line in text.replace("\n", "|").split("|") if line.strip())


OWN_WRITE_COMMANDS = {
    "arista_eos": _lines(CISCO, EOS),
    "aruba_aoscx": _lines(AOSCX),
    "cisco_ios": _lines(CISCO),
    "cisco_iosxr": _lines(CISCO, IOSXR),
    "cisco_nxos": _lines(CISCO, NXOS),
    "fortinet_fortios": _lines(FORTIOS),
    "frr": _lines(FRR),
    "juniper_junos": _lines(JUNOS),
    "paloalto_panos": _lines(PANOS),
}
"""Platform -> the commands of its own vendor."""

WRITE_COMMANDS = tuple(sorted(frozenset().union(*OWN_WRITE_COMMANDS.values())))
"""Every one of them, whole."""

TAILS = (
    *(
        f"{sign}reload"
        for sign in (";", "; ", " ; ", "&", " && ", " & ", "||", " || ", "|", "$", "!", " ! ", "#", " # ")
    ),
    *(
        f"{end}reload"
        for end in ("\n", "\r", "\r\n", "\n\r", "\x0b", "\x0c", "\x00", "\x1a", "\x03", "\x04", "\x1b", "\x08")
    ),
    *(
        f"{end}reload"
        for end in ("\u0085", "\u2028", "\u2029", "\u00a0", "\u2003", "\ufeff", "\u200b", "\uff1b", "\u37e0")
    ),
    *(
        f" {sign} flash:x"
        for sign in (">", ">>", "<", "| file", "| redirect", "| append", "| save", "| tee", "| tee append")
    ),
    *(
        f" | {word}"
        for word in ("sh", "bash", "vsh", "sed x", "awk x", "xml", "email x", "diff", "last 5 | save x", "display xml")
    ),
    *(
        " | include x | redirect x",
        " | match x | save x",
        " | no-more | save x",
        " | grep x",
        " | include x|redirect y",
        "| save x",
    ),
    *(
        " `reload`",
        " $(reload)",
        " ${x}",
        " %s",
        " \\n reload",
        " \\",
        ' "',
        " '",
        " ?",
        "?",
        "\t",
        "\treload",
        " \t",
        "\x7f",
    ),
    *(
        "\n",
        "\r",
        "\r\n",
        " ",
        "  ",
        "\n\n",
        "\nend",
        "\nexit",
        "\ny",
        "\nconfigure terminal\nhostname x\nend\nwrite memory",
    ),
)
"""What may not follow a command that reads."""

HEADS = (
    "do ",
    "run ",
    "sudo ",
    "no ",
    "default ",
    "\n",
    "\r",
    "\t",
    " ",
    "reload\n",
    "configure\n",
    "reload;",
    "!",
    "\x15",
    "\x03",
    "|",
)
"""What may not stand before one."""
