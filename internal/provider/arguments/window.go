// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

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

// Beijing is the zone of the vendors' day: UTC+8 all year.
var Beijing = time.FixedZone("GMT+08:00", 8*60*60)

// Period is one step of a time granularity.
type Period struct {
	// length is the maximum length.
	length time.Duration
	floor  func(time.Time) time.Time
}

// The periods of the vendors. Days and months begin at midnight UTC+8.
var (
	Minute      = Period{time.Minute, truncateTo(time.Minute)}
	FiveMinutes = Period{5 * time.Minute, truncateTo(5 * time.Minute)}
	Hour        = Period{time.Hour, truncateTo(time.Hour)}
	Day         = Period{24 * time.Hour, func(t time.Time) time.Time {
		y, m, d := t.In(Beijing).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, Beijing)
	}}
	Month = Period{31 * 24 * time.Hour, func(t time.Time) time.Time {
		y, m, _ := t.In(Beijing).Date()
		return time.Date(y, m, 1, 0, 0, 0, 0, Beijing)
	}}
)

// Floor returns the beginning of the period that t belongs to.
func (p Period) Floor(t time.Time) time.Time { return p.floor(t) }

func truncateTo(d time.Duration) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return t.Truncate(d) }
}

// Window is a half-open window, in UTC or in the zone of the days that were asked for.
type Window struct {
	Start, End time.Time
	// wireEnd is what LastSecond returns.
	wireEnd time.Time
}

// WindowModel is the attribute window.
type WindowModel struct {
	Start types.String `tfsdk:"start"`
	End   types.String `tfsdk:"end"`
}

// Model returns the window as state. A nil window, which was left to the vendor, is nil: null.
func (w *Window) Model() *WindowModel {
	if w == nil {
		return nil
	}
	return &WindowModel{Start: Time(w.Start), End: Time(w.End)}
}

// LastSecond returns the end as it goes on the wire: a given end as given, the default and the end of a day as the second before.
func (w *Window) LastSecond() time.Time { return w.wireEnd }

// Periods returns the minimum number of whole periods in the window.
func (w *Window) Periods(p Period) int { return int(w.End.Sub(w.Start) / p.length) }

// PeriodsUntil returns the minimum number of whole periods of the window that are over at the time now.
func (w *Window) PeriodsUntil(now time.Time, p Period) int {
	if now.Before(w.End) {
		return int(now.Sub(w.Start) / p.length)
	}
	return w.Periods(p)
}

// String returns the window for a message.
func (w *Window) String() string {
	return w.Start.Format(time.RFC3339) + " to " + w.End.Format(time.RFC3339)
}

// Time returns RFC 3339 in the time's own zone, and null for the zero time.
func Time(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.Format(time.RFC3339))
}

// WindowAttribute describes window.
func WindowAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "The window that was asked for, half-open: from `start` up to `end`.",
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"start": ComputedText("Start of the window, RFC 3339."),
			"end":   ComputedText("End of the window, RFC 3339."),
		},
	}
}

// WindowNames say what a data source calls the arguments of its window.
type WindowNames struct {
	Start, End string
	// Optional allows none of the arguments, which leaves the window to the vendor.
	Optional bool
}

// WindowArguments are the arguments of a window as typed.
type WindowArguments struct {
	Names                WindowNames
	Start, End, Lookback types.String
}

// Attributes adds the arguments to a schema.
func (n WindowNames) Attributes(into map[string]schema.Attribute) {
	const form = "RFC 3339 with an offset, such as `2026-01-15T00:00:00Z`, or unix seconds"
	into[n.Start] = schema.StringAttribute{
		MarkdownDescription: "Start of the window: " + form + ". Give this or `lookback`.",
		Optional:            true,
		Validators:          []validator.String{isTime()},
	}
	into[n.End] = schema.StringAttribute{
		MarkdownDescription: "End of the window: " + form + ". It is sent as given, and whether the vendor counts the period that " +
			"starts at it is not documented: give the last second of a period, such as `…T23:59:59Z`, to be sure. Defaults to now, rounded down to a whole " +
			"period (days and months: midnight UTC+8, which is assumed to be the vendor's day), so that a period that is " +
			"still filling is never in the answer.",
		Optional:   true,
		Validators: []validator.String{isTime()},
	}
	into["lookback"] = schema.StringAttribute{
		MarkdownDescription: "Length of the window, counted back from its end: a duration such as `24h` or `168h`. Replaces `" + n.Start + "`.",
		Optional:            true,
		Validators:          []validator.String{isLookback()},
	}
}

// Resolve turns valid arguments into a window. An end that is not given is now, rounded down to a whole period. The window is nil
// where none is given and none is needed.
func (a WindowArguments) Resolve(now time.Time, p Period) (*Window, diag.Diagnostics) {
	if a.Names.Optional && a.Start.IsNull() && a.End.IsNull() && a.Lookback.IsNull() {
		return nil, nil
	}
	w, problem := a.resolve(now, p)
	if problem != nil {
		return nil, diag.Diagnostics{problem}
	}
	return w, nil
}

func (a WindowArguments) resolve(now time.Time, p Period) (*Window, diag.Diagnostic) {
	var w Window
	if a.End.IsNull() {
		w.End = p.Floor(now).UTC()
		w.wireEnd = w.End.Add(-time.Second)
	} else {
		end, err := parseTime(a.End.ValueString())
		if err != nil {
			return nil, Invalid(path.Root(a.Names.End), err)
		}
		w.End, w.wireEnd = end, end
	}
	if a.Lookback.IsNull() {
		start, err := parseTime(a.Start.ValueString())
		if err != nil {
			return nil, Invalid(path.Root(a.Names.Start), err)
		}
		w.Start = start
	} else {
		lookback, err := parseLookback(a.Lookback.ValueString())
		if err != nil {
			return nil, Invalid(path.Root("lookback"), err)
		}
		w.Start = w.End.Add(-lookback)
		if w.Start.Unix() < 0 {
			return nil, Invalid(path.Root("lookback"), fmt.Errorf("reaches back to %d, before unix time began", w.Start.Year()))
		}
	}
	if !w.Start.Before(w.End) {
		return nil, a.notBefore(w)
	}
	return &w, nil
}

func (a WindowArguments) notBefore(w Window) diag.Diagnostic {
	end := fmt.Sprintf("%s, which is %s", a.Names.End, w.End.Format(time.RFC3339))
	if a.End.IsNull() {
		end = fmt.Sprintf("%s, the end of the last whole period and the default of %s", w.End.Format(time.RFC3339), a.Names.End)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(a.Names.Start), "Invalid Attribute Combination", fmt.Sprintf(
		"%s is %s and must be before %s.", a.Names.Start, w.Start.Format(time.RFC3339), end))
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

// StartPath is the argument that the start comes from: the one to change where a window is too long or begins too early.
func (a WindowArguments) StartPath() path.Path {
	if a.Lookback.IsNull() {
		return path.Root(a.Names.Start)
	}
	return path.Root("lookback")
}
