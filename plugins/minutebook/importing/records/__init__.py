"""Turns what other systems hold (Legistar, OParl, ModernGov, Popolo, tables) into records.

items -> a format (legistar, oparl, moderngov, popolo, table) with its mapping -> found
-> ids, who (people and bodies matched) -> fit (valid or told) -> keep (three-way) -> report.
"""
