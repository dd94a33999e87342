"""An assignment on paper: exam, key and answer sheet, in versions, as PDF and as DOCX.

`content` says what stands on the paper, for one version; `figures` prepares pictures for print;
`pdf` and `docx` write it.
"""
