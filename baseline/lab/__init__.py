"""Embedded lab: a fleet of simulated Cisco IOS-XE switches on loopback, for demonstrations, tests and measurements."""
