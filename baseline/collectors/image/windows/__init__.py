"""Facts of Windows 10 and 11 from registry hives and files."""
