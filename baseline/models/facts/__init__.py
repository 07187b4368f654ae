"""Typed, vendor-neutral facts: one module per kind of target."""

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section, Unknown

__all__ = ["NOT_COLLECTED", "About", "Fact", "Section", "Unknown"]
