// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// text is an argument as typed; the empty text is null.
func text(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// texts is a list argument; "null", "unknown" and "" are entries of their own.
func texts(entries ...string) types.List {
	values := make([]attr.Value, len(entries))
	for i, entry := range entries {
		switch entry {
		case "null":
			values[i] = types.StringNull()
		case "unknown":
			values[i] = types.StringUnknown()
		default:
			values[i] = types.StringValue(entry)
		}
	}
	return types.ListValueMust(types.StringType, values)
}

// numbers is a list argument of numbers as HCL has them; "null" is null.
func numbers(t *testing.T, entries ...string) types.List {
	t.Helper()
	values := make([]attr.Value, len(entries))
	for i, entry := range entries {
		values[i] = types.NumberNull()
		if entry != "null" {
			values[i] = number(t, entry)
		}
	}
	return types.ListValueMust(types.NumberType, values)
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	result, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// said returns diagnostics as lines: whether an error or a warning, the argument, and the detail.
func said(diags diag.Diagnostics) string {
	var lines []string
	for _, d := range diags {
		line := strings.ToLower(d.Severity().String()) + " "
		if located, ok := d.(diag.DiagnosticWithPath); ok {
			line += located.Path().String()
		}
		lines = append(lines, line+": "+d.Detail())
	}
	return strings.Join(lines, "\n")
}

// saidOne is said of a diagnostic that may be nil.
func saidOne(d diag.Diagnostic) string {
	var diags diag.Diagnostics
	diags.Append(d)
	return said(diags)
}

func expect(t *testing.T, got, want string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// expectError compares an error with the text it must have, empty for none.
func expectError(t *testing.T, err error, want string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	expect(t, got, want)
}

func validateText(t *testing.T, v validator.String, value types.String) string {
	t.Helper()
	var resp validator.StringResponse
	v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("argument"), ConfigValue: value}, &resp)
	return said(resp.Diagnostics)
}

func validateList(t *testing.T, v validator.List, value types.List) string {
	t.Helper()
	var resp validator.ListResponse
	v.ValidateList(t.Context(), validator.ListRequest{Path: path.Root("argument"), ConfigValue: value}, &resp)
	return said(resp.Diagnostics)
}

// validateConfig runs a validator over a configuration of text arguments, for a data source and for an ephemeral
// resource, which must say the same. "unknown" is not known yet, what is missing is null.
func validateConfig(t *testing.T, v ConfigValidator, names []string, values map[string]string) string {
	t.Helper()
	s := schema.Schema{Attributes: make(map[string]schema.Attribute)}
	raw := make(map[string]tftypes.Value)
	for _, name := range names {
		s.Attributes[name] = schema.StringAttribute{Optional: true}
		var value any
		if v, ok := values[name]; ok {
			value = v
			if v == "unknown" {
				value = tftypes.UnknownValue
			}
		}
		raw[name] = tftypes.NewValue(tftypes.String, value)
	}
	config := tfsdk.Config{Schema: s, Raw: tftypes.NewValue(s.Type().TerraformType(t.Context()), raw)}
	var data datasource.ValidateConfigResponse
	v.ValidateDataSource(t.Context(), datasource.ValidateConfigRequest{Config: config}, &data)
	var resource ephemeral.ValidateConfigResponse
	v.ValidateEphemeralResource(t.Context(), ephemeral.ValidateConfigRequest{Config: config}, &resource)
	expect(t, said(resource.Diagnostics), said(data.Diagnostics))
	if v.Description(t.Context()) == "" || v.MarkdownDescription(t.Context()) == "" {
		t.Error("the validator does not say what it checks")
	}
	return said(data.Diagnostics)
}

func TestNotEmpty(t *testing.T) {
	for value, want := range map[types.String]string{
		types.StringValue("a"):  "",
		types.StringNull():      "",
		types.StringUnknown():   "",
		types.StringValue(""):   "error argument: argument is an empty string; set a value, or null if it is optional.",
		types.StringValue("  "): "",
	} {
		expect(t, validateText(t, NotEmpty(), value), want)
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"is wrong":          "error a: a is wrong.",
		"is wrong.":         "error a: a is wrong.",
		"must be x. Or so?": "error a: a must be x. Or so?",
	} {
		expect(t, saidOne(Invalid(path.Root("a"), fmt.Errorf("%s", text))), want)
	}
}
