"""Every result as one line of JSON, with the titles and controls that it needs to be read alone."""

from baseline.exporters.json_lines.exporter import JsonLinesExporter

__all__ = ["JsonLinesExporter"]
