"""Reads Entra ID, Intune and Microsoft 365 through Microsoft Graph. See ``collector``."""
