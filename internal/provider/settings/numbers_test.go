// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

func TestHuge(t *testing.T) {
	server, err := acctest.Factories()["edgestats"]()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	resp, err := server.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{
		Config: &tfprotov6.DynamicValue{JSON: []byte(`{"max_retries": 1e-2000000}`)},
	})
	t.Log(resp, err)
	for _, d := range resp.Diagnostics {
		t.Log(d.Summary, d.Detail)
	}
}
