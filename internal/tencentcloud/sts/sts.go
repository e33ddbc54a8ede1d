// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package sts requests temporary keys from the Security Token Service API, version 2018-08-13. Its errors never quote a
// response.
package sts

import (
	"context"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// region is sent because the API requires a region. The keys are valid in all regions.
const region = "ap-guangzhou"

// Client calls the STS API.
type Client struct {
	api                       *tencentcloud.Client
	assumeRole                tencentcloud.Action
	assumeRoleWithWebIdentity tencentcloud.Action
}

// New returns a client. It signs AssumeRole with the credentials of c. AssumeRoleWithWebIdentity is not signed.
func New(c tencentcloud.Config) *Client {
	const service, version = "sts", "2018-08-13"
	c.Memo = nil // Every call returns different keys.
	api := tencentcloud.New(c)
	return &Client{
		api:                       api,
		assumeRole:                api.Action(service, version, "AssumeRole"),
		assumeRoleWithWebIdentity: api.Action(service, version, "AssumeRoleWithWebIdentity"),
	}
}

// AssumeRoleRequest requests keys of a role that the caller may assume.
type AssumeRoleRequest struct {
	*tchttp.BaseRequest

	// RoleArn and RoleSessionName are required.
	RoleArn         *string `json:"RoleArn,omitnil,omitempty" name:"RoleArn"`
	RoleSessionName *string `json:"RoleSessionName,omitnil,omitempty" name:"RoleSessionName"`
	// DurationSeconds is how long the keys are valid, at most 43200.
	DurationSeconds *int64 `json:"DurationSeconds,omitnil,omitempty" name:"DurationSeconds"`
	// Policy restricts the permissions of the keys. It is URL-encoded JSON, or nil for no restriction.
	Policy *string `json:"Policy,omitnil,omitempty" name:"Policy"`
	// ExternalID is the ID that the role requires, or nil.
	ExternalID *string `json:"ExternalId,omitnil,omitempty" name:"ExternalId"`
}

func (r AssumeRoleRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

// AssumeRole requests keys of a role. See https://www.tencentcloud.com/document/product/1150/49456.
func (c *Client) AssumeRole(ctx context.Context, r AssumeRoleRequest) (tencentcloud.Issued, error) {
	return call(ctx, c, c.assumeRole, r.fresh)
}

// AssumeRoleWithWebIdentityRequest requests keys of a role that trusts an identity provider.
type AssumeRoleWithWebIdentityRequest struct {
	*tchttp.BaseRequest

	// ProviderID is the name of the identity provider in CAM. All fields except DurationSeconds are required.
	ProviderID *string `json:"ProviderId,omitnil,omitempty" name:"ProviderId"`
	// WebIdentityToken is the signed JWT that the identity provider issued.
	WebIdentityToken *string `json:"WebIdentityToken,omitnil,omitempty" name:"WebIdentityToken"`
	RoleArn          *string `json:"RoleArn,omitnil,omitempty" name:"RoleArn"`
	RoleSessionName  *string `json:"RoleSessionName,omitnil,omitempty" name:"RoleSessionName"`
	// DurationSeconds is how long the keys are valid, at most 43200.
	DurationSeconds *int64 `json:"DurationSeconds,omitnil,omitempty" name:"DurationSeconds"`
}

func (r AssumeRoleWithWebIdentityRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	r.SetSkipSign(true)
	return &r
}

// AssumeRoleWithWebIdentity requests keys of a role that trusts an identity provider. See
// https://www.tencentcloud.com/document/product/1150/49454.
func (c *Client) AssumeRoleWithWebIdentity(ctx context.Context, r AssumeRoleWithWebIdentityRequest) (tencentcloud.Issued, error) {
	return call(ctx, c, c.assumeRoleWithWebIdentity, r.fresh)
}

// call runs an action whose response contains keys.
func call(ctx context.Context, c *Client, a tencentcloud.Action, build func() tencentcloud.Request) (tencentcloud.Issued, error) {
	issued, err := tencentcloud.Call(transport.WithPrivateAnswers(ctx), c.api, a, tencentcloud.Question[keys]{
		Region: region, Build: build, Field: (*keys).field, Finish: (*keys).finish,
	})
	if err != nil {
		return tencentcloud.Issued{}, err
	}
	return issued.Issued, nil
}

// keys are the result of both actions.
type keys struct {
	tencentcloud.Issued
	// present says that the response has Credentials.
	present bool
	expires jsonread.Value
}

func (k *keys) field(r *jsonread.Reader, name string) (err error) {
	switch name {
	case "ExpiredTime":
		k.expires, err = r.Value()
	case "Credentials":
		k.present = !r.IsNull()
		return r.Object(func(name string) (err error) {
			switch name {
			case "Token":
				k.Token, err = r.Text()
			case "TmpSecretId":
				k.SecretID, err = r.Text()
			case "TmpSecretKey":
				k.SecretKey, err = r.Text()
			}
			return err
		})
	}
	return err
}

// finish completes the keys. Its errors do not quote the response.
func (k *keys) finish(string) (err error) {
	if !k.present {
		return &transport.ContentError{Problem: "there are no Credentials"}
	}
	if k.Expires, err = tencentcloud.Expiry(k.expires); err != nil {
		return &transport.ContentError{Problem: err.Error()}
	}
	return nil
}
