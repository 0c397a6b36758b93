"""Exit 0 when the PostgreSQL of the URL in the first argument answers; say so plainly if not."""

import sys

import psycopg

url = sys.argv[1]
try:
    psycopg.connect(url, connect_timeout=3).close()
except psycopg.OperationalError:
    sys.exit(1)
