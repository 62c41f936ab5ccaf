"""Charts: readings drawn with Plotly. Few traces, light layouts, every mark that can be clicked opens its rows."""
