"""Every part of the facts of a tenant."""

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.applications import (
    read_applications,
    read_credential_policy,
    read_delegated,
    read_permissions,
)
from baseline.collectors.cloud.microsoft365.compliance import read_compliance, read_management
from baseline.collectors.cloud.microsoft365.conditional_access import (
    read_locations,
    read_policies,
    read_security_defaults,
)
from baseline.collectors.cloud.microsoft365.coverage import COVERAGE, reading
from baseline.collectors.cloud.microsoft365.device_policies import (
    read_app_protection,
    read_security_policies,
    read_update_rings,
)
from baseline.collectors.cloud.microsoft365.devices import read_devices, read_enrolment, read_expected
from baseline.collectors.cloud.microsoft365.directory import (
    read_authorization,
    read_consent_requests,
    read_cross_tenant,
    read_device_registration,
    read_guests,
)
from baseline.collectors.cloud.microsoft365.domains import (
    read_domains,
    read_password_hashes,
    read_synchronisation_age,
    read_synchronised,
    read_tenant,
)
from baseline.collectors.cloud.microsoft365.mail_domains import look_up_mail, read_mail_domains
from baseline.collectors.cloud.microsoft365.part import Part
from baseline.collectors.cloud.microsoft365.reviews import read_reviews
from baseline.collectors.cloud.microsoft365.role_settings import read_settings
from baseline.collectors.cloud.microsoft365.roles import (
    ask_about_holders,
    ask_about_members,
    group_members,
    read_assignments,
    read_global_administrators,
    read_people,
    read_principals,
    users_named,
)
from baseline.collectors.cloud.microsoft365.sign_in_methods import (
    read_methods,
    read_password_protection,
    read_registration,
    read_risky_users,
)
from baseline.collectors.cloud.microsoft365.workloads import (
    read_alerts,
    read_audit,
    read_reports,
    read_secure_score,
    read_sharing,
)

_HOLDERS = (requests.ASSIGNMENTS, requests.ELIGIBILITY)
_MEMBERS = group_members("{id}")

PARTS: tuple[Part, ...] = (
    Part(fact="tenant", requests=(requests.ORGANISATION,), read=read_tenant),
    Part(fact="security_defaults", requests=(requests.SECURITY_DEFAULTS,), read=read_security_defaults),
    Part(fact="conditional_access.policies", requests=(requests.POLICIES,), read=read_policies),
    *(
        Part(fact=f"conditional_access.{field}", requests=(requests.POLICIES,), read=reading(field))
        for field in COVERAGE
    ),
    Part(fact="conditional_access.locations", requests=(requests.LOCATIONS,), read=read_locations),
    Part(
        fact="roles.assignments",
        requests=(requests.ASSIGNMENT_INSTANCES, requests.ASSIGNMENTS),
        read=read_assignments,
    ),
    Part(
        fact="roles.people",
        requests=_HOLDERS,
        read=read_people,
        deepen=ask_about_holders,
        followed=(_MEMBERS, users_named(("{id}",))),
    ),
    Part(
        fact="roles.principals",
        requests=_HOLDERS,
        read=read_principals,
        deepen=ask_about_members,
        followed=(_MEMBERS,),
    ),
    Part(
        fact="roles.global_administrators",
        requests=_HOLDERS,
        read=read_global_administrators,
        deepen=ask_about_members,
        followed=(_MEMBERS,),
    ),
    Part(fact="roles.settings", requests=(requests.ROLE_SETTINGS,), read=read_settings),
    Part(fact="registration", requests=(requests.REGISTRATION,), read=read_registration),
    Part(fact="authentication_methods", requests=(requests.METHODS,), read=read_methods),
    Part(fact="password_protection", requests=(requests.DIRECTORY_SETTINGS,), read=read_password_protection),
    Part(fact="risky_users", requests=(requests.RISKY_USERS,), read=read_risky_users),
    Part(fact="authorization", requests=(requests.AUTHORIZATION,), read=read_authorization),
    Part(fact="consent_requests", requests=(requests.CONSENT_REQUESTS,), read=read_consent_requests),
    Part(fact="cross_tenant", requests=(requests.CROSS_TENANT,), read=read_cross_tenant),
    Part(fact="device_registration", requests=(requests.DEVICE_REGISTRATION,), read=read_device_registration),
    Part(fact="guests", requests=(requests.GUESTS,), read=read_guests),
    Part(fact="domains", requests=(requests.DOMAINS,), read=read_domains),
    Part(fact="mail_domains", requests=(requests.DOMAINS,), read=read_mail_domains, deepen=look_up_mail),
    Part(fact="synchronisation.enabled", requests=(requests.ORGANISATION,), read=read_synchronised),
    Part(fact="synchronisation.age_hours", requests=(requests.ORGANISATION,), read=read_synchronisation_age),
    Part(
        fact="synchronisation.password_hashes",
        requests=(requests.ORGANISATION, requests.SYNCHRONISATION),
        read=read_password_hashes,
    ),
    Part(fact="applications.registered", requests=(requests.APPLICATIONS,), read=read_applications),
    Part(
        fact="applications.permissions",
        requests=(requests.GRAPH_ROLES, requests.GRAPH_GRANTS),
        read=read_permissions,
    ),
    Part(fact="applications.delegated", requests=(requests.DELEGATED_GRANTS,), read=read_delegated),
    Part(fact="credential_policy", requests=(requests.CREDENTIAL_POLICY,), read=read_credential_policy),
    Part(fact="access_reviews", requests=(requests.ACCESS_REVIEWS,), read=read_reviews),
    Part(fact="compliance", requests=(requests.COMPLIANCE,), read=read_compliance),
    Part(fact="management", requests=(requests.MANAGEMENT,), read=read_management),
    Part(fact="devices", requests=(requests.DEVICES,), read=read_devices),
    Part(fact="inventory_machines", requests=(requests.DEVICES,), read=read_expected),
    Part(fact="enrolment", requests=(requests.ENROLMENT,), read=read_enrolment),
    Part(fact="update_rings", requests=(requests.CONFIGURATIONS,), read=read_update_rings),
    Part(fact="security_policies", requests=(requests.SECURITY_POLICIES,), read=read_security_policies),
    Part(fact="app_protection", requests=(requests.IOS_APPS, requests.ANDROID_APPS), read=read_app_protection),
    Part(fact="sharing", requests=(requests.SHARING,), read=read_sharing),
    Part(fact="audit", requests=(requests.SECURE_SCORES, requests.SCORE_PROFILES), read=read_audit),
    Part(fact="secure_score", requests=(requests.SECURE_SCORES,), read=read_secure_score),
    Part(fact="alerts", requests=(requests.ALERTS,), read=read_alerts),
    Part(fact="reports", requests=(requests.REPORTS,), read=read_reports),
)
