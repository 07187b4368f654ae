"""What Azure and Microsoft Graph share: signing in, and reading over HTTP. See ``client``."""
