// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package sts_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/sts"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// An error of STS shows only the documented part of its code, and the request ID if it is a UUID.
func TestErrorsOfPrivateAnswersShowDocumentedCodes(t *testing.T) {
	const id = "0a1b2c3d-0000-4000-a000-0123456789ab"
	for code, want := range map[string]string{
		"ResourceNotFound.RoleNotFound":          "ResourceNotFound.RoleNotFound",
		"InvalidParameter.WebIdentityTokenError": "InvalidParameter.WebIdentityTokenError",
		"UnauthorizedOperation.Unknown":          "UnauthorizedOperation",
		"AuthFailure.SignatureFailure.More":      "AuthFailure.SignatureFailure",
		"AuthFailureOfAnotherKind":               "an undocumented code",
		"cNrY7FreshTmpSecretKey":                 "an undocumented code",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Date"] = nil // The client's clock stands still.
			_, _ = fmt.Fprintf(w, `{"Response":{"Error":{"Code":%q,"Message":"m"},"RequestId":%q}}`, code, id)
		}))
		client := transport.NewClient("test")
		_, err := sts.New(tencentcloud.Config{
			Endpoint: server.URL, HTTP: client, Clock: clock.NewCorrected(clock.At(noon)), QuotaShare: 1,
			Credentials: tencentcloud.Static{SecretID: "AKIDexample", SecretKey: "example-secret-key"},
		}).AssumeRole(t.Context(), sts.AssumeRoleRequest{})
		api, ok := errors.AsType[*tencentcloud.APIError](err)
		if !ok || api.Code != want || !strings.HasPrefix(err.Error(), want+": the vendor's message is not shown") || api.RequestID != id {
			t.Errorf("%s: %v of %+v, want %s", code, err, api, want)
		}
		client.Close()
		server.Close()
	}
}
