"""Exit 0 when the PostgreSQL of the URL in the first argument answers; say so plainly if not."""

import sys

import psycopg

url = sys.argv[1]
try:
    psycopg.connect(url, connect_timeout=3).close()
except psycopg.OperationalError as error:
    print(f"  Left out: no PostgreSQL at {url.split('@')[-1]} ({str(error).splitlines()[0]}).")
    print("  Start one, or name one: make test TEST_DATABASE_URL=postgres://user@host/database")
    sys.exit(1)
