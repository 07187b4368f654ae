"""OSCAL in JSON, written directly: assessment results, plan of action and milestones, catalogue and mapping."""

from baseline.exporters.oscal.assessment_results import AssessmentResultsExporter
from baseline.exporters.oscal.catalogue import CatalogueExporter
from baseline.exporters.oscal.document import VERSIONS
from baseline.exporters.oscal.mapping import MappingExporter
from baseline.exporters.oscal.plan_of_action import PlanOfActionExporter

__all__ = ["VERSIONS", "AssessmentResultsExporter", "CatalogueExporter", "MappingExporter", "PlanOfActionExporter"]
