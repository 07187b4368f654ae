"""Evidence: keys, signed checkpoints, bundles for an auditor, and proof that nothing was changed."""
