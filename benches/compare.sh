#!/usr/bin/env bash
# Reads one tree of logs with planwise, with ccusage and with ripgrep (the floor: it only scans), in
# one run, and checks that planwise's totals are the known ones.
#
#   benches/compare.sh [FOLDER | MIB]
#
# FOLDER holds 'projects' and 'expected.json'; without one a tree of MIB MiB (1024) is made. Needs
# cargo, npm and rg. Nothing is installed outside of a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in cargo npm rg; do
  command -v "$tool" >/dev/null || { echo "compare.sh needs '$tool'" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --locked
cargo bench --bench usage --locked --no-run
planwise=$PWD/target/release/planwise

tree=${1:-1024}
if [ ! -d "$tree" ]; then
  mib=$tree
  tree=$work/tree
  mkdir "$tree"
  cargo bench --quiet --bench usage --locked -- --make "$tree" "$mib"
fi
tree=$(cd "$tree" && pwd)
echo "tree: $(du -sm --apparent-size "$tree/projects" | cut -f1) MiB, $(find "$tree/projects" -name '*.jsonl' | wc -l) files"

npm install --silent --no-audit --no-fund --prefix "$work/npm" ccusage @ccusage/ccusage-linux-x64 >/dev/null
# The program itself, not the script that starts it and first makes it one to run.
ccusage=$(find "$work/npm/node_modules/@ccusage" -type f -name ccusage | head -n 1)
[ -n "$ccusage" ] || { echo "compare.sh found no program in the npm package of ccusage" >&2; exit 1; }
chmod u+x "$ccusage"
echo "$("$planwise" --version), ccusage $("$ccusage" --version), $(rg --version | head -n 1)"

cargo bench --quiet --bench usage --locked -- --check "$tree"

run_planwise() { "$planwise" usage --format json --timezone UTC "$tree/projects"; }
run_ccusage() { CLAUDE_CONFIG_DIR=$tree TZ=UTC "$ccusage" claude daily --offline --json; }
run_ripgrep() { rg --no-ignore --hidden --count '"usage"' "$tree/projects"; }

# The peak of a run: GNU time where it is, else what the kernel says of the process.
peak() {
  if [ -x /usr/bin/time ]; then
    /usr/bin/time -f %M -o "$work/peak" "$@" >/dev/null
    awk '{printf "%.1f MiB", $1 / 1024}' "$work/peak"
  else
    printf 'needs /usr/bin/time'
  fi
}

best() {
  local best= start end took
  "$1" >/dev/null # Once unmeasured, so that the files are in memory for all three.
  for _ in 1 2 3 4 5 6 7; do
    start=$(date +%s%N)
    "$1" >/dev/null
    end=$(date +%s%N)
    took=$(((end - start) / 1000))
    if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
  done
  echo "$best"
}

p=$(best run_planwise)
c=$(best run_ccusage)
r=$(best run_ripgrep)
export CLAUDE_CONFIG_DIR=$tree TZ=UTC
printf '%-10s %8s   %s\n' "" "best of 7" "peak memory"
row() { printf '%-10s %6d ms   %s\n' "$1" "$(($2 / 1000))" "$3"; }
row planwise "$p" "$(peak "$planwise" usage --format json --timezone UTC "$tree/projects")"
row ccusage "$c" "$(peak "$ccusage" claude daily --offline --json)"
row ripgrep "$r" "$(peak rg --no-ignore --hidden --count '"usage"' "$tree/projects")"
awk -v p="$p" -v c="$c" -v r="$r" \
  'BEGIN {printf "planwise takes %.2f times ripgrep; ccusage takes %.2f times planwise\n", p / r, c / p}'
