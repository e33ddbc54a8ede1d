// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// withoutEmpty returns the provider block with null in place of empty texts, and of objects none of whose members is
// given: modules pass "" for what they do not set.
func withoutEmpty(config tfsdk.Config) (tfsdk.Config, diag.Diagnostics) {
	var diags diag.Diagnostics
	// Transform visits members before the objects that hold them.
	raw, err := tftypes.Transform(config.Raw, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		empty, err := isEmpty(v)
		if empty && len(at.Steps()) > 0 {
			return tftypes.NewValue(v.Type(), nil), err
		}
		return v, err
	})
	if err != nil {
		diags.AddError("Provider Bug", "The provider block cannot be read: "+err.Error()+". Please report this with the provider's version.")
	}
	config.Raw = raw
	return config, diags
}

func isEmpty(v tftypes.Value) (bool, error) {
	if v.IsNull() || !v.IsKnown() {
		return false, nil
	}
	switch {
	case v.Type().Is(tftypes.String):
		var text string
		err := v.As(&text)
		return text == "", err
	case v.Type().Is(tftypes.Object{}):
		var members map[string]tftypes.Value
		if err := v.As(&members); err != nil {
			return false, err
		}
		for _, member := range members {
			if !member.IsNull() {
				return false, nil
			}
		}
		return true, nil
	}
	return false, nil
}
