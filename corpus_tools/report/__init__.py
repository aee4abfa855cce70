"""A database as people read it: `summary` the report, `page` a page clean against raw, `wording` facts in words.

Nothing is imported here: `search` wants a few words of `wording` and must not wait for what the report needs.
"""
