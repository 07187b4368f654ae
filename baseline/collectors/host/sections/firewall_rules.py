"""Rule sets of the packet filter, as nft(8) and iptables(8) print them."""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Policy = Literal["accept", "drop", "reject"]
Hook = Literal["input", "forward"]

BASE_CHAIN = re.compile(r"type filter hook (input|forward) priority [^;]{1,60};(?: policy (accept|drop);)?")
LAST_WORD = re.compile(r"^(?:counter\s+)?(?:log\b.*\s)?(drop|reject)\b(?:\s+with\s.*)?$")
TABLE = re.compile(r"^table (\S+) ")
CHAIN_POLICY = re.compile(r"^-P (INPUT|FORWARD) (ACCEPT|DROP)")
CHAIN_END = re.compile(r"^-A (INPUT|FORWARD)(?: -m comment --comment \S+)? -j (DROP|REJECT)\b")
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
    """``nft list ruleset``. A last rule that drops or rejects all closes a chain as a policy does."""
    found = RuleSet()
    versions: tuple[int, ...] = ()
    hook: Hook | None = None
    in_chain, last = False, ""
    for text in (line.strip() for line in lines):
        if match := TABLE.match(text):
            versions = {"ip": (4,), "ip6": (6,), "inet": (4, 6)}.get(match[1], ())
        elif text.startswith("chain "):
            in_chain, hook, last = True, None, ""
        elif match := BASE_CHAIN.search(text):
            hook = "input" if match[1] == "input" else "forward"
            found.close(versions, hook, "drop" if match[2] == "drop" else "accept")
        elif text == "}":
            if in_chain and hook and (closing := LAST_WORD.match(last)):
                found.close(versions, hook, "drop" if closing[1] == "drop" else "reject")
            in_chain, hook, last = False, None, ""
        elif in_chain and text and not text.startswith(("#", "type ", "policy ", "comment ")):
            found.rules += 1
            last = text
    return found


def read_iptables(lines: Iterable[str], version: int, found: RuleSet) -> None:
    """``iptables -S`` or ``ip6tables -S``, added to what was found."""
    for text in lines:
        if match := CHAIN_POLICY.match(text):
            found.close(
                [version], "input" if match[1] == "INPUT" else "forward", "drop" if match[2] == "DROP" else "accept"
            )
        elif text.startswith("-A "):
            found.rules += 1
            if match := CHAIN_END.match(text):
                policy: Policy = "drop" if match[2] == "DROP" else "reject"
                found.close([version], "input" if match[1] == "INPUT" else "forward", policy)
