// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Credential is one set of API keys. Token is empty for permanent keys.
type Credential struct {
	SecretID  string
	SecretKey string
	Token     string
}

// snapshot returns the keys for the SDK, which cannot refresh or change them.
func (c Credential) snapshot() common.CredentialIface {
	return common.NewTokenCredential(c.SecretID, c.SecretKey, c.Token)
}

// check returns an error for keys that cannot be sent or masked. It does not quote them.
func (c Credential) check() error {
	if c.SecretID == "" || c.SecretKey == "" {
		return errors.New("the ID or the secret of the key is missing")
	}
	for _, secret := range []struct{ name, value string }{{"secret of the key", c.SecretKey}, {"token", c.Token}} {
		if secret.value != "" && !transport.IsMaskable(secret.value) {
			return fmt.Errorf("the %s has fewer than %d characters", secret.name, transport.MinSecret)
		}
	}
	for _, v := range []string{c.SecretID, c.SecretKey, c.Token} {
		if !transport.IsSendable(v) {
			return errors.New("a key begins or ends with white space or contains a control character")
		}
	}
	return nil
}

// CredentialSource provides the keys of an attempt. It may use the network.
type CredentialSource interface {
	// Credential returns keys. Its error is a *CredentialError.
	Credential(ctx context.Context) (Credential, error)
	// Refused tells the source that the vendor refused the keys with this ID. It reports whether other keys may be
	// available.
	Refused(secretID string) bool
}

// Static is a source of fixed keys.
type Static Credential

// Credential returns the keys.
func (s Static) Credential(context.Context) (Credential, error) { return Credential(s), nil }

// Refused reports that there are no other keys.
func (Static) Refused(string) bool { return false }

// Issued are keys that do not come from the configuration.
type Issued struct {
	Credential

	// Expires is zero if the expiry is unknown.
	Expires time.Time
}

// Origin says where keys come from. Errors contain it.
type Origin string

// The origins of keys that are not in the configuration.
const (
	SharedProfile Origin = "profile"
	MachineRole   Origin = "machine role"
	AssumedRole   Origin = "role"
	WebIdentity   Origin = "web identity role"
)

// CredentialError is a failure to get keys. It is final, because the calls for keys have already been retried.
type CredentialError struct {
	Origin Origin
	// Name is the profile, the role or the role's ARN.
	Name string
	Err  error
}

// Error returns the origin and the cause.
func (e *CredentialError) Error() string {
	return fmt.Sprintf("no keys from the %s %s: %v", e.Origin, e.Name, e.Err)
}

// Unwrap returns the cause.
func (e *CredentialError) Unwrap() error { return e.Err }

// Judge makes the error final.
func (*CredentialError) Judge() transport.Judgement {
	return transport.Judgement{Verdict: transport.Final}
}
