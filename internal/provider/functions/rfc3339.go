// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

type rfc3339 struct{}

func newRFC3339() function.Function { return rfc3339{} }

func (rfc3339) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "rfc3339"
}

func (rfc3339) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Convert unix seconds to RFC 3339",
		MarkdownDescription: "Converts unix seconds, the seconds since 1970-01-01T00:00:00Z, to RFC 3339: `1768435200` is `2026-01-15T00:00:00Z`, or " +
			"`2026-01-15T08:00:00+08:00` with the offset `\"+08:00\"`. `unix` converts back.",
		Parameters: []function.Parameter{
			function.NumberParameter{
				Name:                "seconds",
				MarkdownDescription: "Whole seconds up to `9999999999`, negative for times before 1970. 13 digits are refused as milliseconds.",
			},
		},
		VariadicParameter: offsetParameter("UTC"),
		Return:            function.StringReturn{},
	}
}

func (rfc3339) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	seconds, failure := numberArgument(ctx, req.Arguments, 0)
	if failure != nil {
		resp.Error = failure
		return
	}
	zone, failure := offsetArgument(ctx, req.Arguments, 1, time.UTC)
	if failure != nil {
		resp.Error = failure
		return
	}
	t, err := unixTime(seconds, zone)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, t.Format(time.RFC3339))
}

// firstSecond is the first second of the year 0 in UTC, the earliest that RFC 3339 can express.
const firstSecond int64 = -62_167_219_200

// unixTime returns the time of unix seconds in a zone.
func unixTime(seconds decimal.Decimal, zone *time.Location) (time.Time, error) {
	text := seconds.String()
	if !strings.ContainsAny(text, "-.") {
		t, err := times.ParseUnix(text)
		return t.In(zone), err
	}
	before, err := strconv.ParseInt(text, 10, 64)
	if err != nil || before < firstSecond {
		return time.Time{}, fmt.Errorf("must be whole seconds from %d to 9999999999, got %.40s", firstSecond, text)
	}
	t := time.Unix(before, 0).In(zone)
	if t.Year() < 0 {
		return time.Time{}, fmt.Errorf("must not be before the year 0 at the offset %s, got %s", zone, text)
	}
	return t, nil
}
