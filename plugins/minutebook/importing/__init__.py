"""Turns finance exports, as published, into release records. Stands on `records` only.

opening -> reading -> header -> columns -> taking (dates, money, cells, redaction) -> period
-> release -> writing; `engine` calls them in this order and `report` says what happened.
"""
