// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"cmp"
	"errors"
	"net/url"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/sts"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// vendorError is what the errors of all vendors have in common.
type vendorError struct {
	// code is empty if it says nothing about the operation's arguments.
	code, requestID string
	// advice says in one or two sentences what to do.
	advice string
}

// describe returns the vendor's error in err, with advice. The timeout is the name of the argument that bounds the read.
func describe(err error, timeout string) vendorError {
	if transport.IsCancelled(err) {
		return vendorError{advice: "The run was interrupted."}
	}
	if _, ok := errors.AsType[*clock.SkewError](err); ok {
		return vendorError{requestID: codedError(err).requestID, advice: "Set the clock of this machine, or check which server the endpoint points to."}
	}
	if keys, ok := errors.AsType[*tencentcloud.CredentialError](err); ok {
		return keysError(innermost(keys), timeout)
	}
	e := codedError(err)
	e.advice = cmp.Or(e.advice, generalAdvice(err, timeout))
	return e
}

// codedError returns the vendor's code, its request ID, and the advice on the code, as far as there are any. A throttled call has no
// advice here, whatever its code.
func codedError(err error) vendorError {
	var (
		e       vendorError
		tencent *tencentcloud.APIError
		relay   *cdnetworks.APIError
		legacy  *qcloud.APIError
		status  *transport.StatusError
	)
	switch {
	case errors.As(err, &tencent):
		e = vendorError{code: tencent.Code, requestID: tencent.RequestID}
		e.advice, _ = tencentAdvice.Find(tencent.Code)
	case errors.As(err, &relay):
		e = vendorError{code: relay.Code, requestID: relay.RequestID}
		if e.advice, _ = cdnetworksAdvice.Find(relay.Code); relay.Unauthorized() {
			e.advice = checkCDNetworks
		}
	case errors.As(err, &legacy):
		e = vendorError{code: legacy.ModuleCode}
		var known bool
		if e.advice, known = legacyAdvice.Find(legacy.ModuleCode); !known {
			e.advice, _ = legacyAdvice.Find(legacy.Code)
		}
	case errors.As(err, &status):
		e = vendorError{requestID: status.RequestID}
	}
	if isThrottled(err) {
		e.advice = ""
	}
	return e
}

func isThrottled(err error) bool {
	judged, ok := errors.AsType[transport.Judged](err)
	return ok && judged.Judge().Verdict == transport.Throttled
}

// innermost returns the error of the keys that failed first: a role needs the keys of another source.
func innermost(keys *tencentcloud.CredentialError) *tencentcloud.CredentialError {
	for {
		below, ok := errors.AsType[*tencentcloud.CredentialError](keys.Err)
		if !ok {
			return keys
		}
		keys = below
	}
}

// keysError describes why there are no keys. Its code is not about the operation, so it points at no argument.
func keysError(keys *tencentcloud.CredentialError, timeout string) vendorError {
	e := codedError(keys.Err)
	e.code = ""
	api, refused := errors.AsType[*tencentcloud.APIError](keys.Err)
	_, noToken := errors.AsType[*sts.TokenFileError](keys.Err)
	switch {
	case noToken:
		e.advice = "Check web_identity_token_file, or " + settings.EnvWebIdentityTokenFile + ", and the content of the file."
	case errors.Is(keys.Err, tencentcloud.ErrExpired):
		e.advice = "Check the clock of this machine. If it is right, the service that issues the keys is at fault."
	case refused && (api.HasCode("AuthFailure") || api.HasCode("IpInBlacklist") || api.HasCode("IpNotInWhitelist")):
		// The keys that ask for the role's keys are refused, not the role.
	case refused && api.Judge().Verdict != transport.Final, !refused && isCallFailure(keys):
		e.advice = generalAdvice(keys.Err, timeout)
	default:
		e.advice = originAdvice(keys.Origin)
	}
	return e
}

// isCallFailure tells a failed call from a wrong setting. A machine without the metadata service is a wrong setting.
func isCallFailure(keys *tencentcloud.CredentialError) bool {
	_, called := errors.AsType[*transport.CallError](keys.Err)
	_, malformed := errors.AsType[*transport.ContentError](keys.Err)
	return keys.Origin != tencentcloud.MachineRole && (called || malformed || transport.IsTimeout(keys.Err))
}

// originAdvice is the advice on keys that their source does not have.
func originAdvice(origin tencentcloud.Origin) string {
	switch origin {
	case tencentcloud.SharedProfile:
		return "Check profile and shared_credentials_dir, or " + settings.EnvProfile + " and " + settings.EnvSharedCredentialsDir +
			", and the content of the file."
	case tencentcloud.MachineRole:
		return "Check cam_role_name, or " + settings.EnvCAMRoleName + ": the provider must run on a Tencent Cloud machine that the role is bound to."
	case tencentcloud.WebIdentity:
		return "Check assume_role_with_web_identity: the identity provider and the role must exist in CAM, the role must trust the provider, and " +
			"the token must not have expired and must have the expected audience."
	case tencentcloud.AssumedRole:
	}
	return "Check assume_role, or " + settings.EnvRoleARN + ": the role must exist and trust the account of the keys, and the keys must be " +
		"allowed to call sts:AssumeRole."
}

// generalAdvice is the advice on errors without a code that says more. The first case that applies counts: a read that
// timed out while it was throttled is throttled.
func generalAdvice(err error, timeout string) string {
	var (
		network *transport.NetworkError
		content *transport.ContentError
		status  *transport.StatusError
		slow    *transport.TooSlowError

		download *mna.DownloadError
	)
	refused, isRefused := transport.ConnectionRefused(err)
	switch {
	case isRefused && isLocal(refused.Host):
		return "Nothing listens on this port. Is the emulator running? The URL comes from " + settings.EnvEndpointURL +
			" or from endpoints in the provider block."
	case isRefused:
		return "Check " + settings.EnvEndpointURL + ", endpoints in the provider block, and whether a firewall blocks the connection."
	case isThrottled(err):
		return "Other clients use up the account's rate limit: lower quota_share, run fewer plans at once, or raise " + timeout + "."
	case errors.As(err, &slow):
		return "Raise " + timeout + " or quota_share, or read less at once."
	case transport.IsTimeout(err):
		return "Raise " + timeout + ", or read less at once."
	case errors.As(err, &download):
		return "The Excel file exists, but was not downloaded. Set download to false, and download file_path with another program."
	case transport.Untrusted(err):
		return "If the endpoint is right, or a proxy decrypts TLS, trust the authority of its certificate: add it to the file in SSL_CERT_FILE on Linux and BSD, " +
			"or to the system's store elsewhere."
	case errors.As(err, &network), errors.As(err, &status) && status.Status < 400:
		return "Check the network, the proxy settings, and domain and endpoints in the provider block."
	case errors.As(err, &status) && (status.Status == 401 || status.Status == 403):
		return "Check the credentials for this vendor in the provider block or the environment, and whether a firewall refuses the request."
	case transport.IsTooLarge(err):
		return narrowRead
	case errors.As(err, &content):
		return "Check domain and endpoints in the provider block. If they point to the API, the vendor may have changed its responses: please report this."
	}
	return "Retry later. If it keeps failing, contact the vendor's support and include the request ID, if there is one."
}

// isLocal reports whether the host of a URL, with or without a port, is this machine.
func isLocal(host string) bool { return settings.IsLoopback((&url.URL{Host: host}).Hostname()) }
