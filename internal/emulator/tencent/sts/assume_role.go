// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package sts

import (
	"encoding/json"
	"net/url"
	"regexp"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// Limits of a session's tags. Lengths are in characters.
const (
	maxTags     = 50
	maxTagKey   = 128
	maxTagValue = 256
)

var (
	externalIDPattern   = regexp.MustCompile(`^[\w+=,.@:/-]{2,128}$`)
	uinPattern          = regexp.MustCompile(`^[0-9]+$`)
	serialNumberPattern = regexp.MustCompile(`^qcs::cam:uin/[0-9]+::mfa/softToken$`)
	tokenCodePattern    = regexp.MustCompile(`^[0-9]{6}$`)
)

// roleRequest contains the parameters that only AssumeRole has.
type roleRequest struct {
	policy, externalID, sourceIdentity string
	serialNumber, tokenCode            string
	tags                               []struct{ Key, Value string }
}

// assumeRole implements AssumeRole, see https://www.tencentcloud.com/document/product/1150/49456.
func (s service) assumeRole(x *exchange.Exchange, p *params.Params) (func() any, error) {
	p.Require("RoleArn", "RoleSessionName")
	r := roleRequest{
		policy:         p.Text("Policy"),
		externalID:     p.Text("ExternalId"),
		sourceIdentity: p.Text("SourceIdentity"),
		serialNumber:   p.Text("SerialNumber"),
		tokenCode:      p.Text("TokenCode"),
	}
	p.Decode("Tags", &r.tags, "an array of objects with Key and Value")
	result, err := s.prepareRole(p, x.Time)
	if err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	if s.ExternalID != "" && r.externalID != s.ExternalID {
		return nil, tencent.Errorf("UnauthorizedOperation", "The role cannot be assumed with this ExternalId.")
	}
	return result, nil
}

// check returns an error for everything that the documentation does not allow. It checks only the form of a multi-factor
// code.
func (r roleRequest) check() error {
	switch {
	case r.externalID != "" && !externalIDPattern.MatchString(r.externalID):
		return tencent.Errorf(badParameter, "ExternalId must be 2 to 128 letters, digits and =,.@:/-_+.")
	case r.policy != "" && !isEncodedPolicy(r.policy):
		return tencent.Errorf("InvalidParameter.StrategyFormatError", "The policy is not URL-encoded JSON.")
	case r.sourceIdentity != "" && !uinPattern.MatchString(r.sourceIdentity):
		return tencent.Errorf(badParameter, "SourceIdentity must be the uin of the caller.")
	case (r.serialNumber == "") != (r.tokenCode == ""):
		return tencent.Errorf(badParameter, "SerialNumber and TokenCode must be given together.")
	case r.serialNumber != "" && !serialNumberPattern.MatchString(r.serialNumber):
		return tencent.Errorf(badParameter, "SerialNumber must be like qcs::cam:uin/100000000001::mfa/softToken.")
	case r.tokenCode != "" && !tokenCodePattern.MatchString(r.tokenCode):
		return tencent.Errorf("AuthFailure.MFAFailure", "TokenCode must be six digits.")
	}
	return r.checkTags()
}

func (r roleRequest) checkTags() error {
	if len(r.tags) > maxTags {
		return tencent.Errorf(badParameter, "A session has at most %d tags.", maxTags)
	}
	keys := make(map[string]bool)
	for _, tag := range r.tags {
		isTooLong := utf8.RuneCountInString(tag.Key) > maxTagKey || utf8.RuneCountInString(tag.Value) > maxTagValue
		if tag.Key == "" || isTooLong || keys[tag.Key] {
			return tencent.Errorf(badParameter, "Keys of tags must be unique, of 1 to %d characters, and values of at most %d.",
				maxTagKey, maxTagValue)
		}
		keys[tag.Key] = true
	}
	return nil
}

// isEncodedPolicy reports whether a policy is a URL-encoded JSON object.
func isEncodedPolicy(text string) bool {
	policy, err := url.QueryUnescape(text)
	var statement struct {
		Version   string            `json:"version"`
		Statement []json.RawMessage `json:"statement"`
	}
	return err == nil && policy != text && json.Unmarshal([]byte(policy), &statement) == nil && statement.Statement != nil
}
