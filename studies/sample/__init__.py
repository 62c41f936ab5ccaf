"""The generator of the three files in data/sample: `python -m studies.sample` from the root of the project.

The same seed gives the same files. The planted truths are listed in data/truths.toml and explained in data/README.md.

    world      the company: channels, teams, products, who asks whom about what
    truths     data/truths.toml, read once
    words      comments, complaints and answers, put together from the texts beside this file
    scores     a customer's satisfaction turned into scores
    surveys    one row per survey answer
    complaints one row per complaint, with its clocks
    visits     one row per checklist item of a mystery-shopping visit
    spoil      rows that a loader must quarantine, and rows exported twice
    files      GB18030 text and workbooks, the same bytes every time
"""
