"""JUnit's XML, which pipelines show as tests: a suite per target, a case per check and subject."""

from baseline.exporters.junit.exporter import JunitExporter

__all__ = ["JunitExporter"]
