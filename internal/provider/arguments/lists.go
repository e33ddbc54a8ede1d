// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Entries is the rule of all lists: no null, no empty string, nothing twice, and not empty unless it may be.
type Entries struct {
	// Omitted is what a list that is left out stands for, such as "all domains". The error of an empty list says it.
	// Without, the error asks for an entry.
	Omitted string
	// MayBeEmpty allows the empty list.
	MayBeEmpty bool
	// Max is the maximum number of entries, or zero.
	Max int
	// IgnoreCase says that entries that differ in case only are the same, as domain names are.
	IgnoreCase bool
	// Separators are characters that would make several entries of one on the wire.
	Separators string
	// Rule checks each entry. It may be nil.
	Rule Rule
}

// Description says what is accepted.
func (e Entries) Description(ctx context.Context) string {
	description := "no null, empty or repeated entries"
	if e.Rule != nil {
		description += "; each " + e.Rule.Description(ctx)
	}
	return description
}

// MarkdownDescription says what is accepted.
func (e Entries) MarkdownDescription(ctx context.Context) string { return e.Description(ctx) }

// errEmptyList is the reason to refuse a list without entries.
var errEmptyList = errors.New("must have at least one entry")

// ValidateList checks a list and its entries. Entries that are not known yet wait.
func (e Entries) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if !IsGiven(req.ConfigValue) {
		return
	}
	entries := req.ConfigValue.Elements()
	if err := e.checkLength(len(entries)); err != nil {
		resp.Diagnostics.Append(Invalid(req.Path, err))
		return
	}
	first := make(map[string]int, len(entries))
	for i, entry := range entries {
		at := req.Path.AtListIndex(i)
		if entry.IsUnknown() {
			continue
		}
		if err := e.checkEntry(entry); err != nil {
			resp.Diagnostics.Append(Invalid(at, err))
			continue
		}
		key, shown := e.key(entry)
		if earlier, twice := first[key]; twice {
			resp.Diagnostics.Append(Invalid(at, repeatedError(entry, entries[earlier], req.Path.AtListIndex(earlier), shown)))
			continue
		}
		first[key] = i
	}
}

// repeatedError returns the error of an entry that stands for the same as an earlier one.
func repeatedError(entry, earlier attr.Value, at path.Path, shown string) error {
	if entry.Equal(earlier) {
		return fmt.Errorf("repeats %s, got %s; remove it with distinct()", at, shown)
	}
	return fmt.Errorf("means the same as %s, got %s; remove one of them", at, shown)
}

func (e Entries) checkLength(n int) error {
	switch {
	case n == 0 && !e.MayBeEmpty && e.Omitted != "":
		return fmt.Errorf("%w; for %s, remove it or set it to null", errEmptyList, e.Omitted)
	case n == 0 && !e.MayBeEmpty:
		return errEmptyList
	case e.Max > 0 && n > e.Max:
		return fmt.Errorf("must have at most %d entries, got %d", e.Max, n)
	}
	return nil
}

// checkEntry checks an entry that is known.
func (e Entries) checkEntry(entry attr.Value) error {
	text, isText := entry.(types.String)
	switch {
	case entry.IsNull() && isText:
		return errors.New("is null; remove it with compact()")
	case entry.IsNull():
		return errors.New("is null; remove it with [for v in … : v if v != null]")
	case isText && text.ValueString() == "":
		return errors.New("is an empty string; remove it with compact()")
	case isText && e.Separators != "" && strings.ContainsAny(text.ValueString(), e.Separators):
		return fmt.Errorf("must be a single entry without %s, got %.60q; write an entry for each", quoteEach(e.Separators), text.ValueString())
	}
	if e.Rule == nil {
		return nil
	}
	return e.Rule.checkValue(entry)
}

// quoteEach quotes each character of a text.
func quoteEach(text string) string {
	quoted := make([]string, 0, len(text))
	for _, r := range text {
		quoted = append(quoted, strconv.Quote(string(r)))
	}
	return strings.Join(quoted, " or ")
}

// key returns a text that is the same for entries that are the same, and the entry for a message.
func (e Entries) key(entry attr.Value) (key, shown string) {
	number, isNumber := entry.(types.Number)
	if isNumber {
		text := numberText(number.ValueBigFloat())
		return text, text
	}
	text, ok := entry.(types.String)
	if !ok {
		return entry.String(), entry.String()
	}
	key = text.ValueString()
	if rule, ok := e.Rule.(interface{ key(text string) string }); ok {
		key = rule.key(key) // A word and its code are the same.
	}
	if e.IgnoreCase {
		key = strings.ToLower(key)
	}
	return key, fmt.Sprintf("%.60q", text.ValueString())
}
