// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
)

// list is a list of the vendor, which may change before a page is fetched.
type list struct {
	ids []string
	// largest is the size of the vendor's pages if the requested size is greater.
	largest int64
	// count returns the vendor's count. Without it, the count is right.
	count func(length int) decimal.Decimal
	// change changes the list before the fetch with this number, from 0.
	change func(l *list, fetch int)
	// skips makes the vendor count pages of the requested size, even if it returns smaller ones.
	skips bool

	fetches int
}

func (l *list) fetch(_ context.Context, number, size int64) (*page[string], error) {
	if l.change != nil {
		l.change(l, l.fetches)
	}
	l.fetches++
	start := (number - 1) * min(size, l.largest)
	if l.skips {
		start = (number - 1) * size
	}
	start = min(start, int64(len(l.ids)))
	end := min(start+min(size, l.largest), int64(len(l.ids)))
	count := decimal.FromInt(int64(len(l.ids)))
	if l.count != nil {
		count = l.count(len(l.ids))
	}
	return &page[string]{elements: slices.Clone(l.ids[start:end]), count: count}, nil
}

func (l *list) all(t *testing.T) ([]string, error) {
	t.Helper()
	return paging[string]{fetch: l.fetch, id: func(id string) string { return id }}.all(t.Context())
}

// ids returns n IDs, which are sorted.
func ids(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("id-%04d", i)
	}
	return list
}

func TestPagesAreFollowedToTheEndWhateverTheCount(t *testing.T) {
	counts := map[string]func(int) decimal.Decimal{
		"right":          func(n int) decimal.Decimal { return decimal.FromInt(int64(n)) },
		"zero":           func(int) decimal.Decimal { return decimal.FromInt(0) },
		"missing":        func(int) decimal.Decimal { return decimal.Decimal{} },
		"of one page":    func(n int) decimal.Decimal { return decimal.FromInt(int64(min(n, 10))) },
		"less than that": func(int) decimal.Decimal { return decimal.FromInt(1) },
		"too large":      func(n int) decimal.Decimal { return decimal.FromInt(int64(n + 899)) },
		"negative":       func(int) decimal.Decimal { return decimal.FromInt(-1) },
	}
	for name, count := range counts {
		for _, length := range []int{0, 1, 9, 10, 11, 20, 99, 100, 101, 250} {
			for _, skips := range []bool{false, true} {
				for _, largest := range []int64{10, 100, 1000} {
					l := &list{ids: ids(length), largest: largest, count: count, skips: skips}
					got, err := l.all(t)
					if diff := cmp.Diff(ids(length), got); err != nil || diff != "" {
						t.Errorf("count %s, %d elements, pages of %d: %v %s", name, length, largest, err, diff)
					}
				}
			}
		}
	}
}

func TestFetchesOfAList(t *testing.T) {
	for name, test := range map[string]struct {
		list *list
		want int
	}{
		"empty":                              {&list{largest: 100}, 1},
		"one page":                           {&list{ids: ids(99), largest: 100}, 2},
		"one page and a wrong count":         {&list{ids: ids(99), largest: 100, count: func(int) decimal.Decimal { return decimal.FromInt(1) }}, 4},
		"a full page, which may hide others": {&list{ids: ids(100), largest: 100}, 4},
		"three pages":                        {&list{ids: ids(250), largest: 100}, 8},
	} {
		if _, err := test.list.all(t); err != nil || test.list.fetches != test.want {
			t.Errorf("%s: %d fetches (%v), want %d", name, test.list.fetches, err, test.want)
		}
	}
}

func remove(l *list)         { l.ids = l.ids[1:] }
func insert(l *list, id int) { l.ids = slices.Insert(l.ids, 0, "new-"+strconv.Itoa(id)) }

// stays reports the original elements that are still in the list.
func (l *list) stays(original []string) []string {
	return slices.DeleteFunc(slices.Clone(original), func(id string) bool { return !slices.Contains(l.ids, id) })
}

func TestElementsThatStayAppearOnce(t *testing.T) {
	for name, change := range map[string]func(l *list, fetch int){
		"removal between the first two pages": func(l *list, fetch int) {
			if fetch == 1 {
				remove(l)
			}
		},
		"removal of a whole page": func(l *list, fetch int) {
			if fetch == 1 {
				l.ids = l.ids[10:]
			}
		},
		"insertion of a whole page": func(l *list, fetch int) {
			for i := 0; fetch == 1 && i < 10; i++ {
				insert(l, i)
			}
		},
		"a removal before each page":    func(l *list, _ int) { remove(l) },
		"an insertion before each page": insert,
		"a removal after each first page": func(l *list, fetch int) {
			if fetch%5 == 1 {
				remove(l)
			}
		},
		"a new end for each removal": func(l *list, fetch int) {
			if fetch < 4 {
				remove(l)
				l.ids = append(l.ids, "new-"+strconv.Itoa(fetch))
			}
		},
		"removal of the only element of the last page": func(l *list, fetch int) {
			if fetch == 1 {
				l.ids = l.ids[:40]
				remove(l)
			}
		},
	} {
		l := &list{ids: ids(45), largest: 10, change: change}
		got, err := l.all(t)
		if err != nil || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Errorf("%s: %v (%v)", name, got, err)
		}
		for _, id := range l.stays(ids(45)) {
			if !slices.Contains(got, id) {
				t.Errorf("%s: %s is missing", name, id)
			}
		}
	}
}

// One change every two or three pages, at random places, for as long as the list is read.
func TestElementsThatStayAppearOnceInListsThatKeepChanging(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		original := ids(random.IntN(60))
		l := &list{ids: slices.Clone(original), largest: 5 + random.Int64N(10), change: func(l *list, _ int) {
			at := random.IntN(2) * random.IntN(1+len(l.ids)) // The front in half of the cases.
			switch random.IntN(5) {
			case 0:
				l.ids = slices.Insert(l.ids, at, "new-"+strconv.FormatUint(random.Uint64(), 10))
			case 1:
				l.ids = slices.Delete(l.ids, at, min(at+1, len(l.ids)))
			}
		}}
		got, err := l.all(t)
		if err != nil || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Fatalf("%v (%v)", got, err)
		}
		for _, id := range l.stays(original) {
			if !slices.Contains(got, id) {
				t.Fatalf("%s is missing from a list of %d in pages of %d", id, len(original), l.largest)
			}
		}
	}
}

func TestALastPageThatRepeatsEndsTheList(t *testing.T) {
	fetches := 0
	fetch := func(_ context.Context, number, _ int64) (*page[string], error) {
		fetches++
		return (&list{ids: ids(25), largest: 10}).fetch(t.Context(), min(number, 3), 10)
	}
	got, err := paging[string]{fetch: fetch, id: func(id string) string { return id }}.all(t.Context())
	if diff := cmp.Diff(ids(25), got); err != nil || diff != "" || fetches != 5*4 {
		t.Errorf("%d fetches, %v %s", fetches, err, diff)
	}
}

func TestListsWithoutAnEndAreErrors(t *testing.T) {
	next := 0
	endless := func(size int) paging[string] {
		next = 0
		return paging[string]{id: func(id string) string { return id }, fetch: func(context.Context, int64, int64) (*page[string], error) {
			elements := make([]string, size)
			for i := range elements {
				elements[i] = strconv.Itoa(next)
				next++
			}
			return &page[string]{elements: elements}, nil
		}}
	}
	if _, err := endless(1).all(t.Context()); !errors.Is(err, errTooManyPages) || next != maxPages {
		t.Errorf("%v after %d elements", err, next)
	}
	_, err := endless(100).all(t.Context())
	if tooMany, ok := errors.AsType[*limit.Error](err); !ok || tooMany.Max != limit.MaxSeries || next > limit.MaxSeries+100 {
		t.Errorf("%v after %d elements", err, next)
	}
}

// Lists within the elements count too.
func TestListsOfLargeElementsAreErrors(t *testing.T) {
	next := 0
	pages := paging[string]{id: func(id string) string { return id }, fetch: func(context.Context, int64, int64) (*page[string], error) {
		next++
		return &page[string]{elements: []string{strconv.Itoa(next)}, points: 500_000}, nil
	}}
	if _, err := pages.all(t.Context()); err == nil || err.Error() != "more than 10000000 points" || next > 20 {
		t.Errorf("%v after %d pages", err, next)
	}
}

func TestAListThatKeepsChangingIsReadFiveTimes(t *testing.T) {
	l := &list{ids: ids(45), largest: 10, change: func(l *list, fetch int) {
		remove(l)
		insert(l, fetch)
	}}
	if got, err := l.all(t); err != nil || len(got) < 45 || l.fetches != 5*6 {
		t.Errorf("%v (%v) after %d fetches", got, err, l.fetches)
	}
}

func TestAFailedPageFailsTheList(t *testing.T) {
	failure := errors.New("page 2 failed")
	pages := paging[string]{id: func(id string) string { return id }, fetch: func(_ context.Context, number, _ int64) (*page[string], error) {
		if number == 2 {
			return nil, failure
		}
		return &page[string]{elements: ids(10)}, nil
	}}
	if got, err := pages.all(t.Context()); got != nil || !errors.Is(err, failure) {
		t.Errorf("%v, %v", got, err)
	}
}
