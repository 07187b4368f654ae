"""Reports for security officers and auditors, in Dutch and English, all from the same account of each control."""
