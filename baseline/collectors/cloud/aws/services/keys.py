"""KMS keys, secrets and certificates."""

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.policy import opens_to_everyone
from baseline.collectors.cloud.aws.services.reading import days_since, days_until, flag, place
from baseline.models.facts.aws.keys import AwsCertificate, AwsKey, AwsSecret

_ALGORITHMS = (
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
)
"""Without these names ACM lists only certificates of RSA with 1024 and 2048 bits (ACM API Reference, ListCertificates)."""


def _key(answer: Raw, _raw: Raw) -> Fields:
    key = answer["KeyMetadata"]
    customer = key["KeyManager"] == "CUSTOMER"
    return {
        "customer_managed": customer,
        "enabled": key["KeyState"] == "Enabled",
        "deletion_pending": key["KeyState"] in ("PendingDeletion", "PendingReplicaDeletion"),
        "rotatable": customer and key["KeySpec"] == "SYMMETRIC_DEFAULT" and key["Origin"] == "AWS_KMS",
    }


def _key_id(raw: Raw) -> Fields:
    return {"KeyId": raw["KeyId"]}


def _not_ours(_raw: Raw, fields: Fields) -> Fields | None:
    """The policy of a key that AWS manages cannot be changed, and lets nobody else in."""
    return None if fields["customer_managed"] else {"public_policy": False}


def _not_rotatable(_raw: Raw, fields: Fields) -> Fields | None:
    return None if fields["rotatable"] and fields["enabled"] else {"rotated": False}


def _secret(raw: Raw, region: str) -> Fields:
    """Rotation is left out where it was never on (Secrets Manager, API Reference, SecretListEntry)."""
    changed = raw.get("LastChangedDate") or raw["CreatedDate"]
    return {
        "name": place(region, raw["Name"]),
        "region": region,
        "rotated": flag(raw.get("RotationEnabled", False)),
        "unchanged_days": days_since(changed),
    }


def _certificate(raw: Raw, region: str) -> Fields:
    ends = raw.get("NotAfter")
    return {
        "name": place(region, f"{raw['CertificateArn'].rpartition('/')[2]} {raw['DomainName']}"),
        "region": region,
        "days_left": days_until(ends) if ends else None,
        "key_algorithm": raw["KeyAlgorithm"],
        "in_use": flag(raw["InUse"]),
    }


PARTS = (
    Listing(
        fact="keys",
        model=AwsKey,
        call=Call(service="kms", operation="ListKeys", items="Keys"),
        fills=("region",),
        read=lambda raw, region: {"name": place(region, raw["KeyId"]), "region": region},
        details=(
            Detail(
                call=Call(service="kms", operation="DescribeKey", requires=("KeyMetadata",)),
                fills=("customer_managed", "enabled", "deletion_pending", "rotatable"),
                parameters=_key_id,
                read=_key,
            ),
            Detail(
                call=Call(service="kms", operation="GetKeyRotationStatus", requires=("KeyRotationEnabled",)),
                fills=("rotated",),
                parameters=_key_id,
                read=lambda answer, _raw: {"rotated": flag(answer["KeyRotationEnabled"])},
                instead=_not_rotatable,
                stage=2,
                after=("rotatable", "enabled"),
            ),
            Detail(
                call=Call(
                    service="kms", operation="GetKeyPolicy", requires=("Policy",), parameters={"PolicyName": "default"}
                ),
                fills=("public_policy",),
                parameters=_key_id,
                read=lambda answer, _raw: {"public_policy": opens_to_everyone(answer["Policy"])},
                instead=_not_ours,
                stage=2,
                after=("customer_managed",),
            ),
        ),
    ),
    Listing(
        fact="secrets",
        model=AwsSecret,
        call=Call(service="secretsmanager", operation="ListSecrets", items="SecretList"),
        fills=("region", "rotated", "unchanged_days"),
        read=_secret,
    ),
    Listing(
        fact="certificates",
        model=AwsCertificate,
        call=Call(
            service="acm",
            operation="ListCertificates",
            items="CertificateSummaryList",
            parameters={"Includes": {"keyTypes": list(_ALGORITHMS)}},
        ),
        fills=("region", "days_left", "key_algorithm", "in_use"),
        read=_certificate,
    ),
)
