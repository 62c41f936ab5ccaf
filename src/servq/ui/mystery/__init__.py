"""The page 神秘访客."""
