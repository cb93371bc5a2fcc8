"""Minutebook: publishes what a council decides, spends and asks, from records kept in git."""
