"""Reads and checks what operators write: checks, the norm catalogue, waivers and inventories."""
