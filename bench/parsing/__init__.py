"""Reading one configuration."""
