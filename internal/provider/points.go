// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

const defaultMaxPoints = 50_000

// pointsArguments say whether and how many points of a series go into state.
type pointsArguments struct {
	IncludePoints types.Bool  `tfsdk:"include_points"`
	MaxPoints     types.Int64 `tfsdk:"max_points"`
}

// pointsAttributes adds the arguments for the series that is named.
func pointsAttributes(series string, into map[string]schema.Attribute) {
	into["include_points"] = schema.BoolAttribute{
		MarkdownDescription: "Whether to return " + series + ". Defaults to `true`; `false` leaves it null and keeps the summary, " +
			"which makes plans of long windows fast and state small.",
		Optional: true,
	}
	into["max_points"] = schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("Maximum number of elements in "+series+"; a longer result is an error. Defaults to `%d`. "+
			"It does not apply if `include_points` is `false`.", defaultMaxPoints),
		Optional:   true,
		Validators: []validator.Int64{int64validator.AtLeast(1)},
	}
}

func (a pointsArguments) includesPoints() bool {
	return a.IncludePoints.IsNull() || a.IncludePoints.ValueBool()
}

func (a pointsArguments) maxPoints() int {
	if a.MaxPoints.IsNull() {
		return defaultMaxPoints
	}
	return int(min(a.MaxPoints.ValueInt64(), math.MaxInt32))
}

// limits bound what the vendor returns. Without points in state only their hard limits hold.
func (a pointsArguments) limits() limit.Limits {
	if !a.includesPoints() {
		return limit.Limits{Series: max(a.maxPoints(), defaultMaxPoints)}
	}
	return limit.Limits{Series: a.maxPoints(), Points: a.maxPoints()}
}

// checkWindow refuses a window that must bring more points than max_points, before any call. The argument named is the
// one to narrow.
func (a pointsArguments) checkWindow(n int, narrow path.Path) diag.Diagnostic {
	if !a.includesPoints() || n <= a.maxPoints() {
		return nil
	}
	return a.tooMany(fmt.Sprintf("%d points", n), narrow)
}

// diagnostic turns the error of a read into what the user reads. The argument named is the one to narrow if the result is
// too large. Nil stays nil.
func (a pointsArguments) diagnostic(ctx context.Context, err error, o operation, narrow path.Path) diag.Diagnostic {
	tooMany, ok := errors.AsType[*limit.Error](err)
	switch {
	case err == nil:
		return nil
	case ok:
		return a.tooMany(tooMany.Error(), narrow)
	case errors.Is(err, ctx.Err()) && !transport.IsTimeout(err) && !transport.IsCancelled(err):
		err = transport.Ended(ctx)
	}
	return o.diagnostic(err)
}

func (a pointsArguments) tooMany(what string, narrow path.Path) diag.Diagnostic {
	detail := fmt.Sprintf("This would bring %s into state and max_points is %d. Narrow %s or choose longer periods; "+
		"or set include_points = false to have the summary only; or raise max_points.", what, a.maxPoints(), narrow)
	if !a.includesPoints() {
		detail = fmt.Sprintf("This would read %s, which is too much even without points in state. "+
			"Narrow %s or choose longer periods.", what, narrow)
	}
	return diag.NewAttributeErrorDiagnostic(narrow, "Too Many Points", detail)
}
