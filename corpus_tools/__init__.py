"""Scraped Chinese pages in; clean essays, copy clusters and policy facts with their evidence out."""
