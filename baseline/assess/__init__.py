"""The core: plan what to ask, judge what came back, waive, and run it all."""
