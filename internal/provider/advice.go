// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// vendorError is what the errors of all vendors tell.
type vendorError struct {
	code, requestID string
	advice          string
}

const (
	checkKeys = "Check secret_id and secret_key, or " + envSecretID + " and " + envSecretKey +
		", or the profile: they must be an active API key of this account."
	checkArguments = "Check the arguments against what exists in the account."
	allowAction    = "Allow the key's user this action in CAM."
)

// describe finds the vendor's error in err and one sentence of advice.
func describe(err error) vendorError {
	var (
		tencent *tencentcloud.APIError
		relay   *cdnetworks.APIError
		legacy  *qcloud.APIError
		status  *transport.StatusError
		keys    *tencentcloud.CredentialError
	)
	switch {
	case transport.IsCancelled(err):
		return vendorError{advice: "Nothing is wrong: the run was told to stop."}
	case errors.As(err, &keys):
		return keysError(innermost(keys))
	case errors.As(err, &tencent):
		return vendorError{code: tencent.Code, requestID: tencent.RequestID, advice: tencentAdvice(err, tencent)}
	case errors.As(err, &relay):
		return vendorError{code: relay.Code, requestID: relay.RequestID, advice: cdnetworksAdvice(err, relay)}
	case errors.As(err, &legacy):
		return vendorError{code: legacy.ModuleCode, advice: legacyAdvice(err, legacy)}
	case errors.As(err, &status):
		return vendorError{requestID: status.RequestID, advice: generalAdvice(err)}
	}
	return vendorError{advice: generalAdvice(err)}
}

// innermost returns the failure to get keys that the others are due to: a role's keys need those below it.
func innermost(keys *tencentcloud.CredentialError) *tencentcloud.CredentialError {
	for {
		below, ok := errors.AsType[*tencentcloud.CredentialError](keys.Err)
		if !ok {
			return keys
		}
		keys = below
	}
}

// keysError tells of keys that could not be had. The code is none of the operation's own, so it points at no argument.
func keysError(keys *tencentcloud.CredentialError) vendorError {
	api, ok := errors.AsType[*tencentcloud.APIError](keys.Err)
	switch {
	case !ok:
		return vendorError{advice: keysAdvice(keys)}
	case api.HasCode("AuthFailure"):
		return vendorError{requestID: api.RequestID, advice: tencentAdvice(keys.Err, api)} // It is about the keys below the role.
	case api.Judge().Verdict != transport.Final:
		return vendorError{requestID: api.RequestID, advice: generalAdvice(keys.Err)}
	}
	return vendorError{requestID: api.RequestID, advice: originAdvice(keys.Origin)}
}

// keysAdvice tells failures on the way to whoever issues keys from what is wrong with what was asked.
func keysAdvice(keys *tencentcloud.CredentialError) string {
	if errors.Is(keys.Err, tencentcloud.ErrExpired) {
		return "Check the clock of this machine; if it is right, the service that issues the keys is at fault."
	}
	_, called := errors.AsType[*transport.CallError](keys.Err)
	_, malformed := errors.AsType[*transport.ContentError](keys.Err)
	if keys.Origin != tencentcloud.MachineRole && (called || malformed || transport.IsTimeout(keys.Err)) {
		return generalAdvice(keys.Err)
	}
	return originAdvice(keys.Origin)
}

func originAdvice(origin tencentcloud.Origin) string {
	switch origin {
	case tencentcloud.SharedProfile:
		return "Check profile and shared_credentials_dir, or " + envProfile + " and " + envSharedCredentialsDir +
			", and what is in the file."
	case tencentcloud.MachineRole:
		return "Check cam_role_name, or " + envCAMRoleName + ": the provider has to run on a machine of Tencent Cloud, and the role has to " +
			"be bound to it."
	case tencentcloud.WebIdentity:
		return "Check assume_role_with_web_identity: the identity provider and the role have to exist in CAM, the role has to trust it, and " +
			"the token has to be meant for it and not have expired."
	case tencentcloud.AssumedRole:
	}
	return "Check assume_role, or " + envRoleARN + ": the role has to exist and to trust the account of the keys, and these have to be " +
		"allowed sts:AssumeRole."
}

func tencentAdvice(err error, e *tencentcloud.APIError) string {
	switch {
	case e.HasCode("AuthFailure.SignatureExpire"):
		return "The clock of this machine is more than five minutes off: set it right."
	case e.HasCode("AuthFailure.TokenFailure"):
		return "The temporary key is no longer valid: renew it where it comes from, be it secret_id, secret_key and security_token or the " +
			"profile's file."
	case e.HasCode("UnauthorizedOperation.CdnUserNoWhitelist"):
		return "The vendor opens this API to the accounts on a list only: ask its support to put this account on it."
	case e.HasCode("UnauthorizedOperation"), e.HasCode("AuthFailure.UnauthorizedOperation"):
		return allowAction
	case e.HasCode("AuthFailure"):
		return checkKeys
	case e.HasCode("UnsupportedRegion"), e.HasCode("UnknownParameter"), e.HasCode("NoSuchVersion"), e.HasCode("NoSuchProduct"),
		e.HasCode("InvalidAction"), e.HasCode("ActionOffline"), e.HasCode("UnsupportedProtocol"):
		return "The vendor does not offer this call there: check region and endpoints, and look for a newer version of the provider."
	case e.HasCode("InvalidParameter"), e.HasCode("InvalidParameterValue"), e.HasCode("MissingParameter"),
		e.HasCode("ResourceNotFound"), e.HasCode("OperationDenied"):
		return checkArguments
	}
	return generalAdvice(err)
}

func cdnetworksAdvice(err error, e *cdnetworks.APIError) string {
	switch {
	case e.Unauthorized():
		return "Check cdnetworks.username and cdnetworks.api_key, or " + envCDNetworksUsername + " and " + envCDNetworksAPIKey +
			", and that the clock of this machine is right: the date is part of the signature."
	case e.Code == cdnetworks.CodeTooMuchData:
		return "An account with more than 2000 domains has to list them in domains; otherwise narrow the dates or the list."
	case strings.HasPrefix(e.Code, "240011"):
		return checkArguments
	}
	return generalAdvice(err)
}

// legacyAdvice knows the vendor's common codes: 41xx is about keys, 43xx about permissions.
func legacyAdvice(err error, e *qcloud.APIError) string {
	switch {
	case e.Code == "4200" || e.Code == "4500":
		return "The clock of this machine may be off: set it right."
	case strings.HasPrefix(e.Code, "41"):
		return checkKeys
	case strings.HasPrefix(e.Code, "43"):
		return allowAction
	case e.Code == "4000":
		return checkArguments
	}
	return generalAdvice(err)
}

func generalAdvice(err error) string {
	var (
		network *transport.NetworkError
		content *transport.ContentError
		status  *transport.StatusError
		judged  transport.Judged
		slow    *transport.TooSlowError

		download *mna.DownloadError
	)
	throttled := errors.As(err, &judged) && judged.Judge().Verdict == transport.Throttled
	switch {
	case throttled:
		return "Others use up the account's quota: lower quota_share, run fewer plans at once, or raise timeouts.read."
	case errors.As(err, &slow):
		return "Raise timeouts.read or quota_share, or read less at once."
	case transport.IsTimeout(err):
		return "Raise timeouts.read, or narrow what is read."
	case errors.As(err, &download):
		return "The workbook was made: without download, file_path leads to it, for another program to fetch."
	case errors.As(err, &network), errors.As(err, &status) && status.Status/100 == 3:
		return "Check the network, the proxy settings and the provider's endpoints."
	case errors.As(err, &status) && (status.Status == 401 || status.Status == 403):
		return "Access was refused: check the credentials for this vendor, in the provider block or in the environment."
	case errors.As(err, &content):
		return "Check that the provider's endpoints lead to the API; if they do, the vendor has changed its answer: please report it."
	}
	return "Try again later; if it lasts, ask the vendor's support, with the request ID where there is one."
}
