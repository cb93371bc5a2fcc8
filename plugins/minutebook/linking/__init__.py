"""Suggests which contract and decision a payment belongs to; a person decides.

`clues` says what speaks for a match, `suggest` weighs it, `sheet` is the file that a person reads and
marks, `accepting` writes what was marked into the tables, `command` is the command line. It stands on
`records` only.
"""
