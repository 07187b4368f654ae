"""Facts of a workplace: file sharing, logins and what administrators must do to get their rights.

A fact is what counts on the machine, whichever policy or local setting it came from. None: nothing is set, and what
Windows then does depends on more than an image shows.
"""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class WorkplaceSmb(Section, frozen=True, kw_only=True):
    """File sharing: the SMB server and client."""

    server_version_1: Annotated[Fact[bool | None], About("the file server speaks SMB 1")] = NOT_COLLECTED
    client_version_1_driver: Annotated[
        Fact[Literal["boot", "system", "automatic", "manual", "disabled", "absent"]],
        About("how the driver of the SMB 1 client starts"),
    ] = NOT_COLLECTED
    server_signing_required: Annotated[
        Fact[bool | None], About("the SMB server demands that every message is signed")
    ] = NOT_COLLECTED
    client_signing_required: Annotated[
        Fact[bool | None], About("the SMB client demands that every message is signed")
    ] = NOT_COLLECTED
    client_plain_text_passwords: Annotated[
        Fact[bool], About("the SMB client sends passwords in clear text to servers that ask for it")
    ] = NOT_COLLECTED
    guest_logon: Annotated[Fact[bool | None], About("the SMB client logs on as guest where a server allows that")] = (
        NOT_COLLECTED
    )
    server_minimum_version: Annotated[
        Fact[Literal["2.0.2", "2.1.0", "3.0.0", "3.0.2", "3.1.1"] | None],
        About("the oldest SMB version that the server accepts"),
    ] = NOT_COLLECTED
    client_minimum_version: Annotated[
        Fact[Literal["2.0.2", "2.1.0", "3.0.0", "3.0.2", "3.1.1"] | None],
        About("the oldest SMB version that the client accepts"),
    ] = NOT_COLLECTED
    server_login_delay: Annotated[Fact[bool | None], About("the file server slows down guessing of passwords")] = (
        NOT_COLLECTED
    )


class WorkplaceAuthentication(Section, frozen=True, kw_only=True):
    """How logins are proved and what is kept of them."""

    lan_manager_level: Annotated[
        Fact[int], About("LmCompatibilityLevel: 5 sends NTLMv2 only and refuses LM and NTLM")
    ] = NOT_COLLECTED
    lan_manager_hash_refused: Annotated[Fact[bool], About("no LM hash of a password is stored at its next change")] = (
        NOT_COLLECTED
    )
    lsass_protected: Annotated[
        Fact[Literal["off", "locked", "unlocked"] | None],
        About("RunAsPPL: the process that holds credentials is protected, 1 with and 2 without a UEFI lock"),
    ] = NOT_COLLECTED
    blank_passwords_console_only: Annotated[
        Fact[bool], About("accounts without a password work at the keyboard only")
    ] = NOT_COLLECTED
    anonymous_listing_refused: Annotated[Fact[bool], About("anonymous users cannot list accounts and shares")] = (
        NOT_COLLECTED
    )
    anonymous_accounts_refused: Annotated[Fact[bool], About("anonymous users cannot list accounts of the SAM")] = (
        NOT_COLLECTED
    )
    remote_account_queries: Annotated[
        Fact[str | None], About("who may query local accounts over the network, as a security descriptor")
    ] = NOT_COLLECTED
    ntlm_client_security: Annotated[
        Fact[int], About("NTLMMinClientSec: 537395200 asks NTLMv2 session security and 128 bits")
    ] = NOT_COLLECTED
    ntlm_server_security: Annotated[
        Fact[int], About("NTLMMinServerSec: 537395200 asks NTLMv2 session security and 128 bits")
    ] = NOT_COLLECTED
    null_session_fallback: Annotated[Fact[bool], About("the system itself falls back to a session without a name")] = (
        NOT_COLLECTED
    )
    wdigest_keeps_passwords: Annotated[Fact[bool], About("WDigest keeps passwords in clear text in memory")] = (
        NOT_COLLECTED
    )
    ldap_client_signing: Annotated[
        Fact[Literal["none", "negotiated", "required"]], About("how the LDAP client signs")
    ] = NOT_COLLECTED
    secure_channel_protected: Annotated[
        Fact[bool], About("the channel to the domain is always signed or encrypted")
    ] = NOT_COLLECTED
    secure_channel_strong_key: Annotated[Fact[bool], About("the channel to the domain uses a strong session key")] = (
        NOT_COLLECTED
    )
    remote_desktop_oracle: Annotated[
        Fact[Literal["force_updated", "mitigated", "vulnerable"]],
        About("CredSSP talks to peers that lack the patch of 2018"),
    ] = NOT_COLLECTED
    kerberos_encryption_types: Annotated[
        Fact[int | None], About("SupportedEncryptionTypes of Kerberos, as a number of bits")
    ] = NOT_COLLECTED
    fine_audit_policy: Annotated[
        Fact[bool | None], About("audit policy per subcategory goes before the old audit policy")
    ] = NOT_COLLECTED


class WorkplaceElevation(Section, frozen=True, kw_only=True):
    """User Account Control: how rights of administrators are asked for."""

    enabled: Annotated[Fact[bool], About("User Account Control is on")] = NOT_COLLECTED
    administrator_prompt: Annotated[
        Fact[
            Literal[
                "silent",
                "credentials_secure_desktop",
                "consent_secure_desktop",
                "credentials",
                "consent",
                "consent_other_programs",
            ]
        ],
        About("what an administrator must do to get full rights"),
    ] = NOT_COLLECTED
    user_prompt: Annotated[
        Fact[Literal["denied", "credentials_secure_desktop", "credentials"]],
        About("what happens when an ordinary user asks for full rights"),
    ] = NOT_COLLECTED
    built_in_administrator_asked: Annotated[Fact[bool], About("the built-in administrator is asked too")] = (
        NOT_COLLECTED
    )
    remote_local_full_rights: Annotated[Fact[bool], About("local accounts have full rights over the network")] = (
        NOT_COLLECTED
    )
    secure_desktop: Annotated[Fact[bool], About("elevation is asked on the secure desktop")] = NOT_COLLECTED
    sudo: Annotated[
        Fact[Literal["off", "new_window", "input_closed", "inline"] | None], About("how sudo for Windows works")
    ] = NOT_COLLECTED


class WorkplaceLogon(Section, frozen=True, kw_only=True):
    """How people log on, and when the screen locks."""

    automatic: Annotated[Fact[bool], About("Windows logs on by itself at start")] = NOT_COLLECTED
    inactivity_seconds: Annotated[
        Fact[int], About("the screen locks after this time without use; 0 is never", unit="seconds")
    ] = NOT_COLLECTED
    smart_card_removal: Annotated[
        Fact[Literal["nothing", "lock", "log_off", "disconnect"]],
        About("what happens when the smart card is taken out"),
    ] = NOT_COLLECTED
    last_user_hidden: Annotated[Fact[bool], About("the logon screen does not name who was last")] = NOT_COLLECTED
    cached_logons: Annotated[Fact[int], About("domain logons whose proof is kept on the disk")] = NOT_COLLECTED
    microsoft_accounts: Annotated[
        Fact[Literal["allowed", "not_added", "blocked"]], About("whether personal Microsoft accounts may be added")
    ] = NOT_COLLECTED
    convenience_pin: Annotated[Fact[bool], About("domain users may log on with a convenience PIN")] = NOT_COLLECTED
    network_choice_on_lock_screen: Annotated[Fact[bool], About("the lock screen lets anyone choose a network")] = (
        NOT_COLLECTED
    )
    lock_screen_notifications: Annotated[Fact[bool], About("notifications of apps show on the lock screen")] = (
        NOT_COLLECTED
    )
    lock_screen_camera: Annotated[Fact[bool], About("the camera can be used on the lock screen")] = NOT_COLLECTED


class WorkplaceAdministratorPassword(Section, frozen=True, kw_only=True):
    """Windows LAPS: the password of the local administrator."""

    backup: Annotated[
        Fact[Literal["nowhere", "entra", "active_directory"]],
        About("where the password of the local administrator is kept"),
    ] = NOT_COLLECTED
    length: Annotated[Fact[int], About("characters of a managed password", unit="characters")] = NOT_COLLECTED
    age_days: Annotated[Fact[int], About("a managed password is replaced after this time", unit="days")] = NOT_COLLECTED
