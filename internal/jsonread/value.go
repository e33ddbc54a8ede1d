// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package jsonread

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

const (
	// maxValue is the maximum length of a value in bytes of JSON, because masking, signing or storing a string takes many
	// times as much memory.
	maxValue = 1 << 20
	// maxLabel is the maximum length of a Name in bytes, because a result may contain some ten thousand names.
	maxLabel = 512
)

// Value is one value of a document as JSON, or an absent value. Its methods convert it.
type Value struct {
	raw string
	// err is set if the value is given twice or too long. raw must not be used then.
	err error
}

// UnmarshalJSON keeps a copy of data unless it is too long. It never fails; the methods that convert the value do.
func (v *Value) UnmarshalJSON(data []byte) error {
	switch {
	case *v != Value{}:
		v.err = errTwice
	case len(data) > maxValue:
		v.err = tooLong(len(data), maxValue)
	default:
		v.raw = string(data)
	}
	return nil
}

func tooLong(length, limit int) error {
	return fmt.Errorf("%w: %d bytes, the limit is %d", errLong, length, limit)
}

// Number returns the number, or the number that a string contains. An absent value, null and "" are null.
func (v Value) Number() (decimal.Decimal, error) {
	if v.err != nil {
		return decimal.Decimal{}, v.err
	}
	return decimal.FromJSON(v.raw)
}

// Text returns the content of a string. It is empty for an absent value and null.
func (v Value) Text() (string, error) {
	switch {
	case v.err != nil:
		return "", v.err
	case v.raw == "", v.raw == "null":
		return "", nil
	case v.raw[0] != '"':
		return "", unexpected(v.raw[0])
	}
	if inner := v.raw[1 : len(v.raw)-1]; isPlain(inner) {
		return inner, nil
	}
	var text string
	err := json.Unmarshal([]byte(v.raw), &text)
	return text, err
}

// isPlain reports whether the inside of a string has no escapes and only ASCII.
func isPlain(inner string) bool {
	for i := range len(inner) {
		if inner[i] == '\\' || inner[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Name returns the result of Scalar, checked and cleaned like Name.
func (v Value) Name() (string, error) {
	text, err := v.Scalar()
	if err != nil {
		return "", err
	}
	return Name(text)
}

// Name returns a vendor's name without characters that must not reach state or a terminal; see transport.Visible. A name
// longer than 512 bytes is an error.
func Name(text string) (string, error) {
	if len(text) > maxLabel {
		return "", tooLong(len(text), maxLabel)
	}
	return transport.Visible(text), nil
}

// Scalar returns the content of a string, or the text of a number or boolean. It is empty for an absent value and null.
func (v Value) Scalar() (string, error) {
	if v.err != nil || v.raw == "" || strings.ContainsAny(v.raw[:1], `"{[n`) {
		return v.Text()
	}
	return v.raw, nil
}

// Number is a member of an element and the destination for its number.
type Number struct {
	Name  string
	Value Value
	Into  *decimal.Decimal
}

// Convert converts the values of members. The error names the member that is not a number.
func Convert(members ...Number) error {
	for _, m := range members {
		number, err := m.Value.Number()
		if err != nil {
			return At(m.Name, err)
		}
		*m.Into = number
	}
	return nil
}

// Value reads a value that is neither an object nor a list.
func (r *Reader) Value() (Value, error) {
	r.value = Value{}
	err := r.decode(&r.value)
	return r.value, err
}

// Number reads a number like Value.Number.
func (r *Reader) Number() (decimal.Decimal, error) {
	v, err := r.Value()
	if err != nil {
		return decimal.Decimal{}, err
	}
	return v.Number()
}

// Text reads a string like Value.Text.
func (r *Reader) Text() (string, error) {
	v, err := r.Value()
	if err != nil {
		return "", err
	}
	return v.Text()
}

// Name reads a value like Value.Name.
func (r *Reader) Name() (string, error) {
	v, err := r.Value()
	if err != nil {
		return "", err
	}
	return v.Name()
}

// Scalar reads a value like Value.Scalar.
func (r *Reader) Scalar() (string, error) {
	v, err := r.Value()
	if err != nil {
		return "", err
	}
	return v.Scalar()
}

// Bool reads a boolean or a string that contains one. Null and "" are nil.
func (r *Reader) Bool() (*bool, error) {
	text, err := r.Scalar()
	if err != nil || text == "" {
		return nil, err
	}
	value, err := strconv.ParseBool(text)
	if err != nil {
		return nil, fmt.Errorf("not a boolean: %s", excerpt.Quote(text))
	}
	return &value, nil
}
