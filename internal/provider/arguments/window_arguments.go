// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What all data sources call their own arguments of time.
const (
	lookbackName = "lookback"
	offsetName   = "offset"
)

// WindowNames say what a data source calls the arguments of its window, and what else validation needs to know.
type WindowNames struct {
	Start, End string
	// Optional allows none of the arguments, which leaves the window to the vendor.
	Optional bool
	// Months says that a period may be a month.
	Months bool
	// Granularity is the argument that sets the length of a period, Granularities are its values, and Period returns the
	// period of a value, which may be null. With them, validation checks lookback and offset; without, only the read does.
	Granularity   string
	Granularities Choice
	Period        func(types.String) Period
}

// WindowArguments are the arguments of a window as typed.
type WindowArguments struct {
	Names                        WindowNames
	Start, End, Lookback, Offset types.String
}

// Attributes adds the arguments to a schema.
func (n WindowNames) Attributes(into map[string]schema.Attribute) {
	const form = "RFC 3339 with an offset, such as `2026-01-15T00:00:00+08:00`, or unix seconds"
	need, borders, noMonths := "Set this or `lookback`.", "days begin", ""
	if n.Optional {
		need = "Set this, `lookback`, or neither."
	}
	if n.Months {
		borders, noMonths = "days and months begin", " Not for months, whose length varies."
	}
	into[n.Start] = schema.StringAttribute{
		MarkdownDescription: "Start of the window: " + form + ". A time inside a period is moved to its beginning, with a warning; " +
			borders + " at midnight UTC+8. " + need,
		Optional:   true,
		Validators: []validator.String{isTime()},
	}
	into[n.End] = schema.StringAttribute{
		MarkdownDescription: "End of the window, which is not included: " + form + ". A time inside a period is moved to its end, with a " +
			"warning. The last second of a period, such as `2026-01-15T23:59:59+08:00`, stands for its end, without a warning. Defaults to the " +
			"end of the last whole period. Set it to a later time to read the period that is still filling.",
		Optional:   true,
		Validators: []validator.String{isTime()},
	}
	into[lookbackName] = schema.StringAttribute{
		MarkdownDescription: "Length of the window, counted back from its end: a duration of whole periods, such as `24h`, `7d` or `1d12h`. Replaces `" +
			n.Start + "`." + noMonths,
		Optional:   true,
		Validators: []validator.String{isLookback()},
	}
	into[offsetName] = schema.StringAttribute{
		MarkdownDescription: "How far to shift the window of `lookback`, and `" + n.End + "` if it is set, into the past: " +
			"with `lookback = \"7d\"`, `offset = \"7d\"` reads the week before. A duration of whole periods, or `0s`." + noMonths,
		Optional:   true,
		Validators: []validator.String{isOffset()},
	}
}

// StartPath is the argument that the start comes from: the one to change where a window is too long or begins too early.
func (a WindowArguments) StartPath() path.Path {
	if a.Lookback.IsNull() {
		return path.Root(a.Names.Start)
	}
	return path.Root(lookbackName)
}

// Resolve turns arguments into a window of whole periods, with a warning for each time that was not a border. It is nil
// where none is given and none is needed. It is empty where no end is given and no period since the start is over.
func (a WindowArguments) Resolve(now time.Time, p Period) (*Window, diag.Diagnostics) {
	if problem := a.combination(); problem != nil {
		return nil, diag.Diagnostics{problem}
	}
	if a.Start.IsNull() && a.Lookback.IsNull() {
		return nil, nil
	}
	lookback, offset, problem := a.durations(p)
	if problem != nil {
		return nil, diag.Diagnostics{problem}
	}
	end, diags := a.resolveEnd(now, p)
	w := Window{End: end.Add(-offset)}
	if a.Lookback.IsNull() {
		start, more := a.resolveStart(now, p)
		w.Start = start
		diags.Append(more...)
	} else {
		w.Start = w.End.Add(-lookback)
		diags.Append(a.lookbackProblem(w, now))
	}
	if diags.HasError() {
		return nil, diags.Errors()
	}
	return &w, diags
}

// resolveEnd returns the border that the window ends at, before the offset.
func (a WindowArguments) resolveEnd(now time.Time, p Period) (time.Time, diag.Diagnostics) {
	if a.End.IsNull() {
		return p.Floor(now), nil
	}
	at := path.Root(a.Names.End)
	end, err := parseTime(a.End.ValueString())
	if err != nil {
		return time.Time{}, diag.Diagnostics{Invalid(at, err)}
	}
	if next := end.Add(time.Second); p.isBorder(next) {
		return p.Floor(next), nil // The last second of a period stands for its end.
	}
	border := p.Ceil(end)
	if border.Equal(end) {
		return border, nil
	}
	advice := ""
	if border.After(now) && !p.Floor(end).After(now) {
		advice = fmt.Sprintf(" That %s is still filling; without %s the window ends with the last whole one.", p, a.Names.End)
	}
	return border, diag.Diagnostics{movedWarning(at, a.End.ValueString(), end, border, p, "end", advice)}
}

// resolveStart returns the border that a given start stands for.
func (a WindowArguments) resolveStart(now time.Time, p Period) (time.Time, diag.Diagnostics) {
	at := path.Root(a.Names.Start)
	start, err := parseTime(a.Start.ValueString())
	if err != nil {
		return time.Time{}, diag.Diagnostics{Invalid(at, err)}
	}
	if start.After(now) {
		return time.Time{}, diag.Diagnostics{Invalid(at, fmt.Errorf("must not be after now, which is %s, got %q",
			now.In(Beijing).Format(time.RFC3339), a.Start.ValueString()))}
	}
	border := p.Floor(start)
	if border.Equal(start) {
		return border, nil
	}
	return border, diag.Diagnostics{movedWarning(at, a.Start.ValueString(), start, border, p, "beginning", "")}
}

// movedWarning says that a time inside a period was moved to the period's beginning or end.
func movedWarning(at path.Path, text string, from, to time.Time, p Period, side, advice string) diag.Diagnostic {
	article, why := "a", ""
	if p == Hour {
		article = "an"
	}
	if p == Day || p == Month {
		why = fmt.Sprintf("; %ss begin at midnight UTC+8", p)
	}
	return diag.NewAttributeWarningDiagnostic(at, "Window Moved to Whole Periods", fmt.Sprintf(
		"%s = %q is inside %s %s%s. It was moved to the %s of that %s: from %s to %s. Use the second time to avoid this warning.%s",
		at, text, article, p, why, side, p, from.In(Beijing).Format(time.RFC3339), to.Format(time.RFC3339), advice))
}

// lookbackProblem refuses a window of lookback that begins before unix time, or after now.
func (a WindowArguments) lookbackProblem(w Window, now time.Time) diag.Diagnostic {
	switch {
	case w.Start.Before(epoch):
		return Invalid(path.Root(lookbackName), errors.New("must not start the window before 1970"))
	case w.Start.After(now):
		return Invalid(path.Root(a.Names.End), fmt.Errorf("must not be so late that the window of lookback starts after now, which is %s: it would start at %s",
			now.In(Beijing).Format(time.RFC3339), w.Start.Format(time.RFC3339)))
	}
	return nil
}
