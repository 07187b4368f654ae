"""Facts of AWS databases, caches and warehouses."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsDatabase(Section, frozen=True, kw_only=True):
    """A database instance, or a cluster of them (Aurora, Neptune, DocumentDB, Multi-AZ).

    What a cluster decides for its instances is None of these, and the other way round: each is judged once.
    """

    name: Annotated[Fact[str], About("region and name; of a cluster REGION/cluster:NAME")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    engine: Annotated[Fact[str], About("as RDS calls it")] = NOT_COLLECTED
    cluster: Annotated[Fact[str | None], About("name of the cluster that it is an instance of, or that it is")] = (
        NOT_COLLECTED
    )
    public: Annotated[
        Fact[bool | None], About("it has a public address; None: a cluster whose instances have addresses")
    ] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool | None], About("encrypted at rest; None: its cluster tells")] = NOT_COLLECTED
    backup_days: Annotated[
        Fact[int | None],
        About("how long back-ups are kept; 0: none are made; None: its cluster tells", unit="days"),
    ] = NOT_COLLECTED
    multiple_zones: Annotated[Fact[bool | None], About("a copy stands by in another zone; None: its cluster tells")] = (
        NOT_COLLECTED
    )
    deletion_protected: Annotated[
        Fact[bool | None], About("cannot be deleted by accident; None: its cluster tells")
    ] = NOT_COLLECTED
    updates_itself: Annotated[
        Fact[bool | None],
        About("minor releases are installed by themselves; None: a cluster whose instances tell"),
    ] = NOT_COLLECTED
    logged: Annotated[Fact[bool | None], About("it sends logs of its own to CloudWatch; None: its cluster tells")] = (
        NOT_COLLECTED
    )
    iam_authentication: Annotated[
        Fact[bool | None],
        About("users can sign in with IAM; None: its cluster tells, or its engine cannot"),
    ] = NOT_COLLECTED
    owner: Annotated[Fact[str | None], About("value of the tag that names the owner")] = NOT_COLLECTED
    classified: Annotated[Fact[bool], About("a tag says how important it is")] = NOT_COLLECTED


class AwsDatabaseSnapshot(Section, frozen=True, kw_only=True):
    """A snapshot of a database or a cluster that somebody made."""

    name: Annotated[Fact[str], About("region and name; of a cluster REGION/cluster-snapshot:NAME")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("encrypted at rest")] = NOT_COLLECTED
    public: Annotated[Fact[bool], About("everyone may restore it")] = NOT_COLLECTED


class AwsTable(Section, frozen=True, kw_only=True):
    """A DynamoDB table."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    recoverable: Annotated[Fact[bool], About("can be put back to any moment of the last days")] = NOT_COLLECTED
    deletion_protected: Annotated[Fact[bool], About("cannot be deleted by accident")] = NOT_COLLECTED


class AwsWarehouse(Section, frozen=True, kw_only=True):
    """A Redshift cluster."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    public: Annotated[Fact[bool], About("it has a public address")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("encrypted at rest")] = NOT_COLLECTED


class AwsCache(Section, frozen=True, kw_only=True):
    """An ElastiCache replication group."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("encrypted at rest")] = NOT_COLLECTED
    encrypted_in_transit: Annotated[Fact[bool], About("clients connect over TLS")] = NOT_COLLECTED


class AwsSearchDomain(Section, frozen=True, kw_only=True):
    """An OpenSearch domain."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    private: Annotated[Fact[bool], About("it is inside a VPC")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("encrypted at rest")] = NOT_COLLECTED
    encrypted_between_nodes: Annotated[Fact[bool], About("its nodes talk over TLS")] = NOT_COLLECTED
    https_required: Annotated[Fact[bool], About("clients connect over HTTPS only")] = NOT_COLLECTED
