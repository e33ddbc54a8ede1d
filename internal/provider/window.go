// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

// beijing is the vendors' day: UTC+8 all year.
var beijing = time.FixedZone("GMT+08:00", 8*60*60)

// period is one step of a time granularity.
type period struct {
	// length is the most that a period takes.
	length time.Duration
	floor  func(time.Time) time.Time
}

var (
	minutePeriod     = period{time.Minute, truncateTo(time.Minute)}
	fiveMinutePeriod = period{5 * time.Minute, truncateTo(5 * time.Minute)}
	hourPeriod       = period{time.Hour, truncateTo(time.Hour)}
	dayPeriod        = period{24 * time.Hour, func(t time.Time) time.Time {
		y, m, d := t.In(beijing).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, beijing)
	}}
	monthPeriod = period{31 * 24 * time.Hour, func(t time.Time) time.Time {
		y, m, _ := t.In(beijing).Date()
		return time.Date(y, m, 1, 0, 0, 0, 0, beijing)
	}}
)

func truncateTo(d time.Duration) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return t.Truncate(d) }
}

// window is a resolved time window, half-open.
type window struct {
	start, end time.Time
	// wireEnd is what the API is sent: the end as given, or else the last second before it.
	wireEnd time.Time
}

type windowModel struct {
	Start types.String `tfsdk:"start"`
	End   types.String `tfsdk:"end"`
}

// model returns the window as state, or null for a window that was left to the vendor.
func (w *window) model() *windowModel {
	if w == nil {
		return nil
	}
	return &windowModel{Start: timeString(w.start), End: timeString(w.end)}
}

// periods returns how many whole periods the window has at least.
func (w *window) periods(p period) int { return int(w.end.Sub(w.start) / p.length) }

func (w *window) String() string {
	return w.start.Format(time.RFC3339) + " to " + w.end.Format(time.RFC3339)
}

// timeString returns RFC 3339 in the time's own zone, and null for the zero time.
func timeString(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.Format(time.RFC3339))
}

func windowAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "The window that was asked for, half-open: from `start` up to `end`.",
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"start": computedText("Start of the window, RFC 3339."),
			"end":   computedText("End of the window, RFC 3339."),
		},
	}
}

// windowNames are what a data source calls its window arguments.
type windowNames struct{ start, end string }

// windowArguments are window arguments as typed.
type windowArguments struct {
	names                windowNames
	start, end, lookback types.String
}

func (n windowNames) attributes(into map[string]schema.Attribute) {
	const form = "RFC 3339 with an offset, such as `2026-01-15T00:00:00Z`, or unix seconds"
	into[n.start] = schema.StringAttribute{
		MarkdownDescription: "Start of the window: " + form + ". Give this or `lookback`.",
		Optional:            true,
		Validators:          []validator.String{isTime()},
	}
	into[n.end] = schema.StringAttribute{
		MarkdownDescription: "End of the window: " + form + ". It is sent as given, and whether the vendor counts the period that " +
			"starts at it is not documented: give the last second of a period, such as `…T23:59:59Z`, to be sure. Defaults to now, rounded down to a whole " +
			"period (days and months: midnight UTC+8, which is assumed to be the vendor's day), so that a period that is " +
			"still filling is never in the answer.",
		Optional:   true,
		Validators: []validator.String{isTime()},
	}
	into["lookback"] = schema.StringAttribute{
		MarkdownDescription: "Length of the window, counted back from its end: a duration such as `24h` or `168h`. Replaces `" + n.start + "`.",
		Optional:            true,
		Validators:          []validator.String{isLookback()},
	}
}

// resolve turns valid arguments into a window. An end that is not given is now, rounded down to a whole period.
func (a windowArguments) resolve(now time.Time, p period) (*window, diag.Diagnostic) {
	var w window
	if a.end.IsNull() {
		w.end = p.floor(now).UTC()
		w.wireEnd = w.end.Add(-time.Second)
	} else {
		end, err := parseTime(a.end.ValueString())
		if err != nil {
			return nil, invalid(path.Root(a.names.end), err)
		}
		w.end, w.wireEnd = end, end
	}
	if a.lookback.IsNull() {
		start, err := parseTime(a.start.ValueString())
		if err != nil {
			return nil, invalid(path.Root(a.names.start), err)
		}
		w.start = start
	} else {
		lookback, err := parseLookback(a.lookback.ValueString())
		if err != nil {
			return nil, invalid(path.Root("lookback"), err)
		}
		w.start = w.end.Add(-lookback)
		if w.start.Unix() < 0 {
			return nil, invalid(path.Root("lookback"), fmt.Errorf("reaches back to %d, before unix time began", w.start.Year()))
		}
	}
	if !w.start.Before(w.end) {
		return nil, a.notBefore(w)
	}
	return &w, nil
}

func (a windowArguments) notBefore(w window) diag.Diagnostic {
	end := fmt.Sprintf("%s, which is %s", a.names.end, w.end.Format(time.RFC3339))
	if a.end.IsNull() {
		end = fmt.Sprintf("%s, the end of the last whole period and the default of %s", w.end.Format(time.RFC3339), a.names.end)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(a.names.start), "Invalid Attribute Combination", fmt.Sprintf(
		"%s is %s and must be before %s.", a.names.start, w.start.Format(time.RFC3339), end))
}

func invalid(p path.Path, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(p, "Invalid Attribute Value", fmt.Sprintf("%s %v.", p, err))
}

// parseTime reads RFC 3339 with an offset or unix seconds and returns UTC.
func parseTime(text string) (time.Time, error) {
	t, err := times.Parse(text)
	if err != nil {
		return time.Time{}, err
	}
	if t.Unix() < 0 || t.Unix() > 9_999_999_999 {
		return time.Time{}, fmt.Errorf("must be from 1970 to 2286, which 10 digits of unix seconds hold, got: %q", text)
	}
	return t, nil
}

var days = regexp.MustCompile(`^([0-9]{1,6})d$`)

// parseLookback reads a positive duration of whole seconds.
func parseLookback(text string) (time.Duration, error) {
	if match := days.FindStringSubmatch(text); match != nil {
		n, _ := strconv.Atoi(match[1]) // At most six digits.
		return 0, fmt.Errorf("has no unit for days: write %q instead of %q", fmt.Sprintf("%dh", n*24), text)
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d%time.Second != 0 {
		return 0, fmt.Errorf(`must be a positive duration of whole seconds, such as "24h" or "168h", got: %q`, text)
	}
	return d, nil
}

// startPath is the argument that a wrong start comes from.
func (a windowArguments) startPath() path.Path {
	if a.lookback.IsNull() {
		return path.Root(a.names.start)
	}
	return path.Root("lookback")
}
