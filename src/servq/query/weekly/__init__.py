"""The week: its changes, judged as one family, and the drivers of recommending. Words and charts are made in `ui`."""
