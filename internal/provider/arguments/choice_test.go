// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
)

func TestChoice(t *testing.T) {
	directions := Codes(Option{Word: "uplink", Code: 1}, Option{Word: "downlink", Code: 2}, Option{Word: "total", Code: 3})
	tests := []struct {
		value   types.String
		code    int64
		word    string
		refused bool
	}{
		{value: types.StringValue("uplink"), code: 1, word: "uplink"},
		{value: types.StringValue("1"), code: 1, word: "uplink"},
		{value: types.StringValue("total"), code: 3, word: "total"},
		{value: types.StringValue("3"), code: 3, word: "total"},
		{value: types.StringValue("4"), refused: true},
		{value: types.StringValue("03"), refused: true},
		{value: types.StringValue("3.0"), refused: true},
		{value: types.StringValue(" 3"), refused: true},
		{value: types.StringValue("Total"), refused: true},
		{value: types.StringValue(""), refused: true},
		{value: types.StringNull()},
		{value: types.StringUnknown()},
	}
	for _, test := range tests {
		t.Run(test.value.String(), func(t *testing.T) {
			var resp validator.StringResponse
			directions.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("type"), ConfigValue: test.value}, &resp)
			if test.refused {
				if resp.Diagnostics.ErrorsCount() != 1 {
					t.Fatalf("not refused: %v", resp.Diagnostics)
				}
				expect.Diagnostic(t, resp.Diagnostics[0], "type", `type must be one of "uplink" (or 1), "downlink" (or 2), "total" (or 3), got: `)
				return
			}
			if resp.Diagnostics.HasError() {
				t.Error(resp.Diagnostics)
			}
			code := directions.Code(test.value)
			if (code == nil) != (test.code == 0) || code != nil && *code != test.code {
				t.Errorf("the code is %v, want %d", code, test.code)
			}
			if got := directions.Word(test.value); got != test.word {
				t.Errorf("the word is %q, want %q", got, test.word)
			}
		})
	}
}
