// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package decimal

import (
	"encoding/json"
	"fmt"
	"strings"
)

// JSON is one value of a JSON document that should hold a number. It is kept as it came until its place in the document is
// known, because an error of encoding/json does not tell which element of an array was wrong. The zero value stands for a value
// that is absent.
type JSON struct {
	raw string
}

// UnmarshalJSON keeps a copy of data, whatever it is. It never fails.
func (j *JSON) UnmarshalJSON(data []byte) error {
	j.raw = string(data)
	return nil
}

// FromJSON returns the number that data, one value of a JSON document, stands for. See JSON.Decimal.
func FromJSON(data []byte) (Decimal, error) { return JSON{raw: string(data)}.Decimal() }

// Decimal returns the number. A string is read as the number it contains. An absent value, null and "" are null. The errors are
// those of Parse, with ErrSyntax for true, false, an object or an array.
func (j JSON) Decimal() (Decimal, error) {
	switch {
	case j.raw == "null":
		return Decimal{}, nil
	case strings.HasPrefix(j.raw, `"`):
		text, err := unquote(j.raw)
		if err != nil {
			return Decimal{}, err
		}
		return Parse(text)
	case strings.HasPrefix(j.raw, "{"), strings.HasPrefix(j.raw, "["):
		return Decimal{}, fmt.Errorf("%w: %.40q", ErrSyntax, j.raw)
	}
	return Parse(j.raw)
}

// unquote returns the content of a JSON string.
func unquote(quoted string) (string, error) {
	if inner, closed := strings.CutSuffix(quoted[1:], `"`); closed && !strings.ContainsAny(inner, `\"`) {
		return inner, nil
	}
	var text string
	if err := json.Unmarshal([]byte(quoted), &text); err != nil {
		return "", fmt.Errorf("%w: %.40q", ErrSyntax, quoted)
	}
	return text, nil
}
