"""Comma-separated posture for CISO Assistant: one row per asset and requirement, the worst case."""

from baseline.exporters.ciso_assistant.exporter import CisoAssistantExporter

__all__ = ["CisoAssistantExporter"]
