"""The page 口径 and its tab 文本模型. Definitions come from the catalog of metrics; nothing is defined here."""
