"""SNS topics and SQS queues."""

from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.policy import opens_to_everyone
from baseline.collectors.cloud.aws.services.reading import place
from baseline.models.facts.aws.messaging import AwsQueue, AwsTopic

_QUEUES = 1000
"""In one answer. Without a number SQS gives as many and says nothing of the rest (SQS, API Reference, ListQueues)."""


def _topic(answer: Raw, _raw: Raw) -> Fields:
    attributes = answer["Attributes"]
    return {
        "encrypted": bool(attributes.get("KmsMasterKeyId")),
        "public_policy": opens_to_everyone(attributes["Policy"]),
    }


def _queue(answer: Raw, _raw: Raw) -> Fields:
    """A queue without a policy is open to its own account only; attributes that were never set are left out."""
    attributes = answer["Attributes"]
    own = attributes.get("SqsManagedSseEnabled", "false") == "true"
    return {
        "encrypted": own or bool(attributes.get("KmsMasterKeyId")),
        "public_policy": bool(attributes.get("Policy")) and opens_to_everyone(attributes["Policy"]),
    }


def _named(key: str, separator: str) -> Any:
    """A reader of a list of names that are the end of an ARN or an address."""

    def read(raw: Raw, region: str) -> Fields:
        return {"name": place(region, str(raw[key]).rpartition(separator)[2]), "region": region}

    return read


PARTS = (
    Listing(
        fact="topics",
        model=AwsTopic,
        call=Call(service="sns", operation="ListTopics", items="Topics"),
        fills=("region",),
        read=_named("TopicArn", ":"),
        details=(
            Detail(
                call=Call(service="sns", operation="GetTopicAttributes", requires=("Attributes",)),
                fills=("encrypted", "public_policy"),
                parameters=lambda raw: {"TopicArn": raw["TopicArn"]},
                read=_topic,
            ),
        ),
    ),
    Listing(
        fact="queues",
        model=AwsQueue,
        call=Call(
            service="sqs",
            operation="ListQueues",
            items="QueueUrls",
            omits_empty=True,
            parameters={"MaxResults": _QUEUES},
        ),
        fills=("region",),
        read=_named("value", "/"),
        details=(
            Detail(
                call=Call(
                    service="sqs",
                    operation="GetQueueAttributes",
                    parameters={"AttributeNames": ["All"]},
                    requires=("Attributes",),
                ),
                fills=("encrypted", "public_policy"),
                parameters=lambda raw: {"QueueUrl": raw["value"]},
                read=_queue,
            ),
        ),
    ),
)
