"""How many comments of a configuration are kept.

The header that names a device and its release is a comment. Oxidized and RANCID put what other commands said above it, also
as comments: some 40 lines for each switch of a stack, and one for each transceiver.
"""

MAXIMUM_COMMENTS = 10_000

MAXIMUM_COMMENT_LENGTH = 400
"""Characters of one comment."""
