"""Signing in to one account, and its clients: each made once, each under the guard."""

import threading
from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from baseline.collectors.cloud.aws.failures import WrongForm
from baseline.collectors.cloud.aws.guard import EVENTS, SIGNING_IN, refuse_others
from baseline.collectors.cloud.aws.models import reduced_loader
from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import AwsAccess
from baseline.models.errors import CollectError

THREADS = 32
"""Calls that wait for an answer at the same time, per account."""
HOME_REGION = "us-east-1"
"""Where services without regions answer, in the partition ``aws``."""
_LONGEST_WAIT_SECONDS = 20.0


class AwsSession:
    """One account. Clients are safe to use from many threads; making one is not, hence the lock."""

    def __init__(
        self, access: AwsAccess, reads: Iterable[tuple[str, str]], settings: CollectSettings, attempts: int
    ) -> None:
        self.access = access
        self._reads = frozenset(reads)
        self._settings, self._attempts = settings, attempts
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()
        self._session = _guarded(access.profile, self._reads)
        if access.endpoint:
            self._session.register("before-call.s3-control", _without_account)
        self._credentials: dict[str, str] = {}
        self.partition, self.home_region = "aws", self._configured_region()

    def sign_in(self) -> str:
        """Assume the role where one is given; the number of the account that this turned out to be.

        Raises:
            CollectError: ``authentication`` or ``credential``, and ``unreachable`` where nothing answers.
        """
        from botocore import exceptions  # noqa: PLC0415 - heavy

        try:
            if self.access.role:
                self._assume()
            identity = self.client("sts", self.home_region).get_caller_identity()
        except exceptions.ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))[:100]
            hint = "check baseline_aws_profile and baseline_aws_role, and the trust policy of the role"
            raise CollectError("authentication", f"AWS refuses to sign in: {code}", hint) from error
        except (exceptions.HTTPClientError, exceptions.EndpointConnectionError) as error:
            raise CollectError("unreachable", f"AWS does not answer: {type(error).__name__}") from error
        except (exceptions.BotoCoreError, ValueError) as error:
            hint = "set baseline_aws_profile, or the environment that the AWS CLI reads"
            raise CollectError("credential", f"no way to sign in to AWS: {type(error).__name__}", hint) from error
        self.partition = str(identity["Arn"]).split(":")[1]
        return str(identity["Account"])

    def client(self, service: str, region: str) -> Any:
        """The client of a service in a region."""
        with self._lock:
            found = self._clients.get((service, region))
            if found is None:
                found = self._clients[service, region] = self._make(service, region)
            return found

    def close(self) -> None:
        """Close every connection that is kept open."""
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()

    def offers(self, service: str, region: str) -> bool:
        """Whether the service is there to be asked in this region, as far as botocore knows.

        It lists no region at all for IAM and others that answer in one place: those are there in every region.
        """
        known = self._session.get_available_regions(service, self.partition)
        return not known or region in known or region not in self._session.get_available_regions("ec2", self.partition)

    def _make(self, service: str, region: str) -> Any:
        from botocore.config import Config  # noqa: PLC0415 - heavy

        config = Config(
            connect_timeout=self._settings.connect_timeout_seconds,
            read_timeout=min(self._settings.timeout_seconds, _LONGEST_WAIT_SECONDS),
            retries={"mode": "standard", "total_max_attempts": self._attempts},
            max_pool_connections=THREADS,
            user_agent_extra="baseline",
            s3={"addressing_style": "path"} if self.access.endpoint else None,
        )
        return self._session.create_client(
            service, region, config=config, endpoint_url=self.access.endpoint or None, **self._credentials
        )

    def _assume(self) -> None:
        given = {"ExternalId": self.access.external_id} if self.access.external_id else {}
        answer = self.client("sts", self.home_region).assume_role(
            RoleArn=self.access.role, RoleSessionName="baseline", **given
        )
        found = answer["Credentials"]
        self._credentials = {
            "aws_access_key_id": found["AccessKeyId"],
            "aws_secret_access_key": found["SecretAccessKey"],
            "aws_session_token": found["SessionToken"],
        }
        self.close()

    def _configured_region(self) -> str:
        """Where to ask first: a region that is asked anyway, else that of the profile, else the first of AWS.

        Raises:
            CollectError: ``credential``, there is no such profile.
        """
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415 - heavy

        try:
            of_profile = self._session.get_config_variable("region")
        except BotoCoreError as error:
            raise CollectError("credential", f"there is no AWS profile '{self.access.profile}'") from error
        return next(iter(self.access.regions), of_profile or HOME_REGION)


def _without_account(params: dict[str, Any], **_more: Any) -> None:
    """Leave out the account that S3 Control puts before the host of an address, where that address is not of AWS."""
    scheme, _, rest = params["url"].partition("://")
    account, _, place = rest.partition(".")
    params["url"] = f"{scheme}://{place}" if account.isdigit() and len(account) == 12 else params["url"]


def refuse_broken_json(operation_model: Any, response_dict: dict[str, Any], **_more: Any) -> None:
    """Refuse an answer that is no JSON where it must be: botocore would take it for an answer without any fields.

    Raises:
        WrongForm: it is cut off, or of something between.
    """
    protocol = operation_model.service_model.resolved_protocol
    if protocol not in ("json", "rest-json") or response_dict["status_code"] >= 300:
        return
    try:
        whole = isinstance(msgspec.json.decode(response_dict["body"]), dict)
    except msgspec.DecodeError:
        whole = False
    if not whole:
        raise WrongForm("the answer is not whole")


def _guarded(profile: str, reads: frozenset[tuple[str, str]]) -> Any:
    """A botocore session whose clients pass the guard.

    Raises:
        CollectError: ``missing_extra``.
    """
    try:
        from botocore.session import Session  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise CollectError("missing_extra", "AWS needs botocore", "pip install 'baseline[aws]'") from error
    session = Session(profile=profile or None)
    session.register_component("data_loader", _loader(reads | SIGNING_IN))
    handler = refuse_others(reads)
    for event in EVENTS:
        session.register(event, handler)
    session.register("before-parse", refuse_broken_json)
    return session


@cache
def _loader(reads: frozenset[tuple[str, str]]) -> Any:
    """The models of services, read once for all accounts."""
    return reduced_loader(reads)
