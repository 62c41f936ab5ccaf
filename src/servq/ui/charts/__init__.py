"""Charts: readings drawn with Plotly, every clickable mark opening its rows. Asks no query and words no finding."""
