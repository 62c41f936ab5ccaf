"""The page 口径 and its tab 模型说明. Definitions come from the catalog of metrics; nothing is defined here."""
