# shellcheck shell=bash
# Starting the classic stack for a measurement. Sourced after bench/server.sh, with the repository's
# root as the current folder.

flask_dir=$PWD/target/bench/flask

# install_flask: exactly the versions of requirements.txt, in a folder of their own.
install_flask() {
    local wanted=bench/flask/requirements.txt
    cmp -s "$wanted" "$flask_dir/requirements.txt" && return
    have python3 || die "python3 is missing: install Debian's packages python3 and python3-venv."
    rm -rf "$flask_dir"
    { python3 -m venv "$flask_dir" && "$flask_dir/bin/pip" install --quiet --requirement "$wanted"; } >&2 ||
        die "Flask could not be installed from $wanted."
    # Only now: an installation that was broken off is made again.
    cp "$wanted" "$flask_dir/requirements.txt"
}

# start_flask NAME URI DATABASE OUTBOX: sets server_address, like start_server.
start_flask() {
    local log=$bench_dir/$1.log port
    port=$(free_port)
    (
        cd bench/flask
        MONGODB_URI=$2 MONGODB_DB=$3 SMS_OUTBOX=$4 PYTHONDONTWRITEBYTECODE=1 \
            exec "$flask_dir/bin/gunicorn" --config gunicorn.conf.py --bind "127.0.0.1:$port"
    ) >"$log" 2>&1 </dev/null &
    server_pids+=($!)
    server_address=http://127.0.0.1:$port
    wait_until_ready "$log" "$1"
}
