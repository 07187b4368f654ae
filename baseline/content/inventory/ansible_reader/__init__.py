"""Asks Ansible's own code for an inventory: a program for a process of its own, never imported by the rest of baseline.

ansible-core is GPL, heavy, and runs plugins and scripts that may hang or crash. Any interpreter with ansible-core 2.19 or
newer can run this folder (``python -I ansible_reader/__main__.py``); it needs nothing else of baseline.

Standard input brings JSON requests, one a line; standard output gets one JSON reply a line; whatever Ansible or a plugin
prints goes to standard error. The first request opens the inventory. With ``"mode": "list"`` the reply is the whole
inventory, in which secrets are classified but not decrypted. With ``"mode": "secrets"`` each next request
``{"host": ..., "variable": ...}`` is answered with that one value, decrypted.
"""
