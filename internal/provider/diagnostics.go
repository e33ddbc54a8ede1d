// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
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
	// arguments are those that the vendor's codes are about.
	arguments codes.Table[path.Path]
	// timeout is the name of the argument that bounds the read; empty means timeouts.read.
	timeout string
}

// diagnostic returns the error of a call as the user reads it: what was asked, what came back, and what to do.
func (o operation) diagnostic(err error) diag.Diagnostic {
	if bug, ok := errors.AsType[*rescue.Error](err); ok {
		return panicDiagnostic(bug)
	}
	vendor := describe(err, cmp.Or(o.timeout, "timeouts.read"))
	detail := o.sentence(err) + "\n" + effort(err, vendor) + vendor.advice
	summary := "Unable to Read " + o.noun
	if argument, ok := o.arguments.Find(vendor.code); ok {
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

// effort says in a line what the failure cost; it is empty if no call was made.
func effort(err error, vendor vendorError) string {
	var parts []string
	if vendor.requestID != "" {
		parts = append(parts, "Request ID "+vendor.requestID)
	}
	if keys, ok := errors.AsType[*tencentcloud.CredentialError](err); ok {
		err = innermost(keys).Err // The failed calls are those for keys.
	}
	if failure, ok := errors.AsType[*transport.CallError](err); ok {
		plural := "s"
		if failure.Attempts == 1 {
			plural = ""
		}
		parts = append(parts, fmt.Sprintf("%d attempt%s in %s", failure.Attempts, plural, failure.Elapsed.Round(time.Millisecond)))
	}
	if parts == nil {
		return ""
	}
	return strings.Join(parts, ", ") + ".\n"
}
