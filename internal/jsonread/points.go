// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package jsonread

import "github.com/edgestats/terraform-provider-edgestats/internal/decimal"

// Points reads a list of points. Each element counts as a point. It is decoded into a W, whose fields are Values with json
// tags, and then converted. The result is never nil.
func Points[W, T any](r *Reader, convert func(*W) (T, error)) ([]T, error) {
	return collect(r, r.List, convert)
}

// OneOrManyPoints reads points like Points, or a single object like a list of one.
func OneOrManyPoints[W, T any](r *Reader, convert func(*W) (T, error)) ([]T, error) {
	return collect(r, r.OneOrMany, convert)
}

func collect[W, T any](r *Reader, list func(func(int) error) error, convert func(*W) (T, error)) ([]T, error) {
	points := []T{}
	var wire W
	err := list(func(int) error {
		if err := r.counter.AddPoint(); err != nil {
			return err
		}
		wire = *new(W) // An element must not inherit values from the previous one.
		if err := r.decode(&wire); err != nil {
			return err
		}
		point, err := convert(&wire)
		points = append(points, point)
		return err
	})
	return points, err
}

// Numbers reads a list of numbers. Each counts as a point. The result is never nil.
func Numbers(r *Reader) ([]decimal.Decimal, error) {
	r.numbers = r.numbers[:0]
	err := r.List(func(int) error {
		if err := r.counter.AddPoint(); err != nil {
			return err
		}
		number, err := r.Number()
		r.numbers = append(r.numbers, number)
		return err
	})
	return append(make([]decimal.Decimal, 0, len(r.numbers)), r.numbers...), err
}

// Names reads a list of names like Reader.Name. Each counts as a point. The result is never nil.
func Names(r *Reader) ([]string, error) {
	names := []string{}
	err := r.List(func(int) error {
		if err := r.counter.AddPoint(); err != nil {
			return err
		}
		name, err := r.Name()
		names = append(names, name)
		return err
	})
	return names, err
}
