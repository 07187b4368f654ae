"""Network devices: sessions on their command line, and what each platform is asked and answers."""
