"""What serves others: load balancers and CloudFront."""

from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.services.reading import place
from baseline.models.facts.aws.network import AwsDistribution, AwsLoadBalancer


def _load_balancer(raw: Raw, region: str) -> Fields:
    return {
        "name": place(region, raw["LoadBalancerName"]),
        "region": region,
        "type": raw["Type"],
        "internet": raw.get("Scheme") == "internet-facing",
    }


def _arn(raw: Raw) -> Fields:
    return {"LoadBalancerArn": raw["LoadBalancerArn"]}


def _listeners(answer: Raw, _raw: Raw) -> Fields:
    listeners = answer["Listeners"]
    plain = [one for one in listeners if one.get("Protocol") == "HTTP"]
    return {
        "plain_http": any(not _leads_to_https(one["DefaultActions"]) for one in plain),
        "tls_policies": sorted({one["SslPolicy"] for one in listeners if one.get("Protocol") in ("HTTPS", "TLS")}),
    }


def _leads_to_https(actions: list[dict[str, Any]]) -> bool:
    return bool(actions) and all(
        action["Type"] == "redirect" and action.get("RedirectConfig", {}).get("Protocol") == "HTTPS"
        for action in actions
    )


def _attributes(answer: Raw, _raw: Raw) -> Fields:
    values = {one["Key"]: str(one["Value"]).lower() == "true" for one in answer["Attributes"]}
    return {
        "access_logged": values.get("access_logs.s3.enabled", False),
        "deletion_protected": values["deletion_protection.enabled"],
        "invalid_headers_dropped": values.get("routing.http.drop_invalid_header_fields.enabled"),
    }


def _distribution(raw: Raw, _region: str) -> Fields:
    behaviours = [raw["DefaultCacheBehavior"], *raw.get("CacheBehaviors", {}).get("Items", ())]
    first = next(iter(raw.get("Aliases", {}).get("Items", ())), raw["DomainName"])
    return {
        "name": f"{raw['Id']} {first}",
        "plain_http": any(one["ViewerProtocolPolicy"] == "allow-all" for one in behaviours),
        "minimum_tls": raw["ViewerCertificate"].get("MinimumProtocolVersion", "TLSv1"),
        "firewall": bool(raw.get("WebACLId")),
    }


PARTS = (
    Listing(
        fact="load_balancers",
        model=AwsLoadBalancer,
        call=Call(
            service="elbv2",
            operation="DescribeLoadBalancers",
            permission="elasticloadbalancing:DescribeLoadBalancers",
            items="LoadBalancers",
        ),
        fills=("region", "type", "internet"),
        read=_load_balancer,
        details=(
            Detail(
                call=Call(
                    service="elbv2",
                    operation="DescribeListeners",
                    permission="elasticloadbalancing:DescribeListeners",
                    requires=("Listeners",),
                ),
                fills=("plain_http", "tls_policies"),
                parameters=_arn,
                read=_listeners,
            ),
            Detail(
                call=Call(
                    service="elbv2",
                    operation="DescribeLoadBalancerAttributes",
                    permission="elasticloadbalancing:DescribeLoadBalancerAttributes",
                    requires=("Attributes",),
                ),
                fills=("access_logged", "deletion_protected", "invalid_headers_dropped"),
                parameters=_arn,
                read=_attributes,
            ),
        ),
    ),
    Listing(
        fact="distributions",
        model=AwsDistribution,
        call=Call(service="cloudfront", operation="ListDistributions", items="DistributionList.Items"),
        fills=("plain_http", "minimum_tls", "firewall"),
        read=_distribution,
        regional=False,
    ),
)
