#!/bin/bash
# Many reports on a Slurm cluster, a task of a job array for each part of the rows:
#
#     sbatch slurm.sh reports.jsonl /shared/out
#     nianbao merge /shared/out -o /shared/out/manifest.jsonl      # when all tasks are done
#
# A task that was killed is submitted again by its number and goes on where it stopped:
# sbatch --array=3 slurm.sh reports.jsonl /shared/out. What follows the folder goes to nianbao: -f pdf.
#SBATCH --job-name=nianbao
#SBATCH --array=0-7
#SBATCH --cpus-per-task=2
#SBATCH --output=nianbao-%A-%a.log

# As many as the array has tasks. The array counts from 0, and a task that is submitted by itself is
# still one of so many, which Slurm's own count would not say.
shards=${SHARDS:-8}
input=$1 folder=$2
shift 2
exec "${NIANBAO:-nianbao}" bulk "$input" -o "$folder" --shard "auto/$shards" \
    -j "$SLURM_CPUS_PER_TASK" --resume "$@"
