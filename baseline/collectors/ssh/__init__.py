"""SSH connections to targets: host keys, authentication and bounded command execution."""
