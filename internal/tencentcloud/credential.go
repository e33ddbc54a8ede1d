// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
)

// Credential is one set of API keys. Token is empty for permanent keys.
type Credential struct {
	SecretID  string
	SecretKey string
	Token     string
}

// snapshot hands the keys to the SDK, which can then neither refresh nor change them.
func (c Credential) snapshot() common.CredentialIface {
	return common.NewTokenCredential(c.SecretID, c.SecretKey, c.Token)
}

// CredentialSource gives the keys for one attempt. It may call the network, under the attempt's context.
type CredentialSource interface {
	Credential(ctx context.Context) (Credential, error)
}

// Static is a source of keys that stay the same.
type Static Credential

// Credential returns the keys.
func (s Static) Credential(context.Context) (Credential, error) { return Credential(s), nil }
