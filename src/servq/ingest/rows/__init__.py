"""The steps of incoming rows: personal data masked, texts scored and coded, erased persons kept out. Parses nothing."""
