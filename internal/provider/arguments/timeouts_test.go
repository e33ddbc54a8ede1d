// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestTimeouts(t *testing.T) {
	data, ok := TimeoutsAttribute(t.Context()).(schema.SingleNestedAttribute)
	if !ok {
		t.Fatal("timeouts of a data source is no object")
	}
	resource, ok := OpenTimeoutsAttribute(t.Context()).(ephemeralschema.SingleNestedAttribute)
	if !ok {
		t.Fatal("timeouts of an ephemeral resource is no object")
	}
	read, ok := data.Attributes["read"].(schema.StringAttribute)
	if !ok {
		t.Fatal("timeouts.read is no text")
	}
	open, ok := resource.Attributes["open"].(ephemeralschema.StringAttribute)
	if !ok {
		t.Fatal("timeouts.open is no text")
	}
	validators := map[string][]validator.String{"read": read.Validators, "open": open.Validators}
	for value, want := range map[string]string{
		"30s":   "",
		"1h30m": "",
		"0.5s":  "",
		"30":    ` must be a duration with a unit: 30s, got "30".`,
		"600":   ` must be a duration with a unit: 600s, got "600".`,
		"":      ` must be a duration with a unit: 30s, got "".`,
		"1d":    ` must be a duration with a unit: 30s or 1h30m, got "1d".`,
		"10 m":  ` must be a duration with a unit: 30s or 1h30m, got "10 m".`,
		"0s":    ` must be a positive duration such as "30s", got "0s".`,
		"-5m":   ` must be a positive duration such as "30s", got "-5m".`,
	} {
		for name, list := range validators {
			var resp validator.StringResponse
			for _, v := range list {
				v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("timeouts").AtName(name), ConfigValue: types.StringValue(value)}, &resp)
			}
			if want != "" {
				expect(t, said(resp.Diagnostics), "error timeouts."+name+": timeouts."+name+want)
			} else {
				expect(t, said(resp.Diagnostics), "")
			}
		}
	}
	if data.CustomType == nil || !data.Optional || resource.CustomType == nil || !resource.Optional {
		t.Error("timeouts are not the library's")
	}
}
