"""Asks clouds: AWS, Azure, Entra ID, Intune and Microsoft 365."""
