"""Channels: the consistency matrix, each channel's verdict, differences in mix, and the three sources. Draws
nothing."""
