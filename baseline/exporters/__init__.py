"""Turn stored results into something another program or a person reads."""
