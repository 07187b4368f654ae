"""Declarative security-baseline checks (BIO2, ISO/IEC 27001:2022) for the infrastructure of public bodies."""

__version__ = "0.1.0"
