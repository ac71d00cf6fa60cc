"""How the classic stack is served. Two workers for two cores; threads, because a request waits for
the database most of its time; connections are kept open, as browsers and wrk expect."""

import os

wsgi_app = "shop:create_app()"
workers = int(os.environ.get("WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("THREADS", "4"))
worker_connections = 1000
keepalive = 75
backlog = 2048
accesslog = None
loglevel = "warning"
# Where its workers say that they live: memory, not a disk.
worker_tmp_dir = "/dev/shm"
