"""Everything that may be asked of Microsoft Graph, and which permission each takes."""

from baseline.collectors.cloud.microsoft365.request import Request

ORGANISATION = Request(
    path="/organization?$select=id,onPremisesSyncEnabled,onPremisesLastSyncDateTime",
    scope="Organization.Read.All",
    why="which tenant this is, and whether users are synchronised",
)
SECURITY_DEFAULTS = Request(
    path="/policies/identitySecurityDefaultsEnforcementPolicy",
    scope="Policy.Read.All",
    why="whether security defaults stand in for conditional access",
    single=True,
)
POLICIES = Request(
    path="/identity/conditionalAccess/policies",
    scope="Policy.Read.All",
    why="what conditional access demands, of whom, and whom it leaves out",
)
LOCATIONS = Request(
    path="/identity/conditionalAccess/namedLocations",
    scope="Policy.Read.All",
    why="which networks conditional access trusts",
)
ASSIGNMENTS = Request(
    path="/roleManagement/directory/roleAssignments?$expand=principal",
    scope="RoleManagement.Read.Directory",
    why="who holds privileged roles",
)
ASSIGNMENT_INSTANCES = Request(
    path="/roleManagement/directory/roleAssignmentScheduleInstances",
    scope="RoleManagement.Read.Directory",
    why="which privileged roles are held without end",
)
ELIGIBILITY = Request(
    path="/roleManagement/directory/roleEligibilityScheduleInstances?$expand=principal",
    scope="RoleManagement.Read.Directory",
    why="who may activate privileged roles",
)
ROLE_SETTINGS = Request(
    path="/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'"
    "&$expand=policy($expand=rules)",
    scope="RoleManagement.Read.Directory",
    why="what activating a privileged role demands",
)
REGISTRATION = Request(
    path="/reports/authenticationMethods/userRegistrationDetails?$top=999",
    scope="AuditLog.Read.All",
    why="who can show a second factor",
)
METHODS = Request(
    path="/policies/authenticationMethodsPolicy",
    scope="Policy.Read.AuthenticationMethod",
    why="with what users may sign in",
    single=True,
)
DIRECTORY_SETTINGS = Request(
    path="/groupSettings", scope="GroupSettings.Read.All", why="banned passwords and lockout of accounts"
)
RISKY_USERS = Request(
    path="/identityProtection/riskyUsers?$filter=riskState eq 'atRisk'"
    "&$select=id,riskLevel,riskState,riskLastUpdatedDateTime",
    scope="IdentityRiskyUser.Read.All",
    why="which users at risk nobody has looked at",
)
AUTHORIZATION = Request(
    path="/policies/authorizationPolicy",
    scope="Policy.Read.All",
    why="what ordinary users and guests may do",
    single=True,
)
CONSENT_REQUESTS = Request(
    path="/policies/adminConsentRequestPolicy",
    scope="Policy.Read.All",
    why="whether users can ask for an application",
    single=True,
)
CROSS_TENANT = Request(
    path="/policies/crossTenantAccessPolicy/default",
    scope="Policy.Read.All",
    why="what other tenants may do by default",
    single=True,
)
DEVICE_REGISTRATION = Request(
    path="/policies/deviceRegistrationPolicy",
    scope="Policy.Read.DeviceConfiguration",
    why="who may join devices, and who is administrator on them",
    single=True,
)
GUESTS = Request(
    path="/users?$filter=userType eq 'Guest'"
    "&$select=id,accountEnabled,createdDateTime,externalUserState,signInActivity&$top=500",
    scope="User.Read.All and AuditLog.Read.All",
    why="which guests no longer sign in",
)
DOMAINS = Request(
    path="/domains?$select=id,isVerified,authenticationType,passwordValidityPeriodInDays,supportedServices",
    scope="Domain.Read.All",
    why="how users of each domain sign in, and which domains carry mail",
)
SYNCHRONISATION = Request(
    path="/directory/onPremisesSynchronization?$select=id,features",
    scope="OnPremDirectorySynchronization.Read.All",
    why="whether password hashes are synchronised",
)
APPLICATIONS = Request(
    path="/applications?$select=id,appId,displayName,signInAudience,passwordCredentials,keyCredentials"
    "&$expand=owners($select=id)&$top=999",
    scope="Application.Read.All",
    why="owners and credentials of applications",
)
GRAPH_ROLES = Request(
    path="/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?$select=id,appRoles",
    scope="Application.Read.All",
    why="names of the application permissions on Microsoft Graph",
    single=True,
)
GRAPH_GRANTS = Request(
    path="/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')/appRoleAssignedTo?$top=999",
    scope="Application.Read.All",
    why="which applications have permissions on Microsoft Graph",
)
DELEGATED_GRANTS = Request(
    path="/oauth2PermissionGrants?$filter=consentType eq 'AllPrincipals'&$top=999",
    scope="DelegatedPermissionGrant.Read.All",
    why="what applications may do for every user",
)
CREDENTIAL_POLICY = Request(
    path="/policies/defaultAppManagementPolicy",
    scope="Policy.Read.ApplicationConfiguration",
    why="rules for credentials of applications",
    single=True,
)
ACCESS_REVIEWS = Request(
    path="/identityGovernance/accessReviews/definitions?$top=100",
    scope="AccessReview.Read.All",
    why="which access is reviewed, and how often",
)
COMPLIANCE = Request(
    path="/deviceManagement/deviceCompliancePolicies"
    "?$expand=assignments,scheduledActionsForRule($expand=scheduledActionConfigurations)",
    scope="DeviceManagementConfiguration.Read.All",
    why="what makes a device compliant",
    version="beta",
)
MANAGEMENT = Request(
    path="/deviceManagement?$select=settings",
    scope="DeviceManagementConfiguration.Read.All",
    why="what a device without a policy counts as",
    single=True,
)
DEVICES = Request(
    path="/deviceManagement/managedDevices?$select=id,operatingSystem,osVersion,complianceState,isEncrypted,"
    "lastSyncDateTime,managedDeviceOwnerType,azureADDeviceId,deviceName&$top=999",
    scope="DeviceManagementManagedDevices.Read.All",
    why="which devices are compliant, encrypted and heard of, and in the inventory",
)
ENROLMENT = Request(
    path="/deviceManagement/deviceEnrollmentConfigurations?$expand=assignments",
    scope="DeviceManagementServiceConfig.Read.All",
    why="which devices may be enrolled",
)
CONFIGURATIONS = Request(
    path="/deviceManagement/deviceConfigurations?$expand=assignments",
    scope="DeviceManagementConfiguration.Read.All",
    why="how soon Windows is updated",
)
SECURITY_POLICIES = Request(
    path="/deviceManagement/configurationPolicies?$expand=assignments"
    "&$select=id,name,templateReference,platforms,technologies",
    scope="DeviceManagementConfiguration.Read.All",
    why="which endpoint security policies devices get",
    version="beta",
)
IOS_APPS = Request(
    path="/deviceAppManagement/iosManagedAppProtections?$expand=assignments",
    scope="DeviceManagementApps.Read.All",
    why="how work data is protected on iPhones and iPads",
)
ANDROID_APPS = Request(
    path="/deviceAppManagement/androidManagedAppProtections?$expand=assignments",
    scope="DeviceManagementApps.Read.All",
    why="how work data is protected on Android",
)
SHARING = Request(
    path="/admin/sharepoint/settings",
    scope="SharePointTenantSettings.Read.All",
    why="with whom files and sites may be shared",
    single=True,
)
SECURE_SCORES = Request(
    path="/security/secureScores?$top=1",
    scope="SecurityEvents.Read.All",
    why="Microsoft's own score, and settings that Graph shows nowhere else: audit log and mailbox auditing",
)
SCORE_PROFILES = Request(
    path="/security/secureScoreControlProfiles?$select=id,maxScore,controlStateUpdates",
    scope="SecurityEvents.Read.All",
    why="which of those a person declared met, instead of Microsoft measuring it",
)
ALERTS = Request(
    path="/security/alerts_v2?$filter=status ne 'resolved'",
    scope="SecurityAlert.Read.All",
    why="which alerts nobody handled",
)
REPORTS = Request(
    path="/admin/reportSettings",
    scope="ReportSettings.Read.All",
    why="whether usage reports hide names",
    single=True,
)
