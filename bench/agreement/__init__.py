"""Holds verdicts of the shipped checks against those of Prowler, resource by resource."""
