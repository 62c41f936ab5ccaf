"""Teams: funnels, mystery shopping, coverage of visits, and the coaching talk. Never ranks teams by chance
differences."""
