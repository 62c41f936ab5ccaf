"""Times: from the text of a cell to UTC epoch seconds, with zones, calendars and spreadsheet serials. Guesses no
date."""
