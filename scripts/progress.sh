# shellcheck shell=bash
# What the scripts share: their surroundings, and telling a person what is going on.
# Sourced, with the repository's root as the current folder.

# The scripts look for programs under target/, so build there whatever the caller has set,
# and keep colour codes out of the logs that are searched below.
export CARGO_TARGET_DIR="$PWD/target" CARGO_TERM_COLOR=never CARGO_TERM_PROGRESS_WHEN=never
# Node's tools of this project (tailwindcss, wasm-opt, playwright) before any other of that name,
# then Cargo's, which may be installed without being on PATH.
export PATH="$PWD/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
# The tests take the system's browser.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

have() { command -v "$1" >/dev/null 2>&1; }

say() { printf '%s\n' "$*"; }

# One clear sentence, and the end.
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# "75" -> "1 min 15 s"
duration() {
    if [ "$1" -ge 60 ]; then
        echo "$(($1 / 60)) min $(($1 % 60)) s"
    else
        echo "$1 s"
    fi
}

# Every 30 seconds: what runs, for how long, and what the log last said was being compiled.
# Reads a pipe that nobody writes to, so that it ends with the script that holds the other end,
# however that ends.
tell_progress() { # TITLE LOG
    local start=$SECONDS status now
    while status=0 && { read -r -t "${PROGRESS_SECONDS:-30}" || status=$?; } && [ "$status" -gt 128 ]; do
        now=$(grep -aoE '(Compiling|Checking) [^ ]+ v[^ ]+' "$2" 2>/dev/null | tail -n 1) || true
        say "    $1: $(duration $((SECONDS - start)))${now:+, $now}"
    done
}

# run_logged TITLE LOG COMMAND...: the command's output goes to the log; shows its end on failure.
run_logged() {
    local title=$1 log=$2 start=$SECONDS status=0
    shift 2
    mkdir -p "$(dirname "$log")"
    : >"$log"
    exec 9> >(tell_progress "$title" "$log")
    # In the foreground, so that Ctrl-C reaches the command and not only this script.
    "$@" >"$log" 2>&1 </dev/null 9>&- || status=$?
    exec 9>&-
    if [ "$status" -ne 0 ]; then
        say "    $title failed after $(duration $((SECONDS - start))). The end of $log:"
        tail -n 30 "$log"
        return "$status"
    fi
    say "    done in $(duration $((SECONDS - start)))"
}
