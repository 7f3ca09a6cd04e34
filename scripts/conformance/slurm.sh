#!/bin/bash
# slurm.sh NIANBAO   A thousand reports in four parts on a real Slurm: controller, node and munge run
# on this machine, below build/slurm. One task is killed half way and submitted again; the merged
# manifest and all files must be those of a run on one machine. samples/scale/slurm.sh is the job.
set -euo pipefail
nianbao=$(readlink -f "$1")
cd "$(dirname "$(readlink -f "$0")")/../.."

# shellcheck source=../packages.sh
. scripts/packages.sh

if ! install_packages slurmctld slurmd slurm-client munge python3; then
    echo "SKIP slurm: its packages cannot be installed here"
    exit 77
fi

rows=${NB_SLURM_ROWS:-1000}
shards=4
base=$PWD/build/slurm
rm -rf "$base"
mkdir -p "$base"/{state,spool,munge,logs}
chmod 700 "$base/munge"
daemons=()

stop() {
    for ((i = ${#daemons[@]} - 1; i >= 0; i--)); do
        kill "${daemons[i]}" 2>/dev/null || true
    done
    wait
}
trap stop EXIT

# start NAME COMMAND...   In the foreground of a job of this shell, so that it ends with us.
start() {
    local name=$1
    shift
    "$@" >"$base/logs/$name.out" 2>&1 &
    daemons+=($!)
}

# await SECONDS WHAT COMMAND...   Until the command is true.
await() {
    local seconds=$1 what=$2
    shift 2
    for ((i = 0; i < seconds * 5; i++)); do
        if "$@"; then
            return 0
        fi
        sleep 0.2
    done
    echo "FAIL slurm: $what did not happen within $seconds s"
    tail -n 5 "$base"/logs/* | cut -c 1-200
    exit 1
}

# Two ports that nothing listens on.
ports() {
    python3 -c 'import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))'
}

write_configuration() {
    local host controller_port node_port
    host=$(hostname -s)
    read -r controller_port node_port < <(ports)
    cat >"$base/slurm.conf" <<CONF
ClusterName=nianbao
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller_port
SlurmdPort=$node_port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$base/munge/socket
CredType=cred/munge
StateSaveLocation=$base/state
SlurmdSpoolDir=$base/spool
SlurmctldPidFile=$base/slurmctld.pid
SlurmdPidFile=$base/slurmd.pid
SlurmctldLogFile=$base/logs/slurmctld.log
SlurmdLogFile=$base/logs/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
SlurmctldTimeout=300
NodeName=$host NodeAddr=127.0.0.1 CPUs=$shards State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
}

munge_answers() {
    munge -n -S "$base/munge/socket" >/dev/null 2>&1
}

node_is_idle() {
    [ "$(sinfo -h -o %T 2>/dev/null)" = idle ]
}

queue_is_empty() {
    local queue
    queue=$(squeue -h 2>/dev/null) && [ -z "$queue" ]
}

start_slurm() {
    dd if=/dev/urandom of="$base/munge/key" bs=1024 count=1 status=none
    chmod 600 "$base/munge/key"
    start munged munged --foreground --force --key-file="$base/munge/key" \
        --socket="$base/munge/socket" --pid-file="$base/munge/pid" \
        --log-file="$base/munge/log" --seed-file="$base/munge/seed"
    await 20 "munge" munge_answers
    write_configuration
    export SLURM_CONF=$base/slurm.conf
    start slurmctld slurmctld -D -f "$SLURM_CONF"
    start slurmd slurmd -D -f "$SLURM_CONF" -N "$(hostname -s)"
    await 60 "an idle node" node_is_idle
}

# Reports that differ in agency and length; one in fifty has a total that is wrong.
write_rows() {
    python3 - "$rows" >"$base/in.jsonl" <<'PYTHON'
import json, sys
with open("samples/provincial-city.json", encoding="utf-8") as file:
    report = json.load(file)
overview = report["sections"]["overview"]
received = report["requests"]["received"]
for number in range(int(sys.argv[1])):
    report["agency"] = f"第{number}局"
    report["sections"]["overview"] = overview * (1 + number % 3)
    report["requests"]["received"] = [*received[:6], 999999] if number % 50 == 7 else received
    print(json.dumps(report, ensure_ascii=False))
PYTHON
}

submit() {
    SHARDS=$shards NIANBAO=$nianbao sbatch --quiet --cpus-per-task=1 \
        --output="$base/logs/task-%a.log" "$@" samples/scale/slurm.sh \
        "$base/in.jsonl" "$base/out" -f pdf,docx,html
}

# The task has written some rows, and not yet all.
is_half_way() {
    local journal=$base/out/.nianbao/3-of-$shards/journal.jsonl
    [ -e "$journal" ] && [ "$(wc -l <"$journal")" -ge $((rows / shards / 3)) ]
}

# Prints the process that makes the third part.
third_task() {
    pgrep -f "^$nianbao bulk $base/in.jsonl .*" | while read -r process; do
        if tr '\0' '\n' <"/proc/$process/environ" | grep -qx SLURM_ARRAY_TASK_ID=2; then
            echo "$process"
        fi
    done
}

start_slurm
write_rows
"$nianbao" bulk "$base/in.jsonl" -o "$base/whole" -f pdf,docx,html --quiet 2>/dev/null || [ $? = 1 ]

submit --array=0-$((shards - 1))
await 120 "half of a task" is_half_way
kill -KILL "$(third_task)"
await 300 "the end of the array" queue_is_empty
if "$nianbao" merge "$base/out" -o "$base/out/manifest.jsonl" 2>"$base/logs/early"; then
    echo "FAIL slurm: parts were merged of which one was killed"
    exit 1
fi
written=$(wc -l <"$base/out/.nianbao/3-of-$shards/journal.jsonl")
submit --array=2
await 300 "the end of the task" queue_is_empty
"$nianbao" merge "$base/out" -o "$base/out/manifest.jsonl" 2>"$base/logs/merge" || [ $? = 1 ]
kept=$(grep -oE '其中上次已有 [0-9]+' "$base/logs/task-2.log" | tail -n 1 | tr -cd 0-9)
rm -f "$base"/out/manifest-*-of-*.jsonl
if ! diff -r "$base/whole" "$base/out" >"$base/logs/diff"; then
    echo "FAIL slurm: what four tasks made differs from what one machine makes"
    head -n 5 "$base/logs/diff"
    exit 1
fi
echo "PASS slurm: $rows reports in $shards tasks, one killed with $written lines in its journal and" \
    "resumed with ${kept:-0} rows, merge to the bytes of one machine"
