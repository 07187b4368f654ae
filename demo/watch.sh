#!/bin/sh
# The night watch on an embedded lab: a switch goes wrong, the right people are told; it is repaired, and they are told
# that too. Needs Prometheus and Alertmanager (Debian: apt-get install prometheus prometheus-alertmanager).
#   demo/watch.sh          does all of it, and ends
#   demo/watch.sh --stay   leaves everything running, to look around, until Ctrl-C
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
folder=${BASELINE_WATCH_FOLDER:-.baseline/watch}
device=zwolle-sw-01
alertmanager=$(command -v prometheus-alertmanager || command -v alertmanager || true)
if [ -z "$alertmanager" ] || ! command -v prometheus >/dev/null; then
    echo "This needs Prometheus and Alertmanager: apt-get install prometheus prometheus-alertmanager" >&2
    exit 2
fi

rm -rf "$folder"
mkdir -p "$folder/data"
folder=$(CDPATH='' cd -- "$folder" && pwd)
export BASELINE_STORE="$folder/store.db" BASELINE_INVENTORY="$folder/lab/inventory.yml"
started=""

stop() {
    trap - EXIT INT TERM
    for process in $started; do kill "$process" 2>/dev/null || true; done
    for process in $started; do wait "$process" 2>/dev/null || true; done
    baseline lab down --folder "$folder/lab" >/dev/null 2>&1 || true
}
trap stop EXIT
trap 'exit 130' INT TERM

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
run() { # exit codes 1 and 3 say what was found
    say "$@"
    "$@" || [ $? -ne 2 ]
}
background() { # background NAME COMMAND...
    name=$1
    shift
    "$@" >"$folder/$name.log" 2>&1 &
    started="$! $started"
}
until_line() { # until_line WHAT COMMAND...: at most two minutes
    what=$1
    shift
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -gt 480 ]; then
            echo "waited two minutes in vain for $what; see $folder/*.log" >&2
            exit 1
        fi
        sleep 0.25
    done
}
get() { python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5).read()' "$1"; }

# shellcheck disable=SC2046
set -- "${1:-}" $(python3 - <<'EOF'
import socket

free = [socket.socket() for _ in range(4)]
for each in free:
    each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in free))
EOF
)
stay=$1 serve=$2 prometheus=$3 alerts=$4 receiver=$5

run baseline lab up --folder "$folder/lab" --devices 6 --lines 450 --first-port 0 --no-include-localhost
baseline lab repair "$device" --folder "$folder/lab" >/dev/null
run baseline check --quiet

# The shipped files, with this machine's ports and in a hurry.
cp -r "$here/exporters/prometheus/rules" "$here/exporters/prometheus/alerts" "$folder/"
sed -i 's/keep_firing_for: 10m/keep_firing_for: 1s/' "$folder"/alerts/*.yml
sed -e "s/127.0.0.1:9873/127.0.0.1:$serve/" -e "s/127.0.0.1:9093/127.0.0.1:$alerts/" \
    -e 's/_interval: 60s/_interval: 1s/' -e 's/scrape_timeout: 30s/scrape_timeout: 1s/' \
    "$here/exporters/prometheus/prometheus.yml" >"$folder/prometheus.yml"
sed -e "s/127.0.0.1:9099/127.0.0.1:$receiver/" -e 's/group_wait: 1m/group_wait: 1s/' \
    -e 's/group_interval: 10m/group_interval: 1s/' "$here/exporters/prometheus/alertmanager.yml" >"$folder/alertmanager.yml"

say "baseline serve --listen 127.0.0.1:$serve   # and Prometheus, Alertmanager, and somebody who is told"
background told python3 "$here/demo/receiver.py" "$receiver"
background serve baseline serve --listen "127.0.0.1:$serve"
background alertmanager "$alertmanager" --config.file="$folder/alertmanager.yml" --storage.path="$folder/data/alerts" \
    --web.listen-address="127.0.0.1:$alerts" --cluster.listen-address=
background prometheus prometheus --config.file="$folder/prometheus.yml" --storage.tsdb.path="$folder/data/metrics" \
    --web.listen-address="127.0.0.1:$prometheus"
until_line "baseline serve" get "http://127.0.0.1:$serve/-/ready"
until_line "Alertmanager" get "http://127.0.0.1:$alerts/-/ready"
until_line "Prometheus" get "http://127.0.0.1:$prometheus/-/ready"

run baseline lab break "$device" snmp_community_public --folder "$folder/lab"
run baseline check --target "$device" --quiet
until_line "the alert" grep -q "firing.*BaselineCriticalFailure.*$device" "$folder/told.log"
grep "firing.*$device" "$folder/told.log"

run baseline lab repair "$device" --folder "$folder/lab"
run baseline check --target "$device" --quiet
until_line "the end of the alert" grep -q "resolved.*BaselineCriticalFailure.*$device" "$folder/told.log"
grep "resolved.*$device" "$folder/told.log"

if [ "$stay" = --stay ]; then
    printf '\nPrometheus http://127.0.0.1:%s, Alertmanager http://127.0.0.1:%s, metrics http://127.0.0.1:%s/metrics. Ctrl-C ends.\n' \
        "$prometheus" "$alerts" "$serve"
    wait
fi
