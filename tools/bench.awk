# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# Prints the medians of repeated `go test -bench` runs as a Markdown table. Times, bytes and allocations are of one
# operation; `ratio` compares the time with that of the first benchmark of the same group.

/^Benchmark/ {
	name = $1
	sub(/^Benchmark/, "", name)
	sub(/-[0-9]+$/, "", name)
	if (!(name in runs)) order[++count] = name
	run = ++runs[name]
	for (i = 3; i < NF; i += 2) value[name, $(i + 1), run] = $i
}

# median returns the middle one of the runs' values.
function median(name, unit, n, i, j, swap, sorted) {
	n = runs[name]
	for (i = 1; i <= n; i++) sorted[i] = value[name, unit, i] + 0
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) {
			swap = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = swap
		}
	return sorted[int((n + 1) / 2)]
}

function or_dash(text, there) { return there ? text : "" }

END {
	print "| benchmark | ms | ratio | MB | bytes ratio | allocations |"
	print "|---|---|---|---|---|---|"
	for (k = 1; k <= count; k++) {
		name = order[k]
		group = name
		sub(/\/[^\/]*$/, "", group)
		if (!(group in first)) first[group] = name
		ms = median(name, "ns/op") / 1e6
		base = median(first[group], "ns/op") / 1e6
		bytes = median(name, "B/op")
		basebytes = median(first[group], "B/op")
		printf "| %s | %.1f | %.2f | %s | %s | %s |\n", name, ms, ms / base, \
			or_dash(sprintf("%.1f", bytes / 1e6), bytes), or_dash(sprintf("%.2f", basebytes ? bytes / basebytes : 0), bytes && basebytes), \
			or_dash(sprintf("%d", median(name, "allocs/op")), bytes)
	}
}
