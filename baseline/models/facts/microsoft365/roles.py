"""Facts of a tenant: who holds directory roles, for how long, and how a role is activated."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class RoleAssignment(Section, frozen=True, kw_only=True):
    """One directory role given to a user, group or application: active now."""

    name: Annotated[Fact[str], About("role and holder")] = NOT_COLLECTED
    role: Annotated[Fact[str], About("name of the role")] = NOT_COLLECTED
    role_template: Annotated[
        Fact[str], About("id of the role's template, the same in every tenant for built-in roles")
    ] = NOT_COLLECTED
    principal: Annotated[Fact[str], About("object id of the holder")] = NOT_COLLECTED
    principal_kind: Annotated[Fact[Literal["user", "group", "service_principal"]], About("what holds it")] = (
        NOT_COLLECTED
    )
    scope: Annotated[Fact[str], About("where it holds; / is the whole tenant")] = NOT_COLLECTED
    how: Annotated[
        Fact[Literal["permanent", "until_a_date", "activated"]],
        About("permanent: nothing ends it; activated: an eligible holder asked for it"),
    ] = NOT_COLLECTED


class PrivilegedUser(Section, frozen=True, kw_only=True):
    """A user with a privileged role, active or eligible, directly or through a group. Named by object id."""

    name: Annotated[Fact[str], About("object id of the user")] = NOT_COLLECTED
    roles: Annotated[Fact[list[str]], About("names of the privileged roles")] = NOT_COLLECTED
    global_administrator: Annotated[Fact[bool], About("one of them is Global Administrator")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("the account may sign in")] = NOT_COLLECTED
    cloud_only: Annotated[Fact[bool], About("the account is not synchronised from an on-premises directory")] = (
        NOT_COLLECTED
    )
    guest: Annotated[Fact[bool], About("the account is a guest")] = NOT_COLLECTED


class PrivilegedPrincipal(Section, frozen=True, kw_only=True):
    """An application or managed identity with a privileged role. Named by name and object id."""

    name: Annotated[Fact[str], About("name and object id")] = NOT_COLLECTED
    principal: Annotated[Fact[str], About("object id")] = NOT_COLLECTED
    roles: Annotated[Fact[list[str]], About("names of the privileged roles")] = NOT_COLLECTED


class RoleSettings(Section, frozen=True, kw_only=True):
    """What activating one privileged role demands (Privileged Identity Management)."""

    name: Annotated[Fact[str], About("name of the role")] = NOT_COLLECTED
    role_template: Annotated[Fact[str], About("id of the role's template")] = NOT_COLLECTED
    second_factor: Annotated[Fact[bool], About("activation demands a second factor, or an authentication context")] = (
        NOT_COLLECTED
    )
    approval: Annotated[Fact[bool], About("somebody else has to approve")] = NOT_COLLECTED
    justification: Annotated[Fact[bool], About("a reason has to be given")] = NOT_COLLECTED
    maximum_hours: Annotated[Fact[float], About("longest time that an activation lasts", unit="hours")] = NOT_COLLECTED
    permanent_allowed: Annotated[Fact[bool], About("administrators may assign the role permanently active")] = (
        NOT_COLLECTED
    )


class Roles(Section, frozen=True, kw_only=True):
    """Directory roles."""

    assignments: Annotated[Fact[list[RoleAssignment]], About("active assignments of privileged roles")] = NOT_COLLECTED
    people: Annotated[Fact[list[PrivilegedUser]], About("users with a privileged role")] = NOT_COLLECTED
    principals: Annotated[Fact[list[PrivilegedPrincipal]], About("applications with a privileged role")] = NOT_COLLECTED
    global_administrators: Annotated[Fact[int], About("users who are, or may become, Global Administrator")] = (
        NOT_COLLECTED
    )
    settings: Annotated[Fact[list[RoleSettings]], About("what activation demands, each privileged role")] = (
        NOT_COLLECTED
    )
