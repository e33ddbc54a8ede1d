// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
)

const (
	// pageSize is the requested number of elements of a page. The vendor documents no maximum and may return fewer.
	pageSize = 100
	// maxPages is the maximum number of pages of a list.
	maxPages = 1000
	// maxPasses is the maximum number of times that a changing list is read.
	maxPasses = 5
)

// errTooManyPages is the error of a list that does not end within maxPages.
var errTooManyPages = fmt.Errorf("the list has more than %d pages", maxPages)

// page is one page of a list.
type page[T any] struct {
	elements []T
	// count is the vendor's number of elements in the whole list. It may be wrong or null.
	count decimal.Decimal
	// points is the number of values in lists inside the elements.
	points int
}

// isWhole reports whether the list has exactly the elements of this page, according to the vendor.
func (p *page[T]) isWhole() bool { return p.count == p.length() }

// isPart reports whether the list has more elements than this page, according to the vendor.
func (p *page[T]) isPart() bool { return p.count.Cmp(p.length()) > 0 }

func (p *page[T]) length() decimal.Decimal { return decimal.FromInt(int64(len(p.elements))) }

func (p *page[T]) byID(id func(T) string) map[string]T {
	elements := make(map[string]T, len(p.elements))
	for _, element := range p.elements {
		elements[id(element)] = element
	}
	return elements
}

// paging reads a list page by page to its end. It does not rely on the vendor's count.
//
// A list may change between two pages: if an element of an earlier page is removed, the first element of the next page
// moves to the earlier page and is missed. So paging reads a list of several pages until two passes in a row return the
// same elements, but at most five times. An element that stays in the list is missing only if changes hide it in every
// pass.
type paging[T any] struct {
	fetch func(ctx context.Context, number, size int64) (*page[T], error)
	id    func(T) string
}

// all returns each element of all passes once, sorted by ID. The result may contain elements that were removed during the
// read. The values are those of the last pass that found the element. The result is never nil.
func (p paging[T]) all(ctx context.Context) ([]T, error) {
	found := make(map[string]T)
	var before []string
	for range maxPasses {
		ids, whole, err := p.pass(ctx, found)
		if err != nil {
			return nil, err
		}
		if whole || ids != nil && slices.Equal(ids, before) {
			break
		}
		before = ids
	}
	return p.sorted(found), nil
}

// pass adds the elements of all pages to found. It ends at the first page without a new element: an empty page, or a page
// that repeats others. ids are the IDs in the vendor's order. They are nil if an ID occurred twice, because the list may
// have changed between two pages. whole says that one page contained the whole list, so that no change can have hidden an
// element.
func (p paging[T]) pass(ctx context.Context, found map[string]T) (ids []string, whole bool, err error) {
	counter, seen := limit.Limits{}.Result(), make(map[string]bool)
	for number, size := int64(1), int64(pageSize); number <= maxPages; number++ {
		answer, err := p.fetch(ctx, number, size)
		if err != nil {
			return nil, false, err
		}
		known := len(seen)
		for _, element := range answer.elements {
			id := p.id(element)
			ids, seen[id], found[id] = append(ids, id), true, element
		}
		added := len(seen) - known
		if added == 0 {
			if len(ids) > len(seen) {
				ids = nil
			}
			return ids, whole || number == 1, nil
		}
		if err := counter.Add(limit.Size{Series: added, Points: answer.points}); err != nil {
			return nil, false, err
		}
		whole = number == 1 && len(answer.elements) < pageSize && answer.isWhole()
		if number == 1 {
			// A vendor that returns smaller pages may still count pages of the requested size.
			size = min(size, int64(len(answer.elements)))
		}
	}
	return nil, false, errTooManyPages
}

func (p paging[T]) sorted(elements map[string]T) []T {
	list := slices.AppendSeq(make([]T, 0, len(elements)), maps.Values(elements))
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(p.id(a), p.id(b)) })
	return list
}
