"""The command line of a simulated switch: bytes in, bytes out, no network."""
