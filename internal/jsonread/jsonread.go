// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package jsonread reads vendors' JSON from front to back. Time and memory are bounded for any input: reading stops at the
// first error, at the limits and when the context ends, and long lists are decoded element by element.
//
// A caller describes a document with functions:
//
//	err := jsonread.Read(ctx, answer, limits, func(r *jsonread.Reader) error {
//		return r.Object(func(name string) (err error) {
//			switch name {
//			case "total":
//				total, err = r.Number()
//			case "rows":
//				rows, err = jsonread.Points(r, row.convert)
//			}
//			return err
//		})
//	})
//
// Members that the functions do not read are skipped. If a member that is read occurs twice, that is an error, because the
// values may differ. Every error names its place in the document, such as $.rows[3].time.
package jsonread

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Reader reads the values of a document in order.
type Reader struct {
	body    []byte
	decoder *json.Decoder
	counter *limit.Counter
	// path is the path of the current value. After an error, it is the path of the error.
	path []step
	// value is reused for each value.
	value Value
	// numbers is reused for each list of numbers.
	numbers  []decimal.Decimal
	skipData bool
}

// Read reads the body of a response. Errors of read and of the document become a *transport.ContentError that names the
// place. A *limit.Error and the error of the context are returned unchanged.
func Read(ctx context.Context, answer *transport.Answer, limits limit.Limits, read func(*Reader) error) error {
	body, err := answer.JSON()
	if err != nil {
		return err
	}
	input := bytes.NewReader(body)
	r := &Reader{body: body, counter: limits.Answer(), decoder: json.NewDecoder(readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return input.Read(p)
	}))}
	if err = read(r); err == nil {
		err = r.end()
	}
	return Malformed(answer, r.place(), err)
}

// Envelope is like Read, for a response whose envelope may contain an error of the vendor. read must read the rest of the
// response in Data. If the response is malformed, Envelope calls read again without the data. If failed then reports an
// error of the vendor, Envelope returns nil, because that error says more than the malformed data.
func Envelope(ctx context.Context, answer *transport.Answer, limits limit.Limits, read func(*Reader) error, failed func() bool) error {
	err := Read(ctx, answer, limits, read)
	if _, malformed := errors.AsType[*transport.ContentError](err); malformed {
		errAlone := Read(ctx, answer, limits, func(r *Reader) error {
			r.skipData = true
			return read(r)
		})
		if errAlone == nil && failed() {
			return nil
		}
	}
	return err
}

// Data calls read, unless Envelope skips the data.
func (r *Reader) Data(read func(*Reader) error) error {
	if r.skipData {
		return nil
	}
	return read(r)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// end returns an error if something follows the document.
func (r *Reader) end() error {
	rest := r.rest()
	if _, err := r.decoder.Token(); err != io.EOF {
		following, _ := utf8.DecodeRune(rest)
		return syntaxError(fmt.Sprintf("invalid character %q after top-level value", following))
	}
	return nil
}

// rest returns the rest of the document, beginning with the next value.
func (r *Reader) rest() []byte {
	return bytes.TrimLeft(r.body[r.decoder.InputOffset():], " \t\r\n,:")
}

// Counter returns the counter for the series and points of the response.
func (r *Reader) Counter() *limit.Counter { return r.counter }

// IsNull reports whether the next value is null.
func (r *Reader) IsNull() bool { return bytes.HasPrefix(r.rest(), []byte("n")) }

// IsList reports whether the next value is a list.
func (r *Reader) IsList() bool { return bytes.HasPrefix(r.rest(), []byte("[")) }

// IsObject reports whether the next value is an object.
func (r *Reader) IsObject() bool { return bytes.HasPrefix(r.rest(), []byte("{")) }

// IsListOfScalars reports whether the next value is a list whose first element is neither an object nor a list.
func (r *Reader) IsListOfScalars() bool {
	elements, isList := bytes.CutPrefix(r.rest(), []byte("["))
	first := bytes.TrimLeft(elements, " \t\r\n")
	return isList && len(first) > 0 && !bytes.ContainsAny(first[:1], "{[]")
}

// Object reads an object. It calls member for each name. member reads the value, or returns without reading to skip it. Null
// is an object without members.
func (r *Reader) Object(member func(name string) error) error {
	if null, err := r.open('{'); err != nil || null {
		return err
	}
	r.path = append(r.path, step{})
	var seen names
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string) // The decoder accepts only strings.
		r.path[len(r.path)-1].name = name
		if seen.has(name) {
			return errTwice
		}
		read, err := r.Reads(func() error { return member(name) })
		if err != nil {
			return err
		}
		if read {
			seen.add(name)
		} else if err := r.decode(&skipped{}); err != nil {
			return err
		}
	}
	return r.close()
}

// Reads calls read and reports whether it has read a value.
func (r *Reader) Reads(read func() error) (bool, error) {
	before := r.decoder.InputOffset()
	err := read()
	return r.decoder.InputOffset() != before, err
}

// List reads a list. It calls element for each index. element must read one value. Null is an empty list.
func (r *Reader) List(element func(i int) error) error {
	if null, err := r.open('['); err != nil || null {
		return err
	}
	r.path = append(r.path, step{inList: true})
	for i := 0; r.decoder.More(); i++ {
		r.path[len(r.path)-1].index = i
		if err := element(i); err != nil {
			return err
		}
	}
	return r.close()
}

// OneOrMany reads a list like List, or a single object like a list of one.
func (r *Reader) OneOrMany(element func(i int) error) error {
	if !r.IsObject() {
		return r.List(element)
	}
	r.path = append(r.path, step{inList: true})
	if err := element(0); err != nil {
		return err
	}
	r.path = r.path[:len(r.path)-1]
	return nil
}

// open reads the opening bracket of an object or a list, or null.
func (r *Reader) open(bracket json.Delim) (null bool, err error) {
	next := r.rest()
	token, err := r.decoder.Token()
	if err == nil && token != nil && token != bracket {
		err = unexpected(next[0])
	}
	return token == nil, err
}

// close reads the closing bracket.
func (r *Reader) close() error {
	if _, err := r.decoder.Token(); err != nil {
		return err
	}
	r.path = r.path[:len(r.path)-1]
	return nil
}

// decode reads a whole value.
func (r *Reader) decode(into any) error { return r.decoder.Decode(into) }

// names contains the names of the members that were read.
type names struct {
	first []string
	more  map[string]bool
}

func (n *names) has(name string) bool { return slices.Contains(n.first, name) || n.more[name] }

// add adds a name. Most objects have few members, so only large ones need a map.
func (n *names) add(name string) {
	const few = 16
	if len(n.first) < few {
		n.first = append(n.first, name)
		return
	}
	if n.more == nil {
		n.more = make(map[string]bool)
	}
	n.more[name] = true
}

// skipped is a value that is read and discarded.
type skipped struct{}

func (*skipped) UnmarshalJSON([]byte) error { return nil }
