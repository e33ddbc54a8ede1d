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

// snapshot hands the keys to the SDK, which can then neither refresh nor change them.
func (c Credential) snapshot() common.CredentialIface {
	return common.NewTokenCredential(c.SecretID, c.SecretKey, c.Token)
}

// check refuses keys that cannot be sent or masked. Its error does not quote them.
func (c Credential) check() error {
	if c.SecretID == "" || c.SecretKey == "" {
		return errors.New("the id or the secret of the key is missing")
	}
	for _, secret := range []struct{ name, value string }{{"secret of the key", c.SecretKey}, {"token", c.Token}} {
		if secret.value != "" && !transport.IsMaskable(secret.value) {
			return fmt.Errorf("the %s has fewer than %d characters", secret.name, transport.MinSecret)
		}
	}
	for _, v := range []string{c.SecretID, c.SecretKey, c.Token} {
		if !transport.IsSendable(v) {
			return errors.New("a key begins or ends with white space, or has a control character in it")
		}
	}
	return nil
}

// CredentialSource provides the keys for one attempt. It may call the network, under the attempt's context.
type CredentialSource interface {
	// Credential returns keys. Its error is a *CredentialError.
	Credential(ctx context.Context) (Credential, error)
	// Refused tells the source that the vendor refuses the keys with this ID. It reports whether there may be others.
	Refused(secretID string) bool
}

// Static is a source of keys that stay the same.
type Static Credential

// Credential returns the keys.
func (s Static) Credential(context.Context) (Credential, error) { return Credential(s), nil }

// Refused reports that there are no other keys.
func (Static) Refused(string) bool { return false }

// Issued are keys that do not come from the configuration.
type Issued struct {
	Credential

	// Expires is zero if it is not known.
	Expires time.Time
}

// Origin is where keys come from. The text is part of errors.
type Origin string

// The origins of keys that are not in the configuration.
const (
	SharedProfile Origin = "profile"
	MachineRole   Origin = "role of this machine"
	AssumedRole   Origin = "role"
	WebIdentity   Origin = "role for a web identity"
)

// CredentialError is a failure to get keys. It is final: the calls for keys have been retried already.
type CredentialError struct {
	Origin Origin
	// Name is the profile, the role or the role's ARN.
	Name string
	Err  error
}

// Error names the origin and the cause.
func (e *CredentialError) Error() string {
	return fmt.Sprintf("no keys from the %s %s: %v", e.Origin, e.Name, e.Err)
}

// Unwrap returns the cause.
func (e *CredentialError) Unwrap() error { return e.Err }

// Judge makes the error final.
func (*CredentialError) Judge() transport.Judgement {
	return transport.Judgement{Verdict: transport.Final}
}
