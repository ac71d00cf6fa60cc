"""How the classic stack is served. One worker more than two cores, so that the others compute while one
waits for the database, and threads for orders, which wait most; connections are kept open, as
browsers and wrk expect. WORKERS and THREADS try other numbers."""

import os

wsgi_app = "shop:create_app()"
workers = int(os.environ.get("WORKERS", "3"))
worker_class = "gthread"
threads = int(os.environ.get("THREADS", "4"))
worker_connections = 1000
keepalive = 75
backlog = 2048
accesslog = None
loglevel = "warning"
# Where its workers say that they live: memory, not a disk.
worker_tmp_dir = "/dev/shm"
