"""Review of questions by colleagues: what goes to them, and what comes back.

`packet` gathers what a reviewer needs of each question; `page` and `word` write it, `returned`
reads what a reviewer has filled in, and `signing` writes it beside the questions.
"""
