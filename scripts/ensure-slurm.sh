#!/usr/bin/env bash
# Makes sure that the programs of Slurm are there for the tests; installs Debian's where they are not and the user may.
# None of them is started: the tests run their own, with settings of their own.
set -euo pipefail

has_slurm() {
  # Not everybody has those that serve on the path.
  (
    PATH="$PATH:/usr/sbin:/sbin"
    command -v munged && command -v slurmctld && command -v slurmd && command -v sbatch
  ) >/dev/null
}

if ! has_slurm; then
  "$(dirname "$0")/install-debian.sh" "Slurm" slurm-wlm munge
  has_slurm
fi
