"""The slow and plain way, to check the fast one against."""

from collections import defaultdict


def maximal_runs(a, b, least):
    """(start in a, start in b, length) of every maximal shared run of at least `least` characters."""
    places = defaultdict(list)
    for i in range(len(a) - least + 1):
        places[tuple(a[i : i + least])].append(i)
    starts = set()
    for j in range(len(b) - least + 1):
        for i in places.get(tuple(b[j : j + least]), ()):
            if i == 0 or j == 0 or a[i - 1] != b[j - 1]:
                starts.add((i, j))
    runs = []
    for i, j in sorted(starts):
        size = least
        while i + size < len(a) and j + size < len(b) and a[i + size] == b[j + size]:
            size += 1
        runs.append((i, j, size))
    return runs
