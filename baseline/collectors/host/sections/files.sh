# shellcheck shell=sh
read_files() {
    run stat -L -c '%n|%U|%G|%a|%s|%F' "$@"
}
