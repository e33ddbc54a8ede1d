// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

//go:build race

package workbook

// slowdown is how much longer than a user's program a test may take. The race detector makes reading several times slower.
const slowdown = 4
