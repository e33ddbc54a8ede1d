// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package sts emulates the services that issue temporary keys: the Security Token Service, version 2018-08-13, and the
// metadata service of a machine.
package sts

import (
	"regexp"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/keys"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// Config contains what roles require.
type Config struct {
	// WebIdentityToken is the token that AssumeRoleWithWebIdentity accepts.
	WebIdentityToken string
	// ExternalID is the external ID that AssumeRole requires, unless it is empty.
	ExternalID string
}

// service implements the actions. It issues keys from a ring.
type service struct {
	Config

	keys *keys.Ring
}

// Actions returns the actions of STS.
func Actions(ring *keys.Ring, config Config) []tencent.Action {
	s := service{Config: config, keys: ring}
	action := tencent.Action{API: exchange.STS, Version: "2018-08-13", Regional: true}
	webIdentity := action.With("AssumeRoleWithWebIdentity", s.assumeRoleWithWebIdentity)
	webIdentity.Unsigned = true
	return []tencent.Action{
		action.With("AssumeRole", s.assumeRole),
		webIdentity,
	}
}

// Default and maximum of DurationSeconds.
const (
	defaultDuration = 7200
	maxDuration     = 43200
)

// badParameter is the code for invalid parameters that have no code of their own.
const badParameter = "InvalidParameter.ParamError"

var (
	arnPattern         = regexp.MustCompile(`^qcs::cam::uin/[0-9]+:role(?:Name)?/(?:[^/]+/)?([^/]+)$`)
	sessionNamePattern = regexp.MustCompile(`^[\w+=,.@-]{2,128}$`)
)

// issued is the result of both actions.
type issued struct {
	Credentials keys.Temporary
	ExpiredTime int64
	Expiration  string
}

// prepareRole reads the parameters that both actions have. It returns a function that issues the keys.
func (s service) prepareRole(p *params.Params, now time.Time) (func() any, error) {
	arn, session := p.Text("RoleArn"), p.Text("RoleSessionName")
	seconds := p.Integer("DurationSeconds", defaultDuration)
	if err := p.Finish(); err != nil {
		return nil, err
	}
	role := arnPattern.FindStringSubmatch(arn)
	switch {
	case role == nil:
		return nil, tencent.Errorf(badParameter, "RoleArn must be like qcs::cam::uin/100000000001:roleName/example.")
	case figures.IsMissing(role[1]):
		return nil, tencent.Errorf("ResourceNotFound.RoleNotFound", "The role does not exist.")
	case !sessionNamePattern.MatchString(session):
		return nil, tencent.Errorf(badParameter, "RoleSessionName must be 2 to 128 letters, digits and =,.@_-+.")
	case seconds <= 0 || seconds > maxDuration:
		return nil, tencent.Errorf("InvalidParameter.OverTimeError", "DurationSeconds must be at most %d.", maxDuration)
	}
	return func() any {
		expires := now.Add(time.Duration(seconds) * time.Second).Truncate(time.Second)
		return issued{
			Credentials: s.keys.Issue(expires),
			ExpiredTime: expires.Unix(),
			Expiration:  expires.UTC().Format(time.RFC3339),
		}
	}, nil
}
