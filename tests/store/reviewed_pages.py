"""Pages whose facts are reviewed, for the tests of reviews."""

TERM = "第一条 教师在同一所学校连续任教满6年的，应当交流。\n"
LENGTH = "第二条 每次交流期限不少于3年。\n"
RULES = f"教师交流办法\n{TERM}{LENGTH}"
WHEN = "2026-03-01T08:00:00+00:00"


def only(database, measure):
    (stored,) = database.facts(measure=measure)
    return stored


def reviewed(database, measure, verdict="accept", **given):
    return database.add_review(only(database, measure).id, verdict, by="李老师", when=WHEN, **given)


def verdicts(database):
    """Measure and verdict of each fact that has one."""
    judged = database.judgements()
    return {f.fact.measure: judged[f.id].verdict for f in database.facts() if f.id in judged}
