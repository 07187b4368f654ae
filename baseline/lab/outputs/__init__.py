"""Answers to ``show`` commands, each made from the blueprint of a switch; lines end in LF here."""
