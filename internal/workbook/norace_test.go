// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

package workbook

// slowdown is how much longer than a user's program a test may take. Without the race detector, reading takes the time that it takes.
const slowdown = 1
