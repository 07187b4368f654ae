"""Settings of an AWS account that a check looks at, each made as it should be or not, by the API of AWS."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.aws.proxy import Proxy
from tests.aws.simulator import ACCOUNT, REGION, Clients, reset

HIDDEN_BY = {"aws-buckets-private": "aws-account-buckets-closed"}
"""Check -> a setting of the account that makes it pass whatever the resource says."""


@dataclass
class Made:
    """What builders share: clients, the proxy with what moto lacks, and a VPC."""

    clients: Clients
    proxy: Proxy
    vpc: str
    subnets: list[str]


Builder = Callable[[Made, bool, str], str]
SETTINGS: dict[str, Builder] = {}
"""Check -> makes a resource with the setting right or wrong under a name, and gives the subject of the result."""


def sets(*checks: str):
    """This builder decides these checks."""

    def note(builder: Builder) -> Builder:
        SETTINGS.update(dict.fromkeys(checks, builder))
        return builder

    return note


def policy(*, public: bool, action: str, resource: str) -> str:
    principal = "*" if public else {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@sets("aws-root-mfa-on")
def root_mfa(made, good, _name):
    made.proxy.root["mfa_active"] = "true" if good else "false"
    return ""


@sets("aws-root-access-keys-absent")
def root_keys(made, good, _name):
    made.proxy.root["access_key_1_active"] = "false" if good else "true"
    return ""


@sets("aws-root-unused")
def root_use(made, good, _name):
    made.proxy.root["password_last_used"] = "2021-01-01T00:00:00+00:00" if good else "2099-01-01T00:00:00+00:00"
    return ""


@sets("aws-password-policy-long", "aws-password-policy-history")
def password_policy(made, good, _name):
    made.clients.iam.update_account_password_policy(
        MinimumPasswordLength=14 if good else 10, PasswordReusePrevention=24 if good else 3
    )
    return ""


@sets("aws-account-buckets-closed")
def account_block(made, good, _name):
    names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    block = dict.fromkeys(names, True) | {"RestrictPublicBuckets": good}
    made.proxy.account_block = block
    return ""


@sets("aws-contacts-security-registered")
def contact(made, good, _name):
    if good:
        made.clients.account.put_alternate_contact(
            AlternateContactType="SECURITY", Name="CSIRT", Title="CSIRT", EmailAddress="a@example.nl", PhoneNumber="1"
        )
    return ""


@sets("aws-roles-support-present")
def support(made, good, _name):
    role = "support" if good else "no-support"
    made.clients.iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust(f"arn:aws:iam::{ACCOUNT}:root"))
    if good:
        arn = "arn:aws:iam::aws:policy/AWSSupportAccess"
        made.clients.iam.attach_role_policy(RoleName=role, PolicyArn=arn)
    return ""


def trust(principal, condition=None) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    statement |= {"Condition": condition} if condition else {}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@sets("aws-roles-trust-limited")
def role_trust(made, good, name):
    document = trust("arn:aws:iam::111122223333:root" if good else "*")
    made.clients.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
    return name


@sets("aws-roles-trust-conditional")
def role_condition(made, good, name):
    condition = {"StringEquals": {"sts:ExternalId": "agreed"}} if good else None
    document = trust("arn:aws:iam::111122223333:root", condition)
    made.clients.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
    return name


@sets("aws-users-rights-from-groups")
def user_rights(made, good, name):
    made.clients.iam.create_user(UserName=name)
    if not good:
        made.clients.iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=rights("s3:GetObject"))
    return name


def rights(action: str) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@sets("aws-users-mfa-on")
def user_mfa(made, good, name):
    made.clients.iam.create_user(UserName=name)
    made.clients.iam.create_login_profile(UserName=name, Password="a-long-Password-1!")
    if good:
        serial = made.clients.iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
        made.clients.iam.enable_mfa_device(
            UserName=name,
            SerialNumber=serial["SerialNumber"],
            AuthenticationCode1="123456",
            AuthenticationCode2="654321",
        )
    return name


@sets("aws-access-keys-single")
def user_keys(made, good, name):
    made.clients.iam.create_user(UserName=name)
    for _ in range(1 if good else 2):
        made.clients.iam.create_access_key(UserName=name)
    return f"{name} key 1"


@sets("aws-policies-limited")
def own_policy(made, good, name):
    made.clients.iam.create_user(UserName=name)
    arn = made.clients.iam.create_policy(PolicyName=name, PolicyDocument=rights("s3:*" if good else "*"))["Policy"][
        "Arn"
    ]
    made.clients.iam.attach_user_policy(UserName=name, PolicyArn=arn)
    return name


def bucket(made, name, region=REGION):
    where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    made.clients.at(region).s3.create_bucket(Bucket=name, **where)
    return name


@sets("aws-buckets-closed-each")
def bucket_block(made, good, name):
    bucket(made, name)
    names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    block = dict.fromkeys(names, True) | {"RestrictPublicBuckets": good}
    made.clients.s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=block)
    return name


@sets("aws-buckets-private")
def bucket_acl(made, good, name):
    bucket(made, name)
    made.clients.s3.put_bucket_acl(Bucket=name, ACL="private" if good else "public-read")
    return name


@sets("aws-buckets-tls-required")
def bucket_tls(made, good, name):
    bucket(made, name)
    arn = f"arn:aws:s3:::{name}"
    condition = {"Bool": {"aws:SecureTransport": "false" if good else "true"}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [arn, f"{arn}/*"]}
    made.clients.s3.put_bucket_policy(
        Bucket=name,
        Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement | {"Condition": condition}]}),
    )
    return name


@sets("aws-buckets-encrypted")
def bucket_encryption(made, good, name):
    bucket(made, name)
    if good:
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
        made.clients.s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    else:
        made.clients.s3.delete_bucket_encryption(Bucket=name)
    return name


@sets("aws-buckets-versioned")
def bucket_versions(made, good, name):
    bucket(made, name)
    status = {"Status": "Enabled" if good else "Suspended"}
    made.clients.s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=status)
    return name


@sets("aws-buckets-regions-allowed")
def bucket_region(made, good, name):
    return bucket(made, name, REGION if good else "us-east-1")


@sets("aws-buckets-owner-named", "aws-buckets-classified")
def bucket_tags(made, good, name):
    bucket(made, name)
    tags = [{"Key": "Eigenaar", "Value": "team-data"}, {"Key": "BIV", "Value": "HHM"}]
    made.clients.s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags if good else [{"Key": "x", "Value": "y"}]})
    return name


def security_group(made, name):
    return made.clients.ec2.create_security_group(GroupName=name, Description=name, VpcId=made.vpc)["GroupId"]


def let_in(made, group, first, last, *, good, protocol="tcp"):
    network = "10.0.0.0/8" if good else "0.0.0.0/0"
    rule = {"IpProtocol": protocol, "FromPort": first, "ToPort": last, "IpRanges": [{"CidrIp": network}]}
    made.clients.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])


@sets("aws-security-groups-administration-closed")
def group_administration(made, good, name):
    group = security_group(made, name)
    let_in(made, group, 20, 25, good=good)
    return f"{REGION}/{group} {name}"


@sets("aws-security-groups-databases-closed")
def group_databases(made, good, name):
    group = security_group(made, name)
    let_in(made, group, 5432, 5432, good=good)
    return f"{REGION}/{group} {name}"


@sets("aws-security-groups-ports-named")
def group_everything(made, good, name):
    group = security_group(made, name)
    let_in(made, group, 0, 65535, good=good)
    return f"{REGION}/{group} {name}"


@sets("aws-network-access-lists-administration-closed")
def access_list(made, good, name):
    ec2 = made.clients.ec2
    found = ec2.create_network_acl(VpcId=made.vpc)["NetworkAcl"]["NetworkAclId"]
    subnet = ec2.create_subnet(VpcId=made.vpc, CidrBlock=next_network(made))["Subnet"]["SubnetId"]
    old = next(
        link["NetworkAclAssociationId"]
        for each in ec2.describe_network_acls()["NetworkAcls"]
        for link in each["Associations"]
        if link["SubnetId"] == subnet
    )
    ec2.replace_network_acl_association(AssociationId=old, NetworkAclId=found)
    ec2.create_network_acl_entry(
        NetworkAclId=found,
        RuleNumber=100,
        Protocol="6",
        RuleAction="allow",
        Egress=False,
        CidrBlock="10.0.0.0/8" if good else "0.0.0.0/0",
        PortRange={"From": 3389, "To": 3389},
    )
    return f"{REGION}/{found}"


def next_network(made) -> str:
    made.subnets.append("one more")
    return f"172.31.{100 + len(made.subnets)}.0/24"


@sets("aws-vpcs-flow-logged")
def flow_log(made, good, name):
    ec2 = made.clients.ec2
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    made.clients.s3.create_bucket(Bucket=f"{name}-flows", CreateBucketConfiguration={"LocationConstraint": REGION})
    ec2.create_flow_logs(
        ResourceType="VPC",
        ResourceIds=[vpc],
        TrafficType="REJECT" if good else "ACCEPT",
        LogDestinationType="s3",
        LogDestination=f"arn:aws:s3:::{name}-flows",
    )
    return f"{REGION}/{vpc}"


@sets("aws-subnets-addresses-private")
def subnet(made, good, _name):
    ec2 = made.clients.ec2
    found = ec2.create_subnet(VpcId=made.vpc, CidrBlock=next_network(made))["Subnet"]["SubnetId"]
    ec2.modify_subnet_attribute(SubnetId=found, MapPublicIpOnLaunch={"Value": not good})
    return f"{REGION}/{found}"


def instance(made, **more):
    given = {"ImageId": "ami-12c6146b", "MinCount": 1, "MaxCount": 1} | more
    return made.clients.ec2.run_instances(**given)["Instances"][0]["InstanceId"]


@sets("aws-instances-metadata-protected")
def instance_metadata(made, good, _name):
    found = instance(made, MetadataOptions={"HttpTokens": "required" if good else "optional"})
    return f"{REGION}/{found}"


@sets("aws-instances-owner-named")
def instance_tags(made, good, _name):
    tags = [{"Key": "owner" if good else "colour", "Value": "team-web"}]
    return f"{REGION}/{instance(made, TagSpecifications=[{'ResourceType': 'instance', 'Tags': tags}])}"


@sets("aws-volumes-encrypted")
def volume(made, good, _name):
    found = made.clients.ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=1, Encrypted=good)
    return f"{REGION}/{found['VolumeId']}"


@sets("aws-snapshots-encrypted", "aws-snapshots-private")
def snapshot(made, good, _name):
    disk = made.clients.ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=1, Encrypted=good)["VolumeId"]
    found = made.clients.ec2.create_snapshot(VolumeId=disk)["SnapshotId"]
    if not good:
        made.proxy.public_snapshots.add(found)
    return f"{REGION}/{found}"


@sets("aws-images-private")
def image(made, good, name):
    found = made.clients.ec2.create_image(InstanceId=instance(made), Name=name)["ImageId"]
    if not good:
        change = {"Add": [{"Group": "all"}]}
        made.clients.ec2.modify_image_attribute(ImageId=found, LaunchPermission=change)
    return f"{REGION}/{found}"


@sets("aws-regions-volumes-encrypted")
def region_volumes(made, good, _name):
    ec2 = made.clients.ec2
    (ec2.enable_ebs_encryption_by_default if good else ec2.disable_ebs_encryption_by_default)()
    return REGION


@sets("aws-regions-snapshots-sharing-blocked", "aws-regions-images-sharing-blocked")
def region_sharing(made, good, _name):
    made.proxy.states = {
        "snapshots": "block-new-sharing" if good else "unblocked",
        "images": "block-new-sharing" if good else "unblocked",
    }
    return REGION


@sets("aws-regions-access-analysed")
def region_analyzer(made, good, _name):
    made.proxy.analyzer = good
    return REGION


@sets("aws-regions-threats-detected")
def detector(made, good, _name):
    made.clients.guardduty.create_detector(Enable=good)
    return REGION


@sets("aws-regions-findings-gathered")
def hub(made, good, _name):
    if good:
        made.clients.securityhub.enable_security_hub()
    return REGION


@sets("aws-regions-configuration-recorded")
def recorder(made, good, name):
    made.clients.config.put_configuration_recorder(
        ConfigurationRecorder={
            "name": name,
            "roleARN": f"arn:aws:iam::{ACCOUNT}:role/config",
            "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": True},
        }
    )
    made.clients.config.put_delivery_channel(DeliveryChannel={"name": name, "s3BucketName": name})
    if good:
        made.clients.config.start_configuration_recorder(ConfigurationRecorderName=name)
    return REGION


@sets("aws-trails-validated", "aws-trails-delivered")
def trail(made, good, name):
    bucket(made, f"{name}-logs")
    made.clients.cloudtrail.create_trail(Name=name, S3BucketName=f"{name}-logs", EnableLogFileValidation=good)
    if good:
        made.clients.cloudtrail.start_logging(Name=name)
    return f"{REGION}/{name}"


@sets("aws-trails-every-region")
def trail_everywhere(made, good, name):
    bucket(made, f"{name}-logs")
    made.clients.cloudtrail.create_trail(Name=name, S3BucketName=f"{name}-logs", IsMultiRegionTrail=True)
    made.clients.cloudtrail.start_logging(Name=name)
    made.clients.cloudtrail.put_event_selectors(
        TrailName=name,
        EventSelectors=[{"ReadWriteType": "All" if good else "WriteOnly", "IncludeManagementEvents": True}],
    )
    return ""


@sets("aws-log-groups-kept")
def log_group(made, good, name):
    made.clients.logs.create_log_group(logGroupName=name)
    made.clients.logs.put_retention_policy(logGroupName=name, retentionInDays=400 if good else 30)
    return f"{REGION}/{name}"


@sets("aws-keys-rotated")
def key_rotation(made, good, _name):
    found = made.clients.kms.create_key()["KeyMetadata"]["KeyId"]
    if good:
        made.clients.kms.enable_key_rotation(KeyId=found)
    return f"{REGION}/{found}"


@sets("aws-keys-closed")
def key_policy(made, good, _name):
    found = made.clients.kms.create_key(Policy=policy(public=not good, action="kms:*", resource="*"))
    return f"{REGION}/{found['KeyMetadata']['KeyId']}"


@sets("aws-keys-kept")
def key_deletion(made, good, _name):
    found = made.clients.kms.create_key()["KeyMetadata"]["KeyId"]
    if not good:
        made.clients.kms.schedule_key_deletion(KeyId=found, PendingWindowInDays=7)
    return f"{REGION}/{found}"


DATABASE_CHECKS = (
    "aws-databases-private",
    "aws-databases-encrypted",
    "aws-databases-backed-up",
    "aws-databases-updated",
    "aws-databases-deletion-protected",
    "aws-databases-owner-named",
    "aws-databases-classified",
)


@sets(*DATABASE_CHECKS)
def database(made, good, name):
    made.clients.rds.create_db_instance(
        DBInstanceIdentifier=name,
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        MasterUsername="beheer",
        MasterUserPassword="hunter2-in-a-database",
        AllocatedStorage=20,
        PubliclyAccessible=not good,
        StorageEncrypted=good,
        BackupRetentionPeriod=7 if good else 1,
        DeletionProtection=good,
        AutoMinorVersionUpgrade=good,
        Tags=[{"Key": "owner", "Value": "team"}, {"Key": "classificatie", "Value": "hoog"}] if good else [],
    )
    return f"{REGION}/{name}"


@sets("aws-database-snapshots-encrypted", "aws-database-snapshots-private")
def database_snapshot(made, good, name):
    database(made, good, name)
    made.clients.rds.create_db_snapshot(DBSnapshotIdentifier=f"{name}-snapshot", DBInstanceIdentifier=name)
    if not good:
        made.clients.rds.modify_db_snapshot_attribute(
            DBSnapshotIdentifier=f"{name}-snapshot", AttributeName="restore", ValuesToAdd=["all"]
        )
    return f"{REGION}/{name}-snapshot"


CLUSTER_CHECKS = (
    "aws-databases-encrypted",
    "aws-databases-backed-up",
    "aws-databases-deletion-protected",
    "aws-databases-owner-named",
    "aws-databases-classified",
)
"""What a cluster decides as an instance does, besides the settings of its builder."""


@sets("aws-databases-logged", "aws-databases-iam-authenticated")
def database_cluster(made, good, name):
    """A cluster with an instance, and with a snapshot that somebody made."""
    made.clients.rds.create_db_cluster(
        DBClusterIdentifier=name,
        Engine="aurora-postgresql",
        MasterUsername="beheer",
        MasterUserPassword="hunter2-in-a-cluster",
        StorageEncrypted=good,
        BackupRetentionPeriod=7 if good else 1,
        DeletionProtection=good,
        EnableCloudwatchLogsExports=["postgresql"] if good else [],
        EnableIAMDatabaseAuthentication=good,
        Tags=[{"Key": "owner", "Value": "team"}, {"Key": "classificatie", "Value": "hoog"}] if good else [],
    )
    made.clients.rds.create_db_instance(
        DBInstanceIdentifier=f"{name}-instance",
        DBClusterIdentifier=name,
        DBInstanceClass="db.r6g.large",
        Engine="aurora-postgresql",
        PubliclyAccessible=not good,
        AutoMinorVersionUpgrade=good,
    )
    rds, snapshot = made.clients.rds, f"{name}-snapshot"
    rds.create_db_cluster_snapshot(DBClusterSnapshotIdentifier=snapshot, DBClusterIdentifier=name)
    if not good:
        rds.modify_db_cluster_snapshot_attribute(
            DBClusterSnapshotIdentifier=snapshot, AttributeName="restore", ValuesToAdd=["all"]
        )
    return f"{REGION}/cluster:{name}"


@sets("aws-tables-recoverable", "aws-tables-deletion-protected")
def table(made, good, name):
    made.clients.dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "a", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "a", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=good,
    )
    made.clients.dynamodb.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": good}
    )
    return f"{REGION}/{name}"


@sets("aws-warehouses-private", "aws-warehouses-encrypted")
def warehouse(made, good, name):
    made.clients.redshift.create_cluster(
        ClusterIdentifier=name,
        NodeType="ra3.large",
        MasterUsername="beheer",
        MasterUserPassword="Hunter2-in-a-warehouse",
        PubliclyAccessible=not good,
        Encrypted=good,
    )
    return f"{REGION}/{name}"


@sets("aws-caches-encrypted")
def cache(made, good, name):
    made.clients.elasticache.create_replication_group(
        ReplicationGroupId=name,
        ReplicationGroupDescription=name,
        Engine="redis",
        AtRestEncryptionEnabled=True,
        TransitEncryptionEnabled=good,
    )
    return f"{REGION}/{name}"


@sets("aws-search-domains-encrypted")
def search_domain(made, good, name):
    made.clients.opensearch.create_domain(
        DomainName=name[:28],
        EncryptionAtRestOptions={"Enabled": True},
        NodeToNodeEncryptionOptions={"Enabled": good},
        DomainEndpointOptions={"EnforceHTTPS": True},
    )
    return f"{REGION}/{name[:28]}"


@sets("aws-file-systems-encrypted")
def file_system(made, good, name):
    found = made.clients.efs.create_file_system(CreationToken=name, Encrypted=good)
    return f"{REGION}/{found['FileSystemId']}"


@sets("aws-repositories-scanned", "aws-repositories-immutable")
def repository(made, good, name):
    made.clients.ecr.create_repository(
        repositoryName=name,
        imageTagMutability="IMMUTABLE" if good else "MUTABLE",
        imageScanningConfiguration={"scanOnPush": good},
    )
    return f"{REGION}/{name}"


def function(made, name, runtime="python3.13", *, address=""):
    made.clients.iam.create_role(
        RoleName=f"{name}-role", AssumeRolePolicyDocument=trust(f"arn:aws:iam::{ACCOUNT}:root")
    )
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("f.py", "def h(a, b): pass")
    made.clients.lambda_.create_function(
        FunctionName=name,
        Runtime=runtime,
        Role=f"arn:aws:iam::{ACCOUNT}:role/{name}-role",
        Handler="f.h",
        Code={"ZipFile": code.getvalue()},
        Environment={"Variables": {"DATABASE_PASSWORD": "hunter2-in-a-function"}},
    )
    if address:
        made.clients.lambda_.create_function_url_config(FunctionName=name, AuthType=address)
    return f"{REGION}/{name}"


@sets("aws-functions-closed")
def function_policy(made, good, name):
    subject = function(made, name)
    more = {"SourceAccount": ACCOUNT} if good else {}
    principal = "s3.amazonaws.com" if good else "*"
    made.clients.lambda_.add_permission(
        FunctionName=name, StatementId="a", Action="lambda:InvokeFunction", Principal=principal, **more
    )
    return subject


@sets("aws-functions-runtime-supported")
def function_runtime(made, good, name):
    return function(made, name, "python3.13" if good else "python3.7")


@sets("aws-functions-address-authenticated")
def function_address(made, good, name):
    return function(made, name, address="AWS_IAM" if good else "NONE")


@sets("aws-topics-closed")
def topic_policy(made, good, name):
    arn = made.clients.sns.create_topic(Name=name)["TopicArn"]
    document = policy(public=not good, action="sns:Publish", resource=arn)
    made.clients.sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=document)
    return f"{REGION}/{name}"


@sets("aws-topics-encrypted")
def topic_encryption(made, good, name):
    made.clients.sns.create_topic(Name=name, Attributes={"KmsMasterKeyId": "alias/aws/sns"} if good else {})
    return f"{REGION}/{name}"


@sets("aws-queues-closed")
def queue_policy(made, good, name):
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
    document = policy(public=not good, action="sqs:SendMessage", resource=arn)
    made.clients.sqs.create_queue(QueueName=name, Attributes={"Policy": document})
    return f"{REGION}/{name}"


@sets("aws-queues-encrypted")
def queue_encryption(made, good, name):
    attributes = {"KmsMasterKeyId": "alias/aws/sqs"} if good else {"SqsManagedSseEnabled": "false"}
    made.clients.sqs.create_queue(QueueName=name, Attributes=attributes)
    return f"{REGION}/{name}"


@sets("aws-kubernetes-endpoint-limited", "aws-kubernetes-secrets-encrypted", "aws-kubernetes-logged")
def kubernetes(made, good, name):
    key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/a"
    made.clients.eks.create_cluster(
        name=name,
        roleArn=f"arn:aws:iam::{ACCOUNT}:role/eks",
        resourcesVpcConfig={"subnetIds": made.subnets[:2], "endpointPublicAccess": not good},
        encryptionConfig=[{"resources": ["secrets"], "provider": {"keyArn": key}}] if good else [],
        logging={"clusterLogging": [{"types": ["api", "audit", "authenticator"], "enabled": good}]},
    )
    return f"{REGION}/{name}"


@sets("aws-load-balancers-encrypted", "aws-load-balancers-logged", "aws-load-balancers-headers-valid")
def load_balancer(made, good, name):
    elb = made.clients.elbv2
    arn = elb.create_load_balancer(Name=name[:32], Subnets=made.subnets[:2])["LoadBalancers"][0]["LoadBalancerArn"]
    redirect = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "StatusCode": "HTTP_301"}}
    plain = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}
    elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[redirect if good else plain])
    bucket(made, f"{name}-logs")
    values = {
        "access_logs.s3.enabled": good,
        "access_logs.s3.bucket": f"{name}-logs",
        "routing.http.drop_invalid_header_fields.enabled": good,
    }
    attributes = [
        {"Key": key, "Value": str(value).lower() if value in (True, False) else value} for key, value in values.items()
    ]
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=attributes)
    return f"{REGION}/{name[:32]}"


@sets("aws-distributions-encrypted", "aws-distributions-tls-current", "aws-distributions-filtered")
def distribution(made, good, name):
    behaviour = {
        "TargetOriginId": "o",
        "ViewerProtocolPolicy": "redirect-to-https" if good else "allow-all",
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        "MinTTL": 0,
    }
    certificate = {
        "ACMCertificateArn": f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/a",
        "MinimumProtocolVersion": "TLSv1.2_2021" if good else "TLSv1",
        "SSLSupportMethod": "sni-only",
    }
    origin = {"Id": "o", "DomainName": "o.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    found = made.clients.cloudfront.create_distribution(
        DistributionConfig={
            "CallerReference": name,
            "Comment": name,
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": behaviour,
            "ViewerCertificate": certificate,
            "WebACLId": "arn:aws:wafv2:us-east-1:1:global/webacl/a/b" if good else "",
        }
    )["Distribution"]
    return f"{found['Id']} {found['DomainName']}"


def build(moto: str, proxy: Proxy, states: dict[Builder, bool]) -> dict[str, str]:
    """Check -> subject, in a new account with each setting as ``states`` says."""
    reset(moto)
    proxy.forget()
    clients = Clients(moto)
    vpc = clients.ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    subnets = [subnet["SubnetId"] for subnet in clients.ec2.describe_subnets()["Subnets"]]
    made = Made(clients, proxy, vpc, subnets)
    subjects = {
        builder: builder(made, state, f"thing-{number}") for number, (builder, state) in enumerate(states.items())
    }
    return {check: subjects[builder] for check, builder in SETTINGS.items()}


def expected(check: str, states: dict[Builder, bool]) -> str:
    """The verdict that a setting deserves."""
    met = states[SETTINGS[check]] or (check in HIDDEN_BY and states[SETTINGS[HIDDEN_BY[check]]])
    return "pass" if met else "fail"


def chosen(seed: int) -> dict[Builder, bool]:
    """Each setting right or wrong, by chance."""
    chance = random.Random(seed)
    return {builder: chance.random() < 0.5 for builder in dict.fromkeys(SETTINGS.values())}
