"""Linux hosts: one read-only script per run, over SSH or on this machine, and what its answers mean."""
