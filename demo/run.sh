#!/bin/sh
# The main job on an embedded lab: 24 simulated switches and this machine, checked twice.
set -eu

folder=.baseline/demo
lab="$folder/lab"
export BASELINE_STORE="$folder/store.db"
export BASELINE_INVENTORY="$lab/inventory.yml"

rm -rf "$folder"
mkdir -p "$folder"
trap 'baseline lab down --folder "$lab" >/dev/null 2>&1 || true' EXIT INT TERM

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }

# Exit code 1 says that something is not met, and 3 that something could not be checked: both are what this shows.
run() {
    say "$@"
    "$@" || [ $? -ne 2 ]
}

run baseline lab up --folder "$lab" --devices 24 --first-port "${BASELINE_DEMO_PORT:-22001}"
run baseline inventory list --site zwolle
run baseline check
say "baseline check   # nothing changed, so nothing is judged again"
baseline check | tail -n 3 || true
run baseline lab break kampen-sw-05 telnet_on_vty --folder "$lab"
run baseline check --target kampen-sw-05
run baseline show network-lines-ssh-only kampen-sw-05
run baseline runs
run baseline lab status --folder "$lab"
