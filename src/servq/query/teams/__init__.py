"""Teams: funnels, mystery shopping, coverage of visits, and the coaching talk."""
