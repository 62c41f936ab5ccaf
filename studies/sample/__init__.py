"""Makes the three files in data/sample: `python -m studies.sample` from the root of the project.

The same seed gives the same files. What is planted in them stands in data/truths.toml and, in words, in data/README.md.

    world      the company: channels, teams, products, who asks whom about what
    truths     data/truths.toml, read once
    words      comments, complaints and answers, put together from the texts beside this file
    scores     from how content a customer is to the scores that he or she gives
    surveys    one row per survey answer
    complaints one row per complaint, with its clocks
    visits     one row per checklist item of a mystery-shopping visit
    spoil      rows that a loader must set aside, and rows exported twice
    files      GB18030 text and workbooks, the same bytes every time
"""
