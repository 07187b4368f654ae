# shellcheck shell=sh
read_integrity() {
    for program in aide tripwire samhain ossec-control; do
        if have "$program"; then say "note program $program"; fi
    done
    for job in /etc/cron.daily/*aide* /etc/cron.weekly/*aide* /etc/cron.d/*aide* /etc/cron.daily/tripwire*; do
        if [ -e "$job" ]; then say "note job $job"; fi
    done
    say 'note searched'
    lines /etc/crontab
}
