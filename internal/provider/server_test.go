// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// OpenTofu sends no value for an argument that is null.
func TestFunctionArgumentsWithoutValueAreNull(t *testing.T) {
	server, err := acctest.Factories()["edgestats"]()
	if err != nil {
		t.Fatal(err)
	}
	eighty, err := tfprotov6.NewDynamicValue(tftypes.Number, tftypes.NewValue(tftypes.Number, 80))
	if err != nil {
		t.Fatal(err)
	}
	for name, missing := range map[string]*tfprotov6.DynamicValue{"nil": nil, "empty": {}} {
		t.Run(name, func(t *testing.T) {
			resp, err := server.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{
				Name: "change", Arguments: []*tfprotov6.DynamicValue{missing, &eighty},
			})
			if err != nil || resp.Error != nil {
				t.Fatal(err, resp.Error)
			}
			if result, err := resp.Result.Unmarshal(tftypes.Number); err != nil || !result.IsNull() {
				t.Errorf("got %s, %v, want null", result, err)
			}
		})
	}
}
