// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

type pageRequest struct {
	*tchttp.BaseRequest

	Filter     string `json:"Filter,omitempty"`
	PageNumber int64  `json:"PageNumber"`
	PageSize   int64  `json:"PageSize"`
}

// thing is an element of the lists in the tests.
type thing struct {
	ID   string
	Tags []string
}

func listing(region, filter string) Listing[thing] {
	return Listing[thing]{
		Region: region,
		Build: func(number, size int64) Request {
			return &pageRequest{BaseRequest: &tchttp.BaseRequest{}, Filter: filter, PageNumber: number, PageSize: size}
		},
		Elements: "Things", Count: "Total",
		Field: func(into *thing, r *jsonread.Reader, name string) (err error) {
			switch name {
			case "Id":
				into.ID, err = r.Name()
			case "Tags":
				into.Tags, err = jsonread.Names(r)
			}
			return err
		},
		ID: func(t thing) string { return t.ID },
	}
}

// newLister returns a function that reads a list of a vendor which returns one answer after the other.
func newLister(t *testing.T, memo *transport.Memo, answers ...string) (read func(Listing[thing]) ([]thing, error), s *server) {
	t.Helper()
	list := make([]answer, len(answers))
	for i, members := range answers {
		list[i] = ok(`{"Response":{` + members + `"RequestId":"r-1"}}`)
	}
	config, s := newConfig(t, list...)
	config.Memo, config.QuotaShare = memo, 1000
	client := New(config)
	action := client.Action("probe", "2026-01-15", "DescribeThings")
	return func(l Listing[thing]) ([]thing, error) { return List(t.Context(), client, action, l) }, s
}

// pages returns the number and the size of each requested page.
func (s *server) pages(t *testing.T) []string {
	t.Helper()
	var pages []string
	for _, r := range s.requests {
		var p pageRequest
		if err := json.Unmarshal([]byte(r.body), &p); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, fmt.Sprintf("%s%d of %d", p.Filter, p.PageNumber, p.PageSize))
	}
	return pages
}

func TestListReadsEachElementOnce(t *testing.T) {
	read, s := newLister(t, nil,
		`"Things":[{"Id":"c","Tags":["x","y"]},{"Id":"b","Key":"unread"}],"Total":0,`,
		`"Total":0,"Things":[{"Id":"b"},{"Id":"a","Tags":null}],`,
		`"Things":[],"Total":null,`,
		`"Things":[{"Id":"c","Tags":["x","y"]},{"Id":"b"}],"Total":899,`, `"Things":[{"Id":"a"}],`, `"Things":null,`,
		`"Things":[{"Id":"c","Tags":["z"]},{"Id":"b"}],"Total":"3",`, `"Things":[{"Id":"a"}],`, ``)
	got, err := read(listing("", ""))
	want := []thing{{ID: "a"}, {ID: "b"}, {ID: "c", Tags: []string{"z"}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	pass := []string{"1 of 100", "2 of 2", "3 of 2"}
	if diff := cmp.Diff(slices.Concat(pass, pass, pass), s.pages(t)); diff != "" {
		t.Error(diff)
	}
}

func TestAnEmptyListIsNotNil(t *testing.T) {
	for _, members := range []string{``, `"Things":null,`, `"Things":[],"Total":899,`} {
		read, s := newLister(t, nil, members)
		if got, err := read(listing("", "")); err != nil || got == nil || len(got) != 0 || len(s.requests) != 1 {
			t.Errorf("%s: %v, %v after %d calls", members, got, err, len(s.requests))
		}
	}
}

func TestListAsksForOnePageWhereThereIsOne(t *testing.T) {
	whole := listing("", "")
	whole.OnePage = true
	for name, test := range map[string]struct {
		answers []string
		want    []string
	}{
		"right count":   {[]string{`"Things":[{"Id":"b"},{"Id":"a"},{"Id":"a"}],"Total":3,`}, []string{"-1 of -1"}},
		"small count":   {[]string{`"Things":[{"Id":"b"},{"Id":"a"}],"Total":0,`}, []string{"-1 of -1"}},
		"missing count": {[]string{`"Things":[{"Id":"b"},{"Id":"a"}],`}, []string{"-1 of -1"}},
		"large count": {
			[]string{`"Things":[{"Id":"b"}],"Total":2,`, `"Things":[{"Id":"b"},{"Id":"a"}],"Total":2,`, `"Total":2,`},
			[]string{"-1 of -1", "1 of 100", "2 of 2"},
		},
	} {
		read, s := newLister(t, nil, test.answers...)
		got, err := read(whole)
		if diff := cmp.Diff([]thing{{ID: "a"}, {ID: "b"}}, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
		if diff := cmp.Diff(test.want, s.pages(t)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Every pass needs new pages, but readers of the same list share all passes.
func TestEqualListsAreReadOnce(t *testing.T) {
	read, s := newLister(t, transport.NewMemo(), `"Things":[{"Id":"a"}],"Total":1,`)
	for _, l := range []Listing[thing]{listing("", ""), listing("", ""), listing("r", ""), listing("", "f"), listing("r", ""), listing("", "f")} {
		if got, err := read(l); err != nil || len(got) != 1 {
			t.Errorf("%v, %v", got, err)
		}
	}
	if diff := cmp.Diff([]string{"1 of 100", "2 of 1", "1 of 100", "2 of 1", "f1 of 100", "f2 of 1"}, s.pages(t)); diff != "" {
		t.Error(diff)
	}
	if region := s.requests[3].Header.Get("X-TC-Region"); region != "r" {
		t.Errorf("region %q", region)
	}
}

func TestListErrors(t *testing.T) {
	for want, members := range map[string]string{
		`$.Response.Things[1]: there is no ID`:                                          `"Things":[{"Id":"a"},{"Tags":[]}],`,
		`not the JSON that is documented: $.Response.Things[0].Tags: unexpected string`: `"Things":[{"Id":"a","Tags":"x"}],`,
		`not the JSON that is documented: $.Response.Things: unexpected object`:         `"Things":{},`,
		`$.Response.Total: not a decimal number: "many"`:                                `"Total":"many",`,
		`$.Response.Things[0].Id: given twice`:                                          `"Things":[{"Id":"a","Id":"b"}],`,
		`InvalidParameterValue: the message`:                                            `"Error":{"Code":"InvalidParameterValue","Message":"the message"},`,
		`more than 10000 series`:                                                        `"Things":[` + strings.Repeat(`{"Id":"a"},`, limit.MaxSeries) + `{"Id":"a"}],`,
		`more than 500000 points`:                                                       `"Things":[{"Id":"a","Tags":[` + strings.Repeat(`"x",`, 500_000) + `"x"]}],`,
	} {
		read, _ := newLister(t, transport.NewMemo(), members)
		got, err := read(listing("", ""))
		if err == nil || !strings.Contains(err.Error(), want) || got != nil {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestAListThatDoesNotEndIsMalformed(t *testing.T) {
	config, s := newConfig(t)
	config.QuotaShare = 1000
	client := New(config)
	s.respond = func(n int) answer { return ok(fmt.Sprintf(`{"Response":{"Things":[{"Id":"%d"}]}}`, n)) }
	_, err := List(t.Context(), client, client.Action("probe", "2026-01-15", "DescribeThings"), listing("", ""))
	content, ok := errors.AsType[*transport.ContentError](err)
	if !ok || !errors.Is(err, errTooManyPages) || content.Host != strings.TrimPrefix(config.Endpoint, "http://") || len(s.requests) != maxPages {
		t.Errorf("%v after %d calls", err, len(s.requests))
	}
}

func TestAListEndsWithItsContext(t *testing.T) {
	for name, memo := range map[string]*transport.Memo{"alone": nil, "shared": transport.NewMemo()} {
		config, s := newConfig(t)
		config.Memo, config.QuotaShare = memo, 1000
		client := New(config)
		ctx, cancel := context.WithCancel(t.Context())
		s.respond = func(n int) answer {
			if n == 3 {
				cancel()
			}
			return ok(fmt.Sprintf(`{"Response":{"Things":[{"Id":"%d"}]}}`, n))
		}
		got, err := List(ctx, client, client.Action("probe", "2026-01-15", "DescribeThings"), listing("", ""))
		if !transport.IsCancelled(err) || got != nil || len(s.requests) > 4 {
			t.Errorf("%s: %v, %v after %d calls", name, got, err, len(s.requests))
		}
	}
}
