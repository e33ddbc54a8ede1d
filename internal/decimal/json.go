// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package decimal

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

// FromJSON reads a JSON value as a number. A string is read as the number that it contains. An absent value, null and "" are
// null. The errors are those of Parse. true, false, objects and arrays are ErrSyntax.
func FromJSON(raw string) (Decimal, error) {
	switch {
	case raw == "null":
		return Decimal{}, nil
	case strings.HasPrefix(raw, `"`):
		text, err := unquote(raw)
		if err != nil {
			return Decimal{}, err
		}
		return Parse(text)
	case strings.HasPrefix(raw, "{"), strings.HasPrefix(raw, "["):
		return Decimal{}, fmt.Errorf("%w: %s", ErrSyntax, excerpt.Quote(raw))
	}
	return Parse(raw)
}

// unquote returns the content of a JSON string.
func unquote(quoted string) (string, error) {
	if inner, closed := strings.CutSuffix(quoted[1:], `"`); closed && !strings.ContainsAny(inner, `\"`) {
		return inner, nil
	}
	var text string
	if err := json.Unmarshal([]byte(quoted), &text); err != nil {
		return "", fmt.Errorf("%w: %s", ErrSyntax, excerpt.Quote(quoted))
	}
	return text, nil
}
