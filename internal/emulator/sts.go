// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"time"
	"unicode/utf8"
)

// How long keys of STS are valid, in seconds, if the request does not say, and at most.
const (
	stsDuration    = 7200
	stsMaxDuration = 43200
)

// stsMaxTags is how many tags a session may have.
const stsMaxTags = 50

// stsBadParameter is the code for what has none of its own.
const stsBadParameter = "InvalidParameter.ParamError"

var (
	roleArn         = regexp.MustCompile(`^qcs::cam::uin/[0-9]+:role(?:Name)?/(?:[^/]+/)?([^/]+)$`)
	roleSessionName = regexp.MustCompile(`^[\w+=,.@-]{2,128}$`)
	stsExternalID   = regexp.MustCompile(`^[\w+=,.@:/-]{2,128}$`)
	stsUIN          = regexp.MustCompile(`^[0-9]+$`)
	stsSerialNumber = regexp.MustCompile(`^qcs::cam:uin/[0-9]+::mfa/softToken$`)
	stsTokenCode    = regexp.MustCompile(`^[0-9]{6}$`)
)

// stsResult is the result of AssumeRole and AssumeRoleWithWebIdentity.
type stsResult struct {
	Credentials temporaryKey
	ExpiredTime int64
	Expiration  string
	RequestID   string `json:"RequestId"`
}

// prepareAssumeRole reads AssumeRole, see https://www.tencentcloud.com/document/product/1150/49456.
func prepareAssumeRole(e *Emulator, r *http.Request) (func() (any, error), error) {
	p := tencentParams(r)
	p.require("RoleArn", "RoleSessionName")
	policy, externalID := p.text("Policy"), p.text("ExternalId")
	session := readSession(p)
	respond, err := e.prepareRole(p, callOf(r).Time)
	if err == nil {
		err = session.check()
	}
	switch {
	case err != nil:
		return nil, err
	case externalID != "" && !stsExternalID.MatchString(externalID):
		return nil, failf(stsBadParameter, "ExternalId must be 2 to 128 letters, digits and =,.@:/-_+.")
	case e.options.ExternalID != "" && externalID != e.options.ExternalID:
		return nil, failf("UnauthorizedOperation", "The role cannot be assumed with this ExternalId.")
	case policy != "" && !isEncodedPolicy(policy):
		return nil, failf("InvalidParameter.StrategyFormatError", "The policy is not URL-encoded JSON.")
	}
	return respond, nil
}

// prepareAssumeRoleWithWebIdentity reads AssumeRoleWithWebIdentity, see
// https://www.tencentcloud.com/document/product/1150/49454.
func prepareAssumeRoleWithWebIdentity(e *Emulator, r *http.Request) (func() (any, error), error) {
	p := tencentParams(r)
	p.require("ProviderId", "WebIdentityToken", "RoleArn", "RoleSessionName")
	provider, token := p.text("ProviderId"), p.text("WebIdentityToken")
	respond, err := e.prepareRole(p, callOf(r).Time)
	switch {
	case err != nil:
		return nil, err
	case isMissing(provider):
		return nil, failf(stsBadParameter, "The identity provider does not exist.")
	case token != e.options.WebIdentityToken:
		return nil, failf("InvalidParameter.WebIdentityTokenError", "The web identity token is not valid.")
	}
	return respond, nil
}

// prepareRole reads what both actions share and returns what issues the keys.
func (e *Emulator) prepareRole(p *params, now time.Time) (func() (any, error), error) {
	arn, session := p.text("RoleArn"), p.text("RoleSessionName")
	seconds := p.integer("DurationSeconds", stsDuration)
	if err := p.finish(); err != nil {
		return nil, err
	}
	role := roleArn.FindStringSubmatch(arn)
	switch {
	case role == nil:
		return nil, failf(stsBadParameter, "RoleArn must be like qcs::cam::uin/100000000001:roleName/example.")
	case isMissing(role[1]):
		return nil, failf("ResourceNotFound.RoleNotFound", "The role does not exist.")
	case !roleSessionName.MatchString(session):
		return nil, failf(stsBadParameter, "RoleSessionName must be 2 to 128 letters, digits and =,.@_-+.")
	case seconds <= 0 || seconds > stsMaxDuration:
		return nil, failf("InvalidParameter.OverTimeError", "DurationSeconds must be at most %d.", stsMaxDuration)
	}
	return func() (any, error) {
		expires := now.Add(time.Duration(seconds) * time.Second).Truncate(time.Second)
		return stsResult{
			Credentials: e.issueKey(expires),
			ExpiredTime: expires.Unix(),
			Expiration:  expires.UTC().Format(time.RFC3339),
			RequestID:   e.requestID(),
		}, nil
	}, nil
}

// stsTag is a tag of a session.
type stsTag struct{ Key, Value string }

// stsSession is what AssumeRole may say about the session and about who asks.
type stsSession struct {
	sourceIdentity, serialNumber, tokenCode string
	tags                                    []stsTag
}

func readSession(p *params) stsSession {
	s := stsSession{
		sourceIdentity: p.text("SourceIdentity"),
		serialNumber:   p.text("SerialNumber"),
		tokenCode:      p.text("TokenCode"),
	}
	p.take("Tags", &s.tags, "an array of objects with Key and Value")
	return s
}

// check refuses what the document does not allow. The codes of a multi-factor device cannot be checked any further.
func (s stsSession) check() error {
	switch {
	case s.sourceIdentity != "" && !stsUIN.MatchString(s.sourceIdentity):
		return failf(stsBadParameter, "SourceIdentity must be the uin of the caller.")
	case (s.serialNumber == "") != (s.tokenCode == ""):
		return failf(stsBadParameter, "SerialNumber and TokenCode must be given together.")
	case s.serialNumber != "" && !stsSerialNumber.MatchString(s.serialNumber):
		return failf(stsBadParameter, "SerialNumber must be like qcs::cam:uin/100000000001::mfa/softToken.")
	case s.tokenCode != "" && !stsTokenCode.MatchString(s.tokenCode):
		return failf("AuthFailure.MFAFailure", "TokenCode must be six digits.")
	case len(s.tags) > stsMaxTags:
		return failf(stsBadParameter, "A session has at most %d tags.", stsMaxTags)
	}
	keys := make(map[string]bool)
	for _, tag := range s.tags {
		if tag.Key == "" || utf8.RuneCountInString(tag.Key) > 128 || utf8.RuneCountInString(tag.Value) > 256 || keys[tag.Key] {
			return failf(stsBadParameter, "Keys of tags must be unique, of 1 to 128 characters, and values of at most 256.")
		}
		keys[tag.Key] = true
	}
	return nil
}

// isEncodedPolicy tells whether a policy is a JSON object in the encoding of URLs.
func isEncodedPolicy(text string) bool {
	policy, err := url.QueryUnescape(text)
	var statement struct {
		Version   string            `json:"version"`
		Statement []json.RawMessage `json:"statement"`
	}
	return err == nil && policy != text && json.Unmarshal([]byte(policy), &statement) == nil && statement.Statement != nil
}
