"""What is asked of each service of AWS: calls, the facts that they fill, and how answers are read."""
