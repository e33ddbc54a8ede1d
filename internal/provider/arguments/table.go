// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Table is a vendor's table of codes, such as its countries. Users write a word of the table or a code. Codes that are
// not in the table are sent with a warning, unless the table is final.
type Table struct {
	choice Choice
	final  bool
	// short describes a table that is too long for a message.
	short string
}

// OpenTable returns a table that the vendor may extend.
func OpenTable(options ...Option) Table { return Table{choice: Codes(options...)} }

// FinalTable returns a table that stays as it is: other codes are an error.
func FinalTable(options ...Option) Table { return Table{choice: Codes(options...), final: true} }

// Short returns a table that is too long to list in a message. The description says what is accepted, with examples, and
// where the list is, such as `a country code such as "TH", or a code from https://example.com`.
func (t Table) Short(description string) Table {
	t.short = description
	return t
}

// Description lists words and codes.
func (t Table) Description(context.Context) string { return t.must(strconv.Quote) }

// MarkdownDescription lists words and codes.
func (t Table) MarkdownDescription(context.Context) string { return t.must(markdownCode) }

func (t Table) must(quote func(string) string) string {
	switch {
	case t.short != "":
		return "must be " + t.short
	case t.final:
		return "must be " + t.choice.list(quote)
	}
	return "must be " + t.choice.list(quote) + ", or another of the vendor's codes"
}

// ValidateString refuses what is neither a word nor a code.
func (t Table) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	validate(t, req.Path, req.ConfigValue, &resp.Diagnostics)
}

func (t Table) checkValue(v attr.Value) error { return checkText(v, t.check) }

func (t Table) check(text string) error {
	if t.choice.find(text) != nil {
		return nil
	}
	if _, isCode := codeOf(text); isCode && !t.final {
		return nil
	}
	return t.choice.refuse(t.must(strconv.Quote), text)
}

// key is the same for all texts that stand for one code.
func (t Table) key(text string) string { return t.choice.key(text) }

// codeOf reads a code as Terraform writes a number.
func codeOf(text string) (int64, bool) {
	code, err := strconv.ParseInt(text, 10, 64)
	return code, err == nil && strconv.FormatInt(code, 10) == text
}

// Codes returns the API's codes of validated values, nil for a list that was not given, with a warning that names those
// that are not in the table.
func (t Table) Codes(values []types.String, at path.Path) ([]int64, diag.Diagnostics) {
	var codes []int64
	var strange []string
	for _, v := range values {
		text := v.ValueString()
		if option := t.choice.find(text); option != nil {
			codes = append(codes, option.Code)
		} else if code, isCode := codeOf(text); isCode {
			codes, strange = append(codes, code), append(strange, text)
		}
	}
	if strange == nil {
		return codes, nil
	}
	return codes, diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "Code Not in the Vendor's Table", fmt.Sprintf(
		"%s has codes that are not in the vendor's table: %s. They were sent anyway. The vendor returns no data for codes that it does not know.",
		at, strings.Join(strange, ", ")))}
}
