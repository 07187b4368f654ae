"""The server: metrics, probes, and what runs beside them."""
