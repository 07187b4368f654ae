"""Readers of images behind one interface: what an image is made of becomes a tree of files.

Modules that import dissect (AGPL-3.0) are ``disks``, ``volumes``, ``file_systems`` and ``hive``. They are loaded only in
the child process that reads one image; see docs/images.md.
"""
