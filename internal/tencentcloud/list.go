// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// AllOnOnePage is the page number and the page size that request the whole list on one page, for actions that support this.
const AllOnOnePage int64 = -1

// Listing describes a list that an action returns in pages.
type Listing[T any] struct {
	// Region is not sent if it is empty.
	Region string
	// Build returns the request for a page. The first page has the number 1.
	Build func(number, size int64) Request
	// OnePage says that the action supports AllOnOnePage.
	OnePage bool
	// Elements is the name of the response field with the elements of the page. Count is the name of the field with the
	// number of elements in the whole list.
	Elements, Count string
	// Field reads the value of a field of an element. A field that it does not read is skipped.
	Field func(into *T, r *jsonread.Reader, name string) error
	// ID returns the ID of an element. An element without an ID is an error.
	ID func(T) string
}

// List returns each element of a list once, sorted by ID. If the list may have changed while it was read, List reads it
// again, so that no element is missing that was in the list all the time. More than limit.MaxSeries elements are a
// *limit.Error, and a list that does not end is a *transport.ContentError. Any other error is one of Call.
//
// If the action has a Memo, callers share the result and must not change it.
func List[T any](ctx context.Context, c *Client, a Action, l Listing[T]) ([]T, error) {
	question, err := json.Marshal(l.Build(0, 0))
	if err != nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	fetched := a.Unshared() // Reading a page again must make a new call.
	read := func(ctx context.Context) ([]T, error) {
		elements, err := l.read(ctx, func(ctx context.Context, number, size int64) (*page[T], error) {
			return Call(ctx, c, fetched, l.question(number, size))
		})
		if errors.Is(err, errTooManyPages) {
			err = &transport.ContentError{Host: c.host, Problem: "the list does not end", Err: err}
		}
		return elements, err
	}
	if a.policy.Memo == nil {
		return read(ctx)
	}
	return transport.Once(ctx, a.policy.Memo, a.policy.API+" list\x00"+l.Region+string(question), read)
}

// read reads the whole list on one page if the action supports this. Otherwise, or if the vendor says that this page is
// incomplete, it reads page by page.
func (l Listing[T]) read(ctx context.Context, fetch func(ctx context.Context, number, size int64) (*page[T], error)) ([]T, error) {
	pages := paging[T]{fetch: fetch, id: l.ID}
	if l.OnePage {
		one, err := fetch(ctx, AllOnOnePage, AllOnOnePage)
		if err != nil {
			return nil, err
		}
		if !one.isPart() {
			return pages.sorted(one.byID(l.ID)), nil
		}
	}
	return pages.all(ctx)
}

// question returns the question for a page.
func (l Listing[T]) question(number, size int64) Question[page[T]] {
	return Question[page[T]]{
		Region: l.Region,
		Build:  func() Request { return l.Build(number, size) },
		Field: func(into *page[T], r *jsonread.Reader, name string) (err error) {
			switch name {
			case l.Elements:
				into.elements, err = l.elements(r)
				into.points = r.Counter().Size().Points
			case l.Count:
				into.count, err = r.Number()
			}
			return err
		},
		Finish: func(*page[T], string) error { return nil },
	}
}

var errNoID = errors.New("there is no ID")

// elements reads the elements of a page. Each counts as a series.
func (l Listing[T]) elements(r *jsonread.Reader) ([]T, error) {
	var elements []T
	err := r.List(func(int) error {
		if err := r.Counter().AddSeries(); err != nil {
			return err
		}
		var element T
		err := r.Object(func(name string) error { return l.Field(&element, r, name) })
		if err == nil && l.ID(element) == "" {
			err = errNoID
		}
		elements = append(elements, element)
		return err
	})
	return elements, err
}
