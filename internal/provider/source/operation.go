// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Operation describes a read for its errors.
type Operation struct {
	// Noun is what is read, in title case: MNA Flow Statistic.
	Noun string
	// Action is the vendor's name of the call.
	Action string
	// Window is nil where the vendor chooses it.
	Window *arguments.Window
	// Arguments are those that the vendor's codes are about.
	Arguments codes.Table[path.Path]
	// Advice is on codes that mean something special here. It replaces the general advice on them.
	Advice codes.Table[string]
	// Include limits the result, if anything does, and Narrow says how it can be smaller.
	Include arguments.IncludeArguments
	Narrow  arguments.Narrow
	// Fewer says how an inventory, which has no include, can have fewer entries: Narrow project_id.
	Fewer string
	// Timeout is the name of the argument that bounds the read; empty means timeouts.read.
	Timeout string
}

// Diagnostics returns the error of a read as the user reads it: what was asked, what came back, and what to do. There is none for
// nil, unless the context has ended.
func (o Operation) Diagnostics(ctx context.Context, err error) diag.Diagnostics {
	if err == nil {
		err = transport.Ended(ctx)
	}
	tooMany, ok := errors.AsType[*limit.Error](err)
	switch {
	case err == nil:
		return nil
	case ok && o.Fewer != "":
		return diag.Diagnostics{o.tooManyEntries(tooMany)}
	case ok:
		return diag.Diagnostics{o.Include.TooMany(tooMany, o.Narrow)}
	case ctx.Err() != nil && !transport.IsTimeout(err) && !transport.IsCancelled(err):
		err = transport.Ended(ctx)
	}
	return diag.Diagnostics{o.diagnostic(err)}
}

// tooManyEntries returns the error of an inventory beyond the hard limits. Lists in its entries count as values.
func (o Operation) tooManyEntries(err *limit.Error) diag.Diagnostic {
	what := "entries"
	if err.What == limit.Points {
		what = "values"
	}
	return diag.NewErrorDiagnostic("Too Many Entries",
		fmt.Sprintf("%s returned more than %d %s, which is the maximum for one read.\n%s", o.Action, err.Max, what, o.Fewer))
}

func (o Operation) diagnostic(err error) diag.Diagnostic {
	if bug, ok := errors.AsType[*rescue.Error](err); ok {
		return panicDiagnostic(bug)
	}
	vendor := describe(err, cmp.Or(o.Timeout, "timeouts.read"))
	if advice, ok := o.Advice.Find(vendor.code); ok {
		vendor.advice = advice
	}
	detail := o.sentence(err) + "\n" + effort(err, vendor) + vendor.advice
	summary := "Unable to Read " + o.Noun
	if argument, ok := o.Arguments.Find(vendor.code); ok {
		return diag.NewAttributeErrorDiagnostic(argument, summary, detail)
	}
	return diag.NewErrorDiagnostic(summary, detail)
}

func (o Operation) sentence(err error) string {
	what := o.Action
	if o.Window != nil {
		what += " for " + o.Window.String()
	}
	return what + " failed: " + strings.TrimRight(err.Error(), ". ") + "."
}

// effort returns a line with the request ID, the attempts and the time. It is empty if no call was made.
func effort(err error, vendor vendorError) string {
	var parts []string
	if vendor.requestID != "" {
		parts = append(parts, "Request ID "+vendor.requestID)
	}
	if keys, ok := errors.AsType[*tencentcloud.CredentialError](err); ok {
		err = innermost(keys).Err // The failed calls are those for keys.
	}
	if failure, ok := errors.AsType[*transport.CallError](err); ok && failure.Attempts > 0 {
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
