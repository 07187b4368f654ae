"""The account that is measured: 200 buckets, 200 security groups, 50 users, 30 instances, 60 volumes, 12 databases."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

REGIONS = ("eu-west-1", "eu-central-1", "eu-west-3")
BUCKETS, GROUPS, USERS, INSTANCES, VOLUMES, DATABASES = 200, 200, 50, 30, 60, 12


def fill(endpoint: str) -> None:
    """Make everything, spread over the regions, one in five buckets with encryption of its own."""
    from tests.aws.simulator import (
        Clients,
    )  # imports boto3, which the contenders must not have before they are measured

    at = [Clients(endpoint, region) for region in REGIONS]
    vpcs = [clients.ec2.describe_vpcs()["Vpcs"][0]["VpcId"] for clients in at]
    work = [partial(_bucket, at[number % 3], number) for number in range(BUCKETS)]
    work += [partial(_group, at[number % 3], vpcs[number % 3], number) for number in range(GROUPS)]
    work += [partial(_user, at[0], number) for number in range(USERS)]
    work += [partial(_instance, at[number % 3]) for number in range(INSTANCES)]
    work += [partial(_volume, at[number % 3], number) for number in range(VOLUMES)]
    work += [partial(_database, at[number % 3], number) for number in range(DATABASES)]
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(one) for one in work]:
            done.result()


def _bucket(clients: Any, number: int) -> None:
    name, where = f"bucket-{number:03}", {"LocationConstraint": clients.region}
    clients.s3.create_bucket(Bucket=name, CreateBucketConfiguration=where)
    if number % 5 == 0:
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        clients.s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})


def _group(clients: Any, vpc: str, number: int) -> None:
    group = clients.ec2.create_security_group(GroupName=f"group-{number:03}", Description="bench", VpcId=vpc)["GroupId"]
    network = "0.0.0.0/0" if number % 4 == 0 else "10.0.0.0/8"
    rule = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": network}]}
    clients.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])


def _user(clients: Any, number: int) -> None:
    clients.iam.create_user(UserName=f"user-{number:02}")
    if number % 2 == 0:
        clients.iam.create_access_key(UserName=f"user-{number:02}")


def _instance(clients: Any) -> None:
    clients.ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)


def _volume(clients: Any, number: int) -> None:
    clients.ec2.create_volume(AvailabilityZone=f"{clients.region}a", Size=1, Encrypted=number % 2 == 0)


def _database(clients: Any, number: int) -> None:
    clients.rds.create_db_instance(
        DBInstanceIdentifier=f"database-{number:02}",
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        MasterUsername="bench",
        MasterUserPassword="no-secret-at-all",
        AllocatedStorage=20,
        StorageEncrypted=number % 2 == 0,
        PubliclyAccessible=number % 4 == 0,
    )
