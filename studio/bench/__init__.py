"""`manage.py bench`: how much each page costs, as a ratio to a floor that is measured in the same run.

docs/PERFORMANCE.md explains the method. sizes → scratch → fill → scene, pages → server → measure → report.
"""

# How the measured site (site.py) learns its database from the process that starts it (server.py).
DATABASE_VARIABLE = "STUDIO_BENCH_DATABASE"
