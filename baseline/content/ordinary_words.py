"""Words of configurations that can also be the name of an account, and how a name is told from such a word."""

ORDINARY_WORDS = frozenset(
    """
    access account accounting accounts action active address admin-state after agent alias allow allowed always and any
    archive area arp as audit authentication authorization auto banner before bgp bind boot bridge broadcast by cert
    certificate change channel class clear client clock cluster command commit community config configuration configure
    connect console context control copy core cos critical crypto data database date debug default delay delete deny
    description destination detail device dhcp dir direct disable disabled discard display dns domain down drop dynamic edit
    enable enabled encryption end entry error established event exec exit export external facility fail failed false file
    filter firewall first flash flow force forward forwarding from full gateway global group groups guard hello high history
    host hostname hosts hour http https icmp id idle if ignore import in inactive info inside install instance interface
    interfaces internal internet ip ipv4 ipv6 is is-active issuer join keep key keys l2 l3 label last layer lease level
    lifetime limit line lines link list listen load local location lock log logging login loopback low lsa mac main maintenance
    management map mark master match max maximum medium member members memory message method min minimum minute mirror mode
    model module mtu multicast name names native nat neighbor neighbour net netmask network never new next no node none normal
    not notice notification ntp null object observed off on open option options or order ospf other out output outside owner
    packet parameter parent pass passed password path peer permit ping platform policy pool port ports power primary print
    priority private privilege process profile protocol proxy public queue radius range rate read ready reason redirect
    redundancy reject reload remark remote remove request required reset restrict result results retry rip role roles route
    router routing rule rules run running save scheduler scope script secondary secret security send sequence serial server
    servers session set severity shutdown site size snmp snooping software source spanning speed ssh ssl stack standard
    standby start startup state static stats status stop storage subject subnet subject-name summary switch switchport sync
    syslog tacacs tag target targets tcp telnet template term terminal tftp threshold time timeout timestamp timezone tls to
    token top trace track traffic transport trap true trunk trust tunnel type udp unit unknown up update uptime url use username
    value values version virtual virtual-router vlan vlans voice vpn vrf vrrp vty wait warning web weekly window with write yes
    zone
    """.split()  # noqa: SIM905 - a list of one word a line would be longer than any module
)
"""Replaced everywhere, such a name would make a configuration unreadable: it is replaced only after what says that a name follows."""

BEFORE_A_NAME = (
    r"(?:user|username|user-name|local-user|login|login user|owner|by|changed by|account|member|members|edit|name|subject"
    r"|allowusers|denyusers|/home)"
)
"""Words that platforms write before the name of an account; JSON and XML have them as the name of a field."""

BETWEEN = r"[\"']{0,2}[ \t]{0,4}[:=/]?[ \t]{0,4}[\"']?"
LINE_OF_ACCOUNTS = r"(?m:^)(?P<passwd>NAMES)(?=:[^:\n]{0,200}:\d{1,10}:)"
"""passwd(5): the name of the account is what a line begins with."""
