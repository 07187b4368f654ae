"""Reads the Azure subscriptions of a tenant: Resource Graph for breadth, Resource Manager where that lacks a property."""
