"""Rule sets of the packet filter, as nft(8) and iptables(8) print them."""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Policy = Literal["accept", "drop", "reject"]
Hook = Literal["input", "forward"]

BASE_CHAIN = re.compile(r"type filter hook (input|forward) priority [^;]{1,60};(?: policy (accept|drop);)?")
COMMENT = re.compile(r'\s+comment "[^"]*"$')
LAST_WORD = re.compile(r"^(?:counter\s+)?(?:log\b.*\s)?(drop|reject)\b(?:\s+with\s.*)?$")
ACCEPTS_ALL = re.compile(r"^(?:ip saddr 0\.0\.0\.0/0\s+|ip6 saddr ::/0\s+)?(?:counter\s+)?(?:log\b.*\s)?accept$")
TABLE = re.compile(r"^table (\S+) ")
CHAIN_POLICY = re.compile(r"^-P (INPUT|FORWARD) (ACCEPT|DROP)")
CHAIN_END = re.compile(r"^-A (INPUT|FORWARD)(?: -m comment --comment (?:\S+|\"[^\"]*\"))? -j (ACCEPT|DROP|REJECT)\b")
STRICTNESS: tuple[Policy, ...] = ("accept", "reject", "drop")


class RuleSet(msgspec.Struct):
    """What the kernel holds: a policy by IP version and hook, and how many rules."""

    policies: dict[tuple[int, Hook], Policy] = {}
    rules: int = 0

    def close(self, versions: Iterable[int], hook: Hook, policy: Policy) -> None:
        """Of several chains on a hook the strictest decides: a packet must pass them all."""
        for version in versions:
            known = self.policies.get((version, hook), "accept")
            self.policies[version, hook] = max(known, policy, key=STRICTNESS.index)

    def policy(self, version: int, hook: Hook) -> Policy:
        """What happens to packets that no rule names; without a chain they are accepted."""
        return self.policies.get((version, hook), "accept")


def read_nft(lines: Iterable[str]) -> RuleSet:
    """``nft list ruleset``. A last rule that drops or rejects all closes a chain as a policy does; one that accepts all
    opens it, whatever follows.
    """
    found = RuleSet()
    versions: tuple[int, ...] = ()
    hook: Hook | None = None
    in_chain, last, opened = False, "", False
    policy: Policy = "accept"
    for text in (COMMENT.sub("", line.strip()) for line in lines):
        if match := TABLE.match(text):
            versions = {"ip": (4,), "ip6": (6,), "inet": (4, 6)}.get(match[1], ())
        elif text.startswith("chain "):
            in_chain, hook, last, opened = True, None, "", False
        elif match := BASE_CHAIN.search(text):
            hook = "input" if match[1] == "input" else "forward"
            policy = "drop" if match[2] == "drop" else "accept"
        elif text == "}":
            if in_chain and hook:
                found.close(versions, hook, "accept" if opened else _closed(policy, last))
            in_chain, hook, last = False, None, ""
        elif in_chain and text and not text.startswith(("#", "type ", "policy ", "comment ")):
            found.rules += 1
            opened = opened or (ACCEPTS_ALL.match(text) is not None and not LAST_WORD.match(last))
            last = text
    return found


def _closed(policy: Policy, last: str) -> Policy:
    """What becomes of packets that no rule names: what the last rule does with all of them, else the policy."""
    closing = LAST_WORD.match(last)
    return policy if closing is None else "drop" if closing[1] == "drop" else "reject"


def read_iptables(lines: Iterable[str], version: int, found: RuleSet) -> None:
    """``iptables -S`` or ``ip6tables -S``, added to what was found. The first rule of a chain that takes every packet goes
    before the chain's policy.
    """
    policies: dict[Hook, Policy] = {}
    decided: set[Hook] = set()
    for text in lines:
        found.rules += text.startswith("-A ")
        match = CHAIN_POLICY.match(text) or CHAIN_END.match(text)
        if match is None:
            continue
        hook: Hook = "input" if match[1] == "INPUT" else "forward"
        if hook not in decided:
            policies[hook] = "drop" if match[2] == "DROP" else "reject" if match[2] == "REJECT" else "accept"
        if text.startswith("-A "):
            decided.add(hook)
    for hook, policy in policies.items():
        found.close([version], hook, policy)
