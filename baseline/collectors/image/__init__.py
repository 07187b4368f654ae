"""Reads workplace and server images offline, without root and without mounting."""
