"""Upkeep: doctor, backup, restore, copy, erasure and vacuum."""
