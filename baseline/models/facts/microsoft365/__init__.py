"""Facts of a tenant's Entra ID, Intune and Microsoft 365."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section
from baseline.models.facts.inventory import InventoryMachine
from baseline.models.facts.microsoft365.applications import Applications, CredentialPolicy
from baseline.models.facts.microsoft365.conditional_access import ConditionalAccess, SecurityDefaults
from baseline.models.facts.microsoft365.devices import (
    AppProtection,
    Compliance,
    EnrolmentRestriction,
    ManagedDevice,
    ManagementSettings,
    SecurityPolicy,
    UpdateRing,
)
from baseline.models.facts.microsoft365.directory import (
    Authorization,
    ConsentRequests,
    CrossTenantDefaults,
    DeviceRegistration,
    Domain,
    Guest,
    MailDomain,
    Synchronisation,
)
from baseline.models.facts.microsoft365.reviews import AccessReview
from baseline.models.facts.microsoft365.roles import Roles
from baseline.models.facts.microsoft365.sign_in import (
    AuthenticationMethods,
    PasswordProtection,
    Registration,
    RiskyUser,
)
from baseline.models.facts.microsoft365.workloads import Audit, Reports, SecureScore, SecurityAlert, Sharing


class Microsoft365Tenant(Section, frozen=True, kw_only=True):
    """Who was asked."""

    name: Annotated[Fact[str], About("id of the tenant, as the cloud tells it")] = NOT_COLLECTED


class Microsoft365Facts(Section, frozen=True, kw_only=True):
    """Everything known of a tenant's Entra ID, Intune and Microsoft 365. People are counted, or named by object id."""

    tenant: Annotated[Microsoft365Tenant, About("the tenant itself")] = Microsoft365Tenant()
    security_defaults: Annotated[SecurityDefaults, About("Microsoft's own minimum")] = SecurityDefaults()
    conditional_access: Annotated[ConditionalAccess, About("conditional access")] = ConditionalAccess()
    roles: Annotated[Roles, About("directory roles that are privileged")] = Roles()
    registration: Annotated[Registration, About("who can show a second factor")] = Registration()
    authentication_methods: Annotated[AuthenticationMethods, About("how users may sign in")] = AuthenticationMethods()
    password_protection: Annotated[PasswordProtection, About("banned passwords and lockout")] = PasswordProtection()
    risky_users: Annotated[Fact[list[RiskyUser]], About("users at risk whom nobody has looked at")] = NOT_COLLECTED
    authorization: Annotated[Authorization, About("what ordinary users and guests may do")] = Authorization()
    consent_requests: Annotated[ConsentRequests, About("how users ask for applications")] = ConsentRequests()
    cross_tenant: Annotated[CrossTenantDefaults, About("access between tenants, by default")] = CrossTenantDefaults()
    device_registration: Annotated[DeviceRegistration, About("joining and registering devices")] = DeviceRegistration()
    guests: Annotated[Fact[list[Guest]], About("guests")] = NOT_COLLECTED
    domains: Annotated[Fact[list[Domain]], About("verified domains")] = NOT_COLLECTED
    mail_domains: Annotated[Fact[list[MailDomain]], About("what DNS says of domains that carry mail")] = NOT_COLLECTED
    synchronisation: Annotated[Synchronisation, About("an on-premises directory")] = Synchronisation()
    applications: Annotated[Applications, About("applications")] = Applications()
    credential_policy: Annotated[CredentialPolicy, About("rules for credentials of applications")] = CredentialPolicy()
    access_reviews: Annotated[Fact[list[AccessReview]], About("recurring reviews of access")] = NOT_COLLECTED
    compliance: Annotated[Compliance, About("Intune: what makes a device compliant")] = Compliance()
    management: Annotated[ManagementSettings, About("Intune: settings for the whole tenant")] = ManagementSettings()
    devices: Annotated[Fact[list[ManagedDevice]], About("Intune: managed devices")] = NOT_COLLECTED
    inventory_machines: Annotated[
        Fact[list[InventoryMachine]], About("targets of the inventory that say they are in this tenant")
    ] = NOT_COLLECTED
    enrolment: Annotated[Fact[list[EnrolmentRestriction]], About("Intune: which devices may be enrolled")] = (
        NOT_COLLECTED
    )
    update_rings: Annotated[Fact[list[UpdateRing]], About("Intune: update rings of Windows")] = NOT_COLLECTED
    security_policies: Annotated[
        Fact[list[SecurityPolicy]], About("Intune: endpoint security policies and baselines")
    ] = NOT_COLLECTED
    app_protection: Annotated[Fact[list[AppProtection]], About("Intune: app protection policies")] = NOT_COLLECTED
    sharing: Annotated[Sharing, About("SharePoint and OneDrive")] = Sharing()
    audit: Annotated[Audit, About("audit logs")] = Audit()
    secure_score: Annotated[SecureScore, About("Microsoft's own score")] = SecureScore()
    alerts: Annotated[Fact[list[SecurityAlert]], About("alerts that are not resolved")] = NOT_COLLECTED
    reports: Annotated[Reports, About("usage reports")] = Reports()
