"""What differs from the approved state."""
