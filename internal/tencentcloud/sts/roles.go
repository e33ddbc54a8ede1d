// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package sts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Session is a role and how long keys of it are asked for.
type Session struct {
	RoleARN string
	// Name tells the vendor's audit log who assumed the role.
	Name string
	// Seconds is how long the keys are valid, 1 to 43200.
	Seconds int64
}

// NewRole returns a source of the keys of a role that the configuration's credentials may assume. The external id and
// the policy, which is JSON, are empty where there is none.
func NewRole(c tencentcloud.Config, s Session, externalID, policy string) *tencentcloud.Temporary {
	client := New(c)
	request := AssumeRoleRequest{
		RoleArn: &s.RoleARN, RoleSessionName: &s.Name, DurationSeconds: &s.Seconds,
		ExternalID: optional(externalID), Policy: optional(encodePolicy(policy)),
	}
	return tencentcloud.NewTemporary(tencentcloud.AssumedRole, s.RoleARN, c.Clock, func(ctx context.Context) (tencentcloud.Issued, error) {
		return client.AssumeRole(ctx, request)
	})
}

// encodePolicy writes a policy as the vendor wants it: every sign that a URL could misread is escaped, the space too.
func encodePolicy(policy string) string {
	return strings.ReplaceAll(url.QueryEscape(policy), "+", "%20")
}

// IsPolicy reports whether a text can be a policy: a JSON object.
func IsPolicy(text string) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal([]byte(text), &object) == nil && object != nil
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// WebIdentity is somebody for whom an identity provider vouches.
type WebIdentity struct {
	// ProviderID is the name of the identity provider in CAM.
	ProviderID string
	// Token is what it issued. TokenFile is a file that holds the token, and counts where Token is empty.
	Token, TokenFile string
}

// NewWebIdentityRole returns a source of the keys of a role that trusts an identity provider. A file with the token is
// read each time keys are issued: whoever runs the pipeline may have renewed it.
func NewWebIdentityRole(c tencentcloud.Config, s Session, w WebIdentity) *tencentcloud.Temporary {
	c.Credentials = tencentcloud.Static{} // The token stands for them.
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

func (w WebIdentity) token() (string, error) {
	if w.Token != "" {
		return w.Token, nil
	}
	content, err := os.ReadFile(w.TokenFile)
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", w.TokenFile, err)
	}
	token := strings.TrimSpace(string(content))
	if token == "" || !transport.IsSendable(token) {
		return "", fmt.Errorf("%s: there is no token in it", w.TokenFile)
	}
	return token, nil
}
