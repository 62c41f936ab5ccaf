"""Upkeep: doctor, backup, restore, copy, erasure and vacuum. Never decides when to run or whom to erase."""
