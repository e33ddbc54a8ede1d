// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package sts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/textfile"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Session is a role and the duration of its keys.
type Session struct {
	RoleARN string
	// Name is the name of the session in the vendor's audit log.
	Name string
	// Seconds is how long the keys are valid, from 1 to 43200.
	Seconds int64
}

// NewRole returns a source of the keys of a role that the credentials of c may assume. The external ID and the policy,
// which is JSON, may be empty.
func NewRole(c tencentcloud.Config, s Session, externalID, policy string) *tencentcloud.Temporary {
	client := New(c)
	request := AssumeRoleRequest{
		RoleArn: &s.RoleARN, RoleSessionName: &s.Name, DurationSeconds: &s.Seconds,
		ExternalID: tencentcloud.Optional(externalID), Policy: tencentcloud.Optional(encodePolicy(policy)),
	}
	return tencentcloud.NewTemporary(tencentcloud.AssumedRole, s.RoleARN, c.Clock, func(ctx context.Context) (tencentcloud.Issued, error) {
		return client.AssumeRole(ctx, request)
	})
}

// encodePolicy encodes a policy as the vendor expects it: like a URL query, but with %20 for a space.
func encodePolicy(policy string) string {
	return strings.ReplaceAll(url.QueryEscape(policy), "+", "%20")
}

// IsPolicy reports whether a text can be a policy, that is, whether it is a JSON object.
func IsPolicy(text string) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal([]byte(text), &object) == nil && object != nil
}

// WebIdentity identifies the caller to a role that trusts an identity provider.
type WebIdentity struct {
	// ProviderID is the name of the identity provider in CAM.
	ProviderID string
	// Token is the token that the identity provider issued. If it is empty, TokenFile is the file that contains it.
	Token, TokenFile string
}

// NewWebIdentityRole returns a source of the keys of a role that trusts an identity provider. It reads the token file for
// each request, because the pipeline may have renewed the token.
func NewWebIdentityRole(c tencentcloud.Config, s Session, w WebIdentity) *tencentcloud.Temporary {
	c.Credentials = tencentcloud.Static{} // The request is not signed.
	client := New(c)
	return tencentcloud.NewTemporary(tencentcloud.WebIdentity, s.RoleARN, c.Clock, func(ctx context.Context) (tencentcloud.Issued, error) {
		token, err := w.token()
		if err != nil {
			return tencentcloud.Issued{}, err
		}
		transport.Hide(ctx, token)
		return client.AssumeRoleWithWebIdentity(ctx, AssumeRoleWithWebIdentityRequest{
			ProviderID: &w.ProviderID, WebIdentityToken: &token,
			RoleArn: &s.RoleARN, RoleSessionName: &s.Name, DurationSeconds: &s.Seconds,
		})
	})
}

// TokenFileError says what is wrong with a token file. It does not quote the content of the file.
type TokenFileError struct {
	Path string
	Err  error
}

// Error names the file and the problem.
func (e *TokenFileError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns the problem.
func (e *TokenFileError) Unwrap() error { return e.Err }

// token returns the token. Its error is a *TokenFileError.
func (w WebIdentity) token() (string, error) {
	if w.Token != "" {
		return w.Token, nil
	}
	content, err := textfile.Read(w.TokenFile)
	token := strings.TrimSpace(string(content))
	switch {
	case err != nil:
	case token == "", !transport.IsSendable(token):
		err = errors.New("the file has no token")
	case !transport.IsMaskable(token):
		err = fmt.Errorf("the token has fewer than %d characters", transport.MinSecret)
	}
	if err != nil {
		return "", &TokenFileError{Path: w.TokenFile, Err: err}
	}
	return token, nil
}
