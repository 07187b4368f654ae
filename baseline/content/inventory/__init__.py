"""Ansible inventories: targets, what is wrong with their description, and their secrets at the moment of use."""

from baseline.content.inventory.credentials import Secrets
from baseline.content.inventory.loading import load_inventory
from baseline.content.inventory.model import Inventory, InventorySource, refuse_errors
from baseline.content.inventory.probing import probe

__all__ = ["Inventory", "InventorySource", "Secrets", "load_inventory", "probe", "refuse_errors"]
