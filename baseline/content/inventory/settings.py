"""The inventory variables that baseline reads. Where Ansible has several names for one thing, the last that is set wins,
as in Ansible's own ssh connection plugin (ansible-core 2.19, ``plugins/connection/ssh.py``).
"""

PREFIX = "baseline_"

ADDRESS = ("ansible_host", "ansible_ssh_host", "ansible_psrp_host", "ansible_winrm_host")
PORT = ("ansible_port", "ansible_ssh_port", "ansible_psrp_port", "ansible_winrm_port")
USER = ("ansible_user", "ansible_ssh_user", "ansible_psrp_user", "ansible_winrm_user", "baseline_user")
KEY_FILE = ("ansible_private_key_file", "ansible_ssh_private_key_file")
SSH_ARGUMENTS = ("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args")

WINRM_PROTOCOL = ("ansible_psrp_protocol", "ansible_winrm_scheme")
WINRM_AUTHENTICATION = ("ansible_psrp_auth", "ansible_winrm_transport")
WINRM_VALIDATION = ("ansible_psrp_cert_validation", "ansible_winrm_server_cert_validation")
WINRM_AUTHORITY = ("ansible_psrp_ca_cert", "ansible_psrp_cert_trust_path", "ansible_winrm_ca_trust_path")

PASSWORD = (
    "ansible_password",
    "ansible_ssh_pass",
    "ansible_ssh_password",
    "ansible_psrp_password",
    "ansible_winrm_password",
    "ansible_winrm_pass",
    "baseline_password",
)
ENABLE = (
    "ansible_become_password",
    "ansible_become_pass",
    "ansible_sudo_pass",
    "ansible_enable_pass",
    "baseline_enable_password",
)
OTHER_SECRETS = ("ansible_private_key_passphrase", "ansible_ssh_private_key_passphrase")

SECRETS = (*PASSWORD, *ENABLE, *OTHER_SECRETS)
"""Variables that must never stand in plain text."""

AWS_SETTINGS = (
    "baseline_aws_account",
    "baseline_aws_endpoint",
    "baseline_aws_external_id",
    "baseline_aws_profile",
    "baseline_aws_regions",
    "baseline_aws_role",
)
MICROSOFT_SETTINGS = (
    "baseline_azure_resource_manager",
    "baseline_azure_subscriptions",
    "baseline_microsoft_authority",
    "baseline_microsoft_certificate",
    "baseline_microsoft_client",
    "baseline_microsoft_cloud",
    "baseline_microsoft_graph",
    "baseline_microsoft_resolver",
    "baseline_microsoft_sign_in",
    "baseline_microsoft_tenant",
)
OWN_SETTINGS = (
    *AWS_SETTINGS,
    *MICROSOFT_SETTINGS,
    "baseline_classification",
    "baseline_cloud_account",
    "baseline_cloud_id",
    "baseline_enable_command",
    "baseline_enable_environment",
    "baseline_exclude",
    "baseline_exposure",
    "baseline_image",
    "baseline_image_index",
    "baseline_known_hosts",
    "baseline_legacy_algorithms",
    "baseline_owner",
    "baseline_params",
    "baseline_parsers",
    "baseline_password_command",
    "baseline_password_environment",
    "baseline_platform",
    "baseline_remediate",
    "baseline_site",
    "baseline_tags",
    "baseline_transport",
    "baseline_user",
    "baseline_zone",
)
ANSIBLE_SETTINGS = (
    *ADDRESS,
    *PORT,
    *KEY_FILE,
    *SSH_ARGUMENTS,
    *WINRM_PROTOCOL,
    *WINRM_AUTHENTICATION,
    *WINRM_VALIDATION,
    *WINRM_AUTHORITY,
    "ansible_shell_type",
    "ansible_psrp_user",
    "ansible_winrm_user",
    "ansible_user",
    "ansible_ssh_user",
    "ansible_connection",
    "ansible_network_os",
    "ansible_become",
)
SETTINGS = (*ANSIBLE_SETTINGS, *OWN_SETTINGS)
OWN_NAMES = (*OWN_SETTINGS, "baseline_password", "baseline_enable_password")
"""Every ``baseline_`` variable there is."""
