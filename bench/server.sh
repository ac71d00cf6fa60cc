# shellcheck shell=bash
# What the measurements share: servers to measure, wrk, and figures. Sourced after
# scripts/progress.sh, with the repository's root as the current folder.

# shellcheck disable=SC2034 # for the scripts that source this
server_binary=target/release/vatra
# shellcheck disable=SC2034
rounds=${ROUNDS:-7}
# shellcheck disable=SC2034
seconds_each=${SECONDS_EACH:-10}
connections=${CONNECTIONS:-32}

bench_dir=
server_pids=()

# The servers stop their databases themselves when they are asked to end; then the data goes.
stop_servers() {
    local pid
    for pid in "${server_pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${server_pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    server_pids=()
    [ -z "$bench_dir" ] || rm -rf "$bench_dir"
}

free_port() {
    local port
    for _ in {1..50}; do
        # Below those that the kernel gives to outgoing connections: such a one would refuse nobody, and
        # still be in the way.
        port=$((20000 + RANDOM % 12000))
        # Nobody answers there: the connection is refused.
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    die "no free port was found on 127.0.0.1."
}

# start_server NAME [VARIABLE=VALUE...]: a shop with demonstration data; sets server_address.
start_server() {
    local name=$1 port log
    shift
    if [ -z "$bench_dir" ]; then
        bench_dir=$(mktemp -d)
        trap stop_servers EXIT
    fi
    port=$(free_port)
    log=$bench_dir/$name.log
    # Only these settings: what the caller's shell has must not change what is measured.
    env -u MONGODB_URI -u PUBLIC_URL -u TRUSTED_PROXIES \
        LEPTOS_OUTPUT_NAME=vatra LEPTOS_SITE_ROOT=target/site LEPTOS_SITE_PKG_DIR=pkg \
        LEPTOS_HASH_FILES=true LEPTOS_SITE_ADDR="127.0.0.1:$port" \
        VATRA_DATA_DIR="$bench_dir/$name" SMS_BACKEND=console RUST_LOG=warn "$@" \
        "$server_binary" serve --demo >"$log" 2>&1 </dev/null &
    server_pids+=($!)
    server_address=http://127.0.0.1:$port
    wait_until_ready "$log" "$name"
}

# wait_until_ready LOG NAME: the server that was started last answers, or the end of its log is shown.
wait_until_ready() {
    for _ in {1..3000}; do
        if curl -fs -o /dev/null "$server_address/readyz"; then
            return
        fi
        kill -0 "${server_pids[-1]}" 2>/dev/null || break
        # Short: the time to start is measured with it, too.
        sleep 0.02
    done
    tail -n 20 "$1" >&2
    die "the server '$2' did not start."
}

# stop_last: the server that was started last.
stop_last() {
    kill -TERM "${server_pids[-1]}" 2>/dev/null || true
    wait "${server_pids[-1]}" 2>/dev/null || true
    unset 'server_pids[-1]'
}

# check_page URL: it must answer 200, or wrk would measure how fast errors are.
check_page() {
    local status
    status=$(curl -s -o /dev/null -w '%{http_code}' "$1")
    [ "$status" = 200 ] || die "$1 answered $status instead of 200."
}

# measure URL SECONDS [OPTION OF WRK...]: requests a second, as a whole number. An answer that is no 2xx or 3xx, or a
# broken connection, ends the run.
measure() {
    local output
    output=$(wrk --threads 1 --connections "$connections" --duration "${2}s" "${@:3}" "$1")
    if grep -qE 'Non-2xx|Socket errors' <<<"$output"; then
        printf '%s\n' "$output" >&2
        die "$1 did not answer all requests."
    fi
    awk '/^Requests\/sec:/ { printf "%d\n", $2 }' <<<"$output"
}

# figures NUMBER...: "MEDIAN LOWEST HIGHEST"
figures() {
    printf '%s\n' "$@" | sort -n | awk '{ n[NR] = $1 }
        END { m = NR % 2 ? n[(NR + 1) / 2] : (n[NR / 2] + n[NR / 2 + 1]) / 2; print m, n[1], n[NR] }'
}

# column NUMBER LINE...: that column of each line
column() { printf '%s\n' "${@:2}" | cut -d ' ' -f "$1"; }
# shown NUMBER LINE...: "MEDIAN (LOWEST to HIGHEST)"
shown() {
    local median low high
    # shellcheck disable=SC2046 # numbers, to be split into words
    read -r median low high < <(figures $(column "$@"))
    printf '%s (%s to %s)' "$median" "$low" "$high"
}
sum() { column "$@" | awk '{ all += $1 } END { print all + 0 }'; }

# per_cent BEFORE AFTER: "+1.2 %"
per_cent() {
    awk -v before="$1" -v after="$2" 'BEGIN { printf "%+.1f %%\n", (after - before) * 100 / before }'
}

# The head of every table: figures mean nothing without the machine.
machine() {
    local commit
    commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
    git diff --quiet HEAD 2>/dev/null || commit="$commit with changes"
    say "$(date -u +%Y-%m-%dT%H:%M:%SZ), commit $commit, $(nproc) cores," \
        "$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1);" \
        "server and wrk on the same machine, over loopback."
    say ""
}
