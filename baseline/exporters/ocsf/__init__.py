"""Events of the Open Cybersecurity Schema Framework, class 2003 (Compliance Finding)."""

from baseline.exporters.ocsf.exporter import OcsfExporter

__all__ = ["OcsfExporter"]
