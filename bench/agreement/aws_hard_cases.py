"""Settings that scanners read differently: conditions in policies, IPv6, ranges, old TLS, what is shared."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.aws.proxy import Proxy
from tests.aws.settings import Made, bucket, function, next_network, rights
from tests.aws.simulator import ACCOUNT, REGION, Clients, reset

OTHER = "111122223333"

CONDITIONS: dict[str, dict[str, Any] | None] = {
    "anyone": None,
    "own-account": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
    "own-caller": {"StringEquals": {"kms:CallerAccount": ACCOUNT}},
    "own-organisation": {"StringEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}},
    "any-organisation": {"StringLike": {"aws:PrincipalOrgID": "*"}},
    "own-topic": {"ArnLike": {"aws:SourceArn": f"arn:aws:sns:{REGION}:{ACCOUNT}:zaken"}},
    "any-topic": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}},
    "office": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}},
    "everywhere": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
    "tls": {"Bool": {"aws:SecureTransport": "true"}},
    "not-own-account": {"StringNotEquals": {"aws:SourceAccount": OTHER}},
}
"""Conditions on a statement that lets everyone in."""

RULES: dict[str, dict[str, Any]] = {
    "ssh-ipv6": {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
    "ssh-half": {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/1"}]},
    "ssh-office": {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "192.0.2.0/24"}]},
    "ssh-udp": {"IpProtocol": "udp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "everything": {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "every-port": {"IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "every-port-but-0": {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 65535, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "range": {"IpProtocol": "tcp", "FromPort": 3000, "ToPort": 3400, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "mongo": {"IpProtocol": "tcp", "FromPort": 27018, "ToPort": 27018, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "kibana": {"IpProtocol": "tcp", "FromPort": 5601, "ToPort": 5601, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "oracle": {"IpProtocol": "tcp", "FromPort": 2483, "ToPort": 2483, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "browser": {"IpProtocol": "udp", "FromPort": 1434, "ToPort": 1434, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "cassandra": {"IpProtocol": "tcp", "FromPort": 9160, "ToPort": 9160, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "web": {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
    "icmp": {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
}

ENTRIES: dict[str, list[tuple[int, str, str, tuple[int, int] | None]]] = {
    "refused-first": [(10, "deny", "6", (3389, 3389)), (20, "allow", "6", (3000, 4000))],
    "refused-later": [(10, "allow", "6", (3000, 4000)), (20, "deny", "6", (3389, 3389))],
    "every-protocol": [(10, "allow", "-1", None)],
    "web-only": [(10, "allow", "6", (443, 443))],
}
"""Access lists: number, action, protocol, ports; from the whole Internet."""

POLICIES = {
    "admin": {"Action": "*", "Resource": "*"},
    "admin-service-wildcard": {"Action": "*:*", "Resource": "*"},
    "admin-list": {"Action": ["s3:GetObject", "*"], "Resource": ["arn:aws:s3:::a", "*"]},
    "not-action": {"NotAction": "iam:*", "Resource": "*"},
    "not-action-nothing": {"NotAction": "none:nothing", "Resource": "*"},
    "not-resource": {"Action": "*", "NotResource": "arn:aws:s3:::a"},
    "only-mfa": {"Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
    "reading": {"Action": ["s3:Get*"], "Resource": "*"},
}


def build_hard_cases(moto: str, proxy: Proxy) -> None:
    """A new account with all of them."""
    reset(moto)
    proxy.forget()
    clients = Clients(moto)
    vpc = clients.ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    made = Made(clients, proxy, vpc, [subnet["SubnetId"] for subnet in clients.ec2.describe_subnets()["Subnets"]])
    for part in (_buckets, _queues, _keys, _functions, _groups, _access_lists, _policies, _stores, _certificates):
        part(made)


def _statements(action: str, resource: str | list[str]) -> Iterator[tuple[str, str]]:
    base = {"Effect": "Allow", "Action": action, "Resource": resource}
    for name, condition in CONDITIONS.items():
        statement = {**base, "Principal": "*", **({"Condition": condition} if condition else {})}
        yield name, _document(statement)
    yield "other-account", _document({**base, "Principal": {"AWS": f"arn:aws:iam::{OTHER}:root"}})
    yield "anyone-listed", _document({**base, "Principal": {"AWS": ["*"]}})
    yield "all-but-one", _document({**base, "NotPrincipal": {"AWS": f"arn:aws:iam::{OTHER}:root"}})


def _document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def _buckets(made: Made) -> None:
    s3 = made.clients.s3
    for name, document in _statements("s3:GetObject", "arn:aws:s3:::bucket/*"):
        bucket(made, f"policy-{name}")
        s3.put_bucket_policy(Bucket=f"policy-{name}", Policy=document.replace("bucket/*", f"policy-{name}/*"))
    for acl in ("public-read-write", "authenticated-read"):
        s3.put_bucket_acl(Bucket=bucket(made, f"acl-{acl}"), ACL=acl)
    for name, resources, action, principal in (
        ("tls-objects-only", ["arn:aws:s3:::tls-objects-only/*"], "s3:*", "*"),
        ("tls-reading-only", ["arn:aws:s3:::tls-reading-only", "arn:aws:s3:::tls-reading-only/*"], "s3:GetObject", "*"),
        ("tls-one-account", ["arn:aws:s3:::tls-one-account", "arn:aws:s3:::tls-one-account/*"], "s3:*", {"AWS": OTHER}),
        ("tls-every-action", ["*"], "*", {"AWS": "*"}),
    ):
        denied = {"Effect": "Deny", "Principal": principal, "Action": action, "Resource": resources}
        denied["Condition"] = {"Bool": {"aws:SecureTransport": "false"}}
        s3.put_bucket_policy(Bucket=bucket(made, name), Policy=_document(denied))
    owner = s3.list_buckets()["Owner"]
    delivery = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}
    grants = [{"Grantee": delivery, "Permission": right} for right in ("WRITE", "READ_ACP")]
    s3.put_bucket_acl(Bucket=bucket(made, "logs"), AccessControlPolicy={"Grants": grants, "Owner": owner})
    log = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": ""}}
    s3.put_bucket_logging(Bucket=bucket(made, "logged"), BucketLoggingStatus=log)


def _queues(made: Made) -> None:
    for name, document in _statements("sqs:SendMessage", "*"):
        made.clients.sqs.create_queue(QueueName=f"queue-{name}", Attributes={"Policy": document})
    for name, document in _statements("sns:Publish", "*"):
        arn = made.clients.sns.create_topic(Name=f"topic-{name}")["TopicArn"]
        made.clients.sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=document)
    made.clients.sqs.create_queue(QueueName="queue-as-it-comes")


def _keys(made: Made) -> None:
    for name, document in _statements("kms:Decrypt", "*"):
        made.clients.kms.create_key(Policy=document, Description=name)
    disabled = made.clients.kms.create_key(Description="disabled")["KeyMetadata"]["KeyId"]
    made.clients.kms.disable_key(KeyId=disabled)
    made.clients.kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY", Description="asymmetric")


def _functions(made: Made) -> None:
    for name, more in {
        "public": {"Principal": "*"},
        "own": {"Principal": "*", "SourceAccount": ACCOUNT},
        "organisation": {"Principal": "*", "PrincipalOrgID": "o-abcdefghij"},
        "bucket": {"Principal": "s3.amazonaws.com", "SourceArn": "arn:aws:s3:::anything"},
        "service": {"Principal": "s3.amazonaws.com"},
        "other": {"Principal": OTHER},
    }.items():
        function(made, f"function-{name}")
        made.clients.lambda_.add_permission(
            FunctionName=f"function-{name}", StatementId="a", Action="lambda:InvokeFunction", **more
        )
    for runtime in ("nodejs18.x", "python3.9", "java21", "dotnet6", "provided.al2023"):
        function(made, f"runtime-{runtime.replace('.', '-')}", runtime)


def _groups(made: Made) -> None:
    for name, rule in RULES.items():
        group = made.clients.ec2.create_security_group(GroupName=name, Description=name, VpcId=made.vpc)["GroupId"]
        made.clients.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])


def _access_lists(made: Made) -> None:
    ec2 = made.clients.ec2
    for name, entries in ENTRIES.items():
        found = ec2.create_network_acl(VpcId=made.vpc)["NetworkAcl"]["NetworkAclId"]
        ec2.create_tags(Resources=[found], Tags=[{"Key": "Name", "Value": name}])
        subnet = ec2.create_subnet(VpcId=made.vpc, CidrBlock=next_network(made))["Subnet"]["SubnetId"]
        links = [link for each in ec2.describe_network_acls()["NetworkAcls"] for link in each["Associations"]]
        old = next(link["NetworkAclAssociationId"] for link in links if link["SubnetId"] == subnet)
        ec2.replace_network_acl_association(AssociationId=old, NetworkAclId=found)
        for number, action, protocol, ports in entries:
            more = {"PortRange": {"From": ports[0], "To": ports[1]}} if ports else {}
            ec2.create_network_acl_entry(
                NetworkAclId=found,
                RuleNumber=number,
                Protocol=protocol,
                RuleAction=action,
                Egress=False,
                CidrBlock="0.0.0.0/0",
                **more,
            )


def _policies(made: Made) -> None:
    iam = made.clients.iam
    for name, statement in POLICIES.items():
        document = _document({"Effect": "Allow", **statement})
        iam.create_user(UserName=f"user-{name}")
        iam.put_user_policy(UserName=f"user-{name}", PolicyName=f"own-{name}", PolicyDocument=document)
        arn = iam.create_policy(PolicyName=f"policy-{name}", PolicyDocument=document)["Policy"]["Arn"]
        iam.attach_user_policy(UserName=f"user-{name}", PolicyArn=arn)
    iam.create_policy(PolicyName="policy-unattached", PolicyDocument=rights("*"))
    iam.create_user(UserName="user-in-group")
    iam.create_group(GroupName="beheer")
    iam.add_user_to_group(GroupName="beheer", UserName="user-in-group")
    iam.update_account_password_policy(MinimumPasswordLength=20, PasswordReusePrevention=5)


def _stores(made: Made) -> None:
    clients = made.clients
    for name, at_rest, in_transit in (
        ("cache-both", True, True),
        ("cache-rest", True, False),
        ("cache-none", False, False),
    ):
        clients.elasticache.create_replication_group(
            ReplicationGroupId=name,
            ReplicationGroupDescription=name,
            Engine="redis",
            AtRestEncryptionEnabled=at_rest,
            TransitEncryptionEnabled=in_transit,
        )
    for encrypted in (True, False):
        clients.rds.create_db_cluster(
            DBClusterIdentifier=f"cluster-{'encrypted' if encrypted else 'plain'}",
            Engine="aurora-postgresql",
            MasterUsername="beheer",
            MasterUserPassword="hunter2-in-a-cluster",
            StorageEncrypted=encrypted,
            DeletionProtection=encrypted,
        )
    clients.secretsmanager.create_secret(Name="never-renewed", SecretString="x")
    clients.secretsmanager.create_secret(Name="renewed", SecretString="x")
    arn = function(made, "renewing")
    clients.secretsmanager.rotate_secret(
        SecretId="renewed",
        RotationLambdaARN=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{arn.partition('/')[2]}",
        RotationRules={"AutomaticallyAfterDays": 30},
    )
    clients.logs.create_log_group(logGroupName="kept-for-ever")


def _certificates(made: Made) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    for name, size, days in (("good", 2048, 300), ("soon", 2048, 5), ("weak", 1024, 300), ("past", 2048, -5)):
        key = rsa.generate_private_key(public_exponent=65537, key_size=size)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}.example.nl")])
        builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        start = datetime.now(UTC) - timedelta(days=400)
        signed = builder.not_valid_before(start).not_valid_after(datetime.now(UTC) + timedelta(days=days))
        certificate = signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        form = serialization.PrivateFormat.TraditionalOpenSSL
        private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        made.clients.iam.upload_server_certificate(
            ServerCertificateName=f"server-{name}", CertificateBody=certificate.decode(), PrivateKey=private.decode()
        )
        if days > 0:
            made.clients.acm.import_certificate(Certificate=certificate, PrivateKey=private)
    _balancers(made)


def _balancers(made: Made) -> None:
    elb = made.clients.elbv2
    certificates = made.clients.acm.list_certificates()["CertificateSummaryList"]
    for number, policy in enumerate(("ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-2021-06")):
        name = f"balancer-{number}"
        arn = elb.create_load_balancer(Name=name, Subnets=made.subnets[:2])["LoadBalancers"][0]["LoadBalancerArn"]
        group = elb.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=made.vpc)["TargetGroups"][0]
        elb.create_listener(
            LoadBalancerArn=arn,
            Protocol="HTTPS",
            Port=443,
            SslPolicy=policy,
            Certificates=[{"CertificateArn": certificates[number]["CertificateArn"]}],
            DefaultActions=[{"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}],
        )
