"""Facts of a Linux host from its image: its files are told as the collecting script of a running host tells them."""
