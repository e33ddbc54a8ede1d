// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package jsonread_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// document is the document of the tests.
type document struct {
	name   string
	total  decimal.Decimal
	points []string
	groups []string
	names  []string
}

type pointWire struct {
	Time  jsonread.Value `json:"time"`
	Value jsonread.Value `json:"value"`
}

func (w *pointWire) read() (string, error) {
	at, err := w.Time.Text()
	if err != nil {
		return "", jsonread.At("time", err)
	}
	value, err := w.Value.Number()
	return at + "=" + value.String(), jsonread.At("value", err)
}

func (d *document) read(r *jsonread.Reader) error {
	return r.Object(func(name string) (err error) {
		switch name {
		case "name":
			d.name, err = r.Name()
		case "total":
			d.total, err = r.Number()
		case "points":
			d.points, err = jsonread.Points(r, (*pointWire).read)
		case "names":
			d.names, err = jsonread.Names(r)
		case "groups":
			return r.OneOrMany(func(i int) error {
				if err := r.Counter().AddSeries(); err != nil {
					return err
				}
				values, err := jsonread.Numbers(r)
				d.groups = append(d.groups, fmt.Sprint(i, values))
				return err
			})
		}
		return err
	})
}

func read(ctx context.Context, body string, limits limit.Limits) (document, error) {
	var d document
	err := jsonread.Read(ctx, &transport.Answer{Host: "api.example.com", Body: []byte(body)}, limits, d.read)
	return d, err
}

func TestRead(t *testing.T) {
	for body, want := range map[string]document{
		`{}`:                            {},
		"\t{ }\n":                       {},
		`{"name":null,"total":null}`:    {},
		`{"name":"a\u0062\n\u202ec"}`:   {name: "ab c"},
		`{"name":12,"total":"12.50"}`:   {name: "12", total: decimal.FromInt(0)},
		`{"points":null,"groups":null}`: {points: []string{}},
		`{"points":[],"groups":[]}`:     {points: []string{}},
		`{"points":[{"time":"a","value":1,"more":{"x":[1,{}]}},null,{"value":"2"},{"time":"c"}]}`: {points: []string{"a=1", "=null", "=2", "c=null"}},
		`{"groups":[[1],[],null,["2",null]]}`:                                                     {groups: []string{"0 [1]", "1 []", "2 []", "3 [2 null]"}},
		`{"names":["a",2,"\u202e",null,true]}`:                                                    {names: []string{"a", "2", "", "", "true"}},
		`{"names":null}`:                                                                          {names: []string{}},
		`{"unknown":{"name":[{"a":1}]},"other":[[[]]],"third":"x","name":"n","fourth":1e999}`:     {name: "n"},
		`{"unknown":1,"unknown":2,"name":"n"}`:                                                    {name: "n"},
	} {
		got, err := read(t.Context(), body, limit.Limits{})
		if want.total == decimal.FromInt(0) {
			want.total, _ = decimal.Parse("12.5")
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(document{})); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", body, err, diff)
		}
	}
}

// longText is longer than a value may be with the quotation marks around it.
var longText = strings.Repeat("x", 1<<20)

func TestErrorsNameThePlace(t *testing.T) {
	for body, want := range map[string]string{
		`[]`:                                 `not the JSON that is documented: $: unexpected array`,
		`{"name":{}}`:                        `not the JSON that is documented: $.name: unexpected object`,
		`{"name":[1]}`:                       `not the JSON that is documented: $.name: unexpected array`,
		`{"points":{}}`:                      `not the JSON that is documented: $.points: unexpected object`,
		`{"points":"x"}`:                     `not the JSON that is documented: $.points: unexpected string`,
		`{"points":true}`:                    `not the JSON that is documented: $.points: unexpected bool`,
		`{"points":[{},7]}`:                  `not the JSON that is documented: $.points[1]: unexpected number`,
		`{"points":[{},"x"]}`:                `not the JSON that is documented: $.points[1]: unexpected string`,
		`{"points":[{"time":1}]}`:            `not the JSON that is documented: $.points[0].time: unexpected number`,
		`{"points":[{"value":"x"}]}`:         `unexpected value: $.points[0].value: not a decimal number: "x"`,
		`{"groups":[[1],[1,{}]]}`:            `unexpected value: $.groups[1][1]: not a decimal number: "{}"`,
		`{"groups":[[1],[NaN]]}`:             `not the JSON that is documented: $.groups[1][0]: invalid character 'N' looking for beginning of value`,
		`{"groups":[[1],[1`:                  `not the JSON that is documented: $.groups[1][0]: unexpected end of JSON input`,
		`{"groups":[[1]`:                     `not the JSON that is documented: $.groups[0]: unexpected end of JSON input`,
		`{"names":["a",{}]}`:                 `not the JSON that is documented: $.names[1]: unexpected object`,
		`{"names":"a"}`:                      `not the JSON that is documented: $.names: unexpected string`,
		`{"unknown":{"a":1,}}`:               `not the JSON that is documented: $.unknown: invalid character '}' looking for beginning of object key string`,
		`{"un known\u001b":nul}`:             `not the JSON that is documented: $["un known\x1b"]: invalid character '}' in literal null (expecting 'l')`,
		`{"name":"n"`:                        `not the JSON that is documented: $.name: unexpected end of JSON input`,
		`{"name" 1}`:                         `not the JSON that is documented: $.name: expected colon after object key`,
		`{1:2}`:                              `not the JSON that is documented: $[""]: invalid character '1'`,
		`{}{}`:                               `not the JSON that is documented: $: invalid character '{' after top-level value`,
		`{"name":"a","name":"a"}`:            `unexpected value: $.name: given twice`,
		`{"points":[],"x":1,"points":null}`:  `unexpected value: $.points: given twice`,
		`{"points":[{"value":1,"value":1}]}`: `unexpected value: $.points[0].value: given twice`,
		`{"points":[{"value":1,"Value":2}]}`: `unexpected value: $.points[0].value: given twice`,
		`{"points":[{"time":"","time":""}]}`: `unexpected value: $.points[0].time: given twice`,
		`{"unknown":` + strings.Repeat("[", 20_000) + `}`: `not the JSON that is documented: $.unknown: invalid character '[' exceeded max depth`,
		`{"total":` + strings.Repeat("7", 1<<20) + `}`:    `unexpected value: $.total: number too long: 1048576 characters long, the limit is 400`,
		`{"total":"` + strings.Repeat("7", 1<<20) + `"}`:  `unexpected value: $.total: too long: 1048578 bytes, the limit is 1048576`,
		`{"points":[{"time":"` + longText + `"}]}`:        `unexpected value: $.points[0].time: too long: 1048578 bytes, the limit is 1048576`,
		`{"name":` + strings.Repeat("7", 1<<20+1) + `}`:   `unexpected value: $.name: too long: 1048577 bytes, the limit is 1048576`,
		`{"name":"` + strings.Repeat("n", 513) + `"}`:     `unexpected value: $.name: too long: 513 bytes, the limit is 512`,
		`{"` + strings.Repeat("n", 1<<20) + `":[}`:        `not the JSON that is documented: $["` + strings.Repeat("n", 40),
	} {
		_, err := read(t.Context(), body, limit.Limits{})
		const prefix = "malformed response from api.example.com: "
		if content, ok := errors.AsType[*transport.ContentError](err); !ok || !strings.HasPrefix(content.Error(), prefix+want) {
			t.Errorf("%.80s:\nerror %v\n want %s%s", body, err, prefix, want)
		}
	}
}

func TestElementsInheritNothing(t *testing.T) {
	d, err := read(t.Context(), `{"points":[{"time":"a","value":5},{"time":"b"}]}`, limit.Limits{})
	if diff := cmp.Diff([]string{"a=5", "b=null"}, d.points); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestRepeatedNamesAreFoundAmongManyMembers(t *testing.T) {
	var body strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&body, `"%d":%d,`, i, i)
	}
	count := func(body string) (n int, err error) {
		err = jsonread.Read(t.Context(), &transport.Answer{Body: []byte(body)}, limit.Limits{}, func(r *jsonread.Reader) error {
			return r.Object(func(string) error {
				n++
				_, err := r.Number()
				return err
			})
		})
		return n, err
	}
	if n, err := count("{" + body.String() + `"x":1}`); err != nil || n != 1001 {
		t.Errorf("%d members, %v", n, err)
	}
	for _, twice := range []string{"0", "15", "16", "999"} {
		if n, err := count("{" + body.String() + `"` + twice + `":1}`); n != 1000 || err == nil || !strings.HasSuffix(err.Error(), `["`+twice+`"]: given twice`) {
			t.Errorf("%d members, %v", n, err)
		}
	}
}

// visits reads a long list and returns the number of decoded elements. It calls stop at the tenth.
func visits(ctx context.Context, elements string, limits limit.Limits, stop func()) (n int, err error) {
	type wire struct {
		X jsonread.Value `json:"x"`
	}
	body := "[" + strings.TrimSuffix(strings.Repeat(elements+",", 1_000_000), ",") + "]"
	err = jsonread.Read(ctx, &transport.Answer{Body: []byte(body)}, limits, func(r *jsonread.Reader) error {
		_, err := jsonread.Points(r, func(*wire) (int, error) {
			n++
			if n == 10 {
				stop()
			}
			return n, nil
		})
		return err
	})
	return n, err
}

func TestReadingEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n, err := visits(ctx, "{}", limit.Limits{}, cancel)
	if !errors.Is(err, context.Canceled) || n > 2000 {
		t.Errorf("%v after %d elements, want the context's error soon after 10", err, n)
	}
	// Skipped values are not read to their end either.
	for _, body := range []string{`{"unknown":[`, `{"name":"`} {
		_, err := read(ctx, body+strings.Repeat("1,", 1<<20), limit.Limits{})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want the context's error", body, err)
		}
	}
}

func TestReadingEndsAtTheLimit(t *testing.T) {
	for _, test := range []struct {
		limits limit.Limits
		want   int
	}{
		{limit.Limits{Points: 100}, 100},
		{limit.Limits{Points: 600_000}, 600_000},
		{limit.Limits{}, 500_000},
	} {
		n, err := visits(t.Context(), "{}", test.limits, func() {})
		if tooMany, ok := errors.AsType[*limit.Error](err); !ok || n != test.want || tooMany.Max != test.want {
			t.Errorf("%+v: %v after %d elements, want %d", test.limits, err, n, test.want)
		}
	}
	_, err := read(t.Context(), `{"groups":[[],[1],[]]}`, limit.Limits{Points: 3})
	if err == nil || err.Error() != "more than 3 points" {
		t.Errorf("three groups and a point: %v", err)
	}
	_, err = read(t.Context(), `{"names":["a","b"]}`, limit.Limits{Points: 1})
	if err == nil || err.Error() != "more than 1 points" {
		t.Errorf("two names: %v", err)
	}
	_, err = read(t.Context(), `{"groups":[[],[],[]]}`, limit.Limits{Series: 2})
	if err == nil || err.Error() != "more than 2 series" {
		t.Errorf("three groups: %v", err)
	}
}

func TestEnvelopePrefersTheVendorsError(t *testing.T) {
	const malformed = "malformed response from api.example.com: "
	for body, want := range map[string]string{
		`{"code":"0","data":1}`:               "0, <nil>",
		`{"code":"5","data":"x"}`:             "5, <nil>",
		`{"data":"x","code":"5"}`:             "5, <nil>",
		`{"code":"0","data":"x"}`:             malformed + `unexpected value: $.data: not a decimal number: "x"`,
		`{"code":"5","data":"x"`:              malformed + `unexpected value: $.data: not a decimal number: "x"`,
		`{"code":[],"data":"x"}`:              malformed + "not the JSON that is documented: $.code: unexpected array",
		`{"code":"5","data":[1,2,3,4,5,6,7]}`: "more than 5 points",
	} {
		var code string
		answer := &transport.Answer{Host: "api.example.com", Body: []byte(body)}
		err := jsonread.Envelope(t.Context(), answer, limit.Limits{Points: 5}, func(r *jsonread.Reader) error {
			code = ""
			return r.Object(func(name string) (err error) {
				switch name {
				case "code":
					code, err = r.Text()
				case "data":
					err = r.Data(func(r *jsonread.Reader) error {
						if r.IsList() {
							_, err := jsonread.Numbers(r)
							return err
						}
						_, err := r.Number()
						return err
					})
				}
				return err
			})
		}, func() bool { return code != "0" })
		got := fmt.Sprint(err)
		if err == nil {
			got = code + ", <nil>"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

func TestIsListOfScalars(t *testing.T) {
	for body, want := range map[string]bool{
		`[1]`: true, ` [ "x"]`: true, `[null]`: true, `[]`: false, `[ ]`: false, `[{}]`: false, `[[1]]`: false, `{}`: false, `1`: false,
	} {
		var got bool
		_ = jsonread.Read(t.Context(), &transport.Answer{Body: []byte(`{"x":` + body + `}`)}, limit.Limits{}, func(r *jsonread.Reader) error {
			return r.Object(func(string) error {
				got = r.IsListOfScalars()
				return nil
			})
		})
		if got != want {
			t.Errorf("%s: %t", body, got)
		}
	}
}

// No error contains the name of a Go type, and every error has a place.
func FuzzRead(f *testing.F) {
	for _, body := range []string{
		`{"name":"n","total":1,"points":[{"time":"a","value":"1"}],"groups":[[1,null]],"unknown":[{}]}`, `{"points":[{"value":1,"value":2}]}`,
		`{"points":[7],"groups":{}}`, `[]`, `{"name":{}}`, `{"groups":[[[`, `{} `, "\xef\xbb\xbf{}x",
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		_, err := read(t.Context(), body, limit.Limits{Series: 10, Points: 20})
		content, ok := errors.AsType[*transport.ContentError](err)
		if !ok {
			return
		}
		place, located := errors.AsType[*jsonread.Error](err)
		if content.Err != nil && (!located || !strings.HasPrefix(place.Place, "$")) {
			t.Errorf("error %v has no place", err)
		}
		for _, name := range []string{"pointWire", "jsonread.", "Go value", "Go struct"} {
			if !strings.Contains(body, name) && strings.Contains(err.Error(), name) {
				t.Errorf("error %v names a Go type", err)
			}
		}
	})
}

func TestConvert(t *testing.T) {
	value := func(raw string) (v jsonread.Value) {
		if err := v.UnmarshalJSON([]byte(raw)); err != nil {
			t.Fatal(err)
		}
		return v
	}
	var a, b decimal.Decimal
	err := jsonread.Convert(jsonread.Number{Name: "A", Value: value(`"12"`), Into: &a}, jsonread.Number{Name: "B", Value: value(`null`), Into: &b})
	if err != nil || a != decimal.FromInt(12) || !b.IsNull() {
		t.Errorf("%s, %s, %v", a, b, err)
	}
	err = jsonread.Convert(jsonread.Number{Name: "A", Value: value(`1`), Into: &a}, jsonread.Number{Name: "B", Value: value(`1e309`), Into: &b})
	located, ok := errors.AsType[*jsonread.Error](err)
	if !ok || located.Place != ".B" || !errors.Is(err, decimal.ErrRange) {
		t.Errorf("error %v, want that B is out of range", err)
	}
}

// The decoder reuses its buffer.
func TestValuesAreCopies(t *testing.T) {
	data := []byte("12")
	var v jsonread.Value
	if err := v.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	copy(data, "99")
	if got, err := v.Number(); err != nil || got != decimal.FromInt(12) {
		t.Errorf("%s, %v, want 12", got, err)
	}
}

func BenchmarkPoints(b *testing.B) {
	body := `{"points":[` + strings.TrimSuffix(strings.Repeat(`{"time":"2026-01-15 00:00:00","value":"1234567.89"},`, 100_000), ",") + `]}`
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(b.Context(), body, limit.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
