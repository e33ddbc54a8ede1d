// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// operation describes a read for its errors.
type operation struct {
	// noun is what is read, in title case: MNA Flow Statistic.
	noun string
	// action is the vendor's name of the call.
	action string
	// window is nil where the vendor chooses it.
	window *window
	// arguments are those that a vendor's code points at; a code also stands for those below it.
	arguments map[string]path.Path
}

// vendorError is what the errors of all vendors tell.
type vendorError struct {
	code, requestID string
	advice          string
}

// diagnostic turns the error of a call into what the user reads: what was tried, what came back, and what to do.
func (o operation) diagnostic(err error) diag.Diagnostic {
	if bug, ok := errors.AsType[*rescue.Error](err); ok {
		return panicDiagnostic(bug)
	}
	vendor := describe(err)
	detail := o.sentence(err) + "\n" + effort(err, vendor) + "\n" + vendor.advice
	summary := "Unable to Read " + o.noun
	if argument, ok := o.argument(vendor.code); ok {
		return diag.NewAttributeErrorDiagnostic(argument, summary, detail)
	}
	return diag.NewErrorDiagnostic(summary, detail)
}

func (o operation) sentence(err error) string {
	what := o.action
	if o.window != nil {
		what += " for " + o.window.String()
	}
	return what + " failed: " + strings.TrimRight(err.Error(), ". ") + "."
}

// effort says what the failure cost.
func effort(err error, vendor vendorError) string {
	var parts []string
	if vendor.requestID != "" {
		parts = append(parts, "Request ID "+vendor.requestID)
	}
	if failure, ok := errors.AsType[*transport.CallError](err); ok {
		plural := "s"
		if failure.Attempts == 1 {
			plural = ""
		}
		parts = append(parts, fmt.Sprintf("%d attempt%s in %s", failure.Attempts, plural, failure.Elapsed.Round(time.Millisecond)))
	}
	return strings.Join(parts, ", ") + "."
}

func (o operation) argument(code string) (path.Path, bool) {
	for prefix, argument := range o.arguments {
		if code == prefix || strings.HasPrefix(code, prefix+".") {
			return argument, true
		}
	}
	return path.Empty(), false
}

const (
	checkKeys = "Check secret_id and secret_key, or " + envSecretID + " and " + envSecretKey +
		": they must be an active API key of this account."
	checkArguments = "Check the arguments against what exists in the account."
	allowAction    = "Allow the key's user this action in CAM."
)

// describe finds the vendor's error in err and one sentence of advice.
func describe(err error) vendorError {
	var (
		tencent *tencentcloud.APIError
		relay   *cdnetworks.APIError
		legacy  *qcloud.APIError
	)
	switch {
	case transport.IsCancelled(err):
		return vendorError{advice: "Nothing is wrong: the run was told to stop."}
	case errors.As(err, &tencent):
		return vendorError{code: tencent.Code, requestID: tencent.RequestID, advice: tencentAdvice(err, tencent)}
	case errors.As(err, &relay):
		return vendorError{code: relay.Code, requestID: relay.RequestID, advice: cdnetworksAdvice(err, relay)}
	case errors.As(err, &legacy):
		return vendorError{code: legacy.ModuleCode, advice: legacyAdvice(err, legacy)}
	}
	return vendorError{advice: generalAdvice(err)}
}

func tencentAdvice(err error, e *tencentcloud.APIError) string {
	switch {
	case e.HasCode("AuthFailure.SignatureExpire"):
		return "The clock of this machine is more than five minutes off: set it right."
	case e.HasCode("AuthFailure.TokenFailure"):
		return "The temporary key is no longer valid: get a new set of secret_id, secret_key and security_token."
	case e.HasCode("AuthFailure"):
		return checkKeys
	case e.HasCode("UnauthorizedOperation.CdnUserNoWhitelist"):
		return "The vendor opens this API to the accounts on a list only: ask its support to put this account on it."
	case e.HasCode("UnauthorizedOperation"):
		return allowAction
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
		return "List the domains to read in domains: an account with more than 2000 is not answered without."
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
		many    *transport.TooManyCallsError

		download *mna.DownloadError
	)
	throttled := errors.As(err, &judged) && judged.Judge().Verdict == transport.Throttled
	switch {
	case throttled:
		return "Others use up the account's quota: lower quota_share, run fewer plans at once, or raise timeouts.read."
	case transport.IsTimeout(err), errors.As(err, &many):
		return "Raise timeouts.read, or narrow what is read."
	case errors.As(err, &download):
		return "The workbook was made: without download, file_path leads to it, for another program to fetch."
	case errors.As(err, &network):
		return "Check the network, the proxy settings and the provider's endpoints."
	case errors.As(err, &status) && (status.Status == 401 || status.Status == 403):
		return "Access was refused: check the credentials for this vendor, in the provider block or in the environment."
	case errors.As(err, &content):
		return "Check that the provider's endpoints lead to the API; if they do, the vendor has changed its answer: please report it."
	}
	return "Try again later; if it lasts, ask the vendor's support with the request ID."
}
