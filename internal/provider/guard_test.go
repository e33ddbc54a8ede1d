// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// brokenSource is a data source whose Read does what a test says.
type brokenSource struct {
	mnaFlowStatisticDataSource
	read func(*datasource.ReadResponse)
}

func (s *brokenSource) Read(_ context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	s.read(resp)
}

func readGuarded(t *testing.T, read func(*datasource.ReadResponse)) diag.Diagnostics {
	t.Helper()
	d, ok := guard(func() source { return &brokenSource{read: read} })().(datasource.DataSourceWithConfigure)
	if !ok {
		t.Fatal("a guarded data source can be configured")
	}
	bundle := &clients{settings: settings{
		secretKey:        setting{value: "canary-key"},
		securityToken:    setting{value: "canary-token"},
		cdnetworksAPIKey: setting{value: "canary-api-key"},
	}}
	d.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: bundle}, &datasource.ConfigureResponse{})
	var resp datasource.ReadResponse
	d.Read(t.Context(), datasource.ReadRequest{}, &resp)
	return resp.Diagnostics
}

func TestGuardTurnsPanicsIntoDiagnostics(t *testing.T) {
	for name, test := range map[string]struct {
		read func(*datasource.ReadResponse)
		want string
	}{
		"runtime error": {
			func(*datasource.ReadResponse) { _ = make([]int, 3)[len(t.Name()):] },
			`^The provider panicked at guard_test\.go:\d+: runtime error: slice bounds out of range`,
		},
		"nil pointer": {
			func(*datasource.ReadResponse) { _ = (&brokenSource{}).clients.settings },
			`^The provider panicked at guard_test\.go:\d+: runtime error: invalid memory address`,
		},
		"value that may be an argument's": {
			func(*datasource.ReadResponse) { panic("device-42") },
			`^The provider panicked at guard_test\.go:\d+: a value of type string\.\n`,
		},
		"error that may repeat an argument": {
			func(*datasource.ReadResponse) { panic(errors.New("device-42")) },
			`^The provider panicked at guard_test\.go:\d+: a value of type \*errors\.errorString\.\n`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := readGuarded(t, test.read)
			if len(got) != 1 || got[0].Summary() != "Provider Bug" || !regexp.MustCompile(test.want).MatchString(got[0].Detail()) {
				t.Errorf("got %v, want a detail like %s", got, test.want)
			}
		})
	}
}

func TestGuardHidesSecretsInDiagnostics(t *testing.T) {
	got := readGuarded(t, func(resp *datasource.ReadResponse) {
		resp.Diagnostics.AddError("Failed", "the vendor says canary-key, canary-token")
		resp.Diagnostics.AddAttributeWarning(path.Root("device_id"), "canary-api-key", "kept")
	})
	want := diag.Diagnostics{
		diag.NewErrorDiagnostic("Failed", "the vendor says ***, ***"),
		diag.NewAttributeWarningDiagnostic(path.Root("device_id"), "***", "kept"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
