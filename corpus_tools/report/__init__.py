"""A database as people read it: the report, a page clean against raw."""

from corpus_tools.report.page import write_page
from corpus_tools.report.summary import ReportConfig, write_report

__all__ = ["ReportConfig", "write_page", "write_report"]
