"""Starting: what a person waits for before anything is done."""
