"""Facts, checks, controls, targets and results as frozen values. Imports nothing else of this package."""
