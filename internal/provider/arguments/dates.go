// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// DateRules are what a data source that reads whole days allows.
type DateRules struct {
	// Single says that there is an argument date, and that some argument is required. Otherwise none of them is today.
	Single bool
	// MaxBack is how many days before today the first may be.
	MaxBack int64
	// Zone is the zone of the days in words, such as "GMT+8" or "`timezone`".
	Zone string
}

// DateArguments are arguments for whole days as typed. Date stays null where there is no such argument.
type DateArguments struct {
	Rules          DateRules
	Date, From, To types.String
	LookbackDays   types.Int64
}

// Days is a range of whole days, First and Last inclusive. Each is the midnight at which the day begins in the vendor's zone.
type Days struct{ First, Last time.Time }

// Window returns the range as a half-open window.
func (d Days) Window() *Window {
	end := d.Last.AddDate(0, 0, 1)
	return &Window{Start: d.First, End: end, wireEnd: end.Add(-time.Second)}
}

// Days returns the days of a window of whole days.
func (w *Window) Days() Days { return Days{w.Start, w.End.AddDate(0, 0, -1)} }

// All returns every day of the range. Zones are fixed offsets, so a day has 24 hours.
func (d Days) All() []time.Time {
	var days []time.Time
	for day := d.First; !day.After(d.Last); day = day.AddDate(0, 0, 1) {
		days = append(days, day)
	}
	return days
}

// Attributes adds the arguments to a schema.
func (r DateRules) Attributes(into map[string]schema.Attribute) {
	if r.Single {
		into["date"] = schema.StringAttribute{
			MarkdownDescription: "The day to read, `yyyy-MM-dd` in " + r.Zone + ". Give this, `date_from` with `date_to`, or `lookback_days`.",
			Optional:            true,
			Validators:          []validator.String{isDate()},
		}
	}
	into["date_from"] = schema.StringAttribute{
		MarkdownDescription: "First day to read, `yyyy-MM-dd` in " + r.Zone + ". Goes with `date_to`.",
		Optional:            true,
		Validators:          []validator.String{isDate()},
	}
	into["date_to"] = schema.StringAttribute{
		MarkdownDescription: "Last day to read, `yyyy-MM-dd` in " + r.Zone + ", inclusive. Goes with `date_from`.",
		Optional:            true,
		Validators:          []validator.String{isDate()},
	}
	into["lookback_days"] = schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("Number of whole days to read, 1 to %d, the last of them yesterday in %s. Replaces the dates.",
			r.MaxBack, r.Zone),
		Optional:   true,
		Validators: []validator.Int64{int64validator.Between(1, r.MaxBack)},
	}
}

func isDate() TextRule {
	return Text("a date, yyyy-MM-dd", func(text string) error {
		_, err := parseDate(text, time.UTC)
		return err
	})
}

// parseDate reads yyyy-MM-dd and returns the midnight at which the day begins in the zone.
func parseDate(text string, zone *time.Location) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf(`must be a date such as "2026-01-15", got: %q`, text)
	}
	return day, nil
}

// Resolve turns valid arguments into a window of days of the zone. Without any argument it is today. A last day after today becomes
// today, since there is no data beyond.
func (a DateArguments) Resolve(now time.Time, zone *time.Location) (*Window, diag.Diagnostics) {
	days, problem := a.resolve(now, zone)
	if problem != nil {
		return nil, diag.Diagnostics{problem}
	}
	return days.Window(), nil
}

func (a DateArguments) resolve(now time.Time, zone *time.Location) (Days, diag.Diagnostic) {
	y, m, d := now.In(zone).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, zone)
	if !a.LookbackDays.IsNull() {
		return Days{today.AddDate(0, 0, -int(a.LookbackDays.ValueInt64())), today.AddDate(0, 0, -1)}, nil
	}
	from, to, name := a.From, a.To, "date_from"
	if !a.Date.IsNull() {
		from, to, name = a.Date, a.Date, "date"
	}
	if from.IsNull() {
		return Days{today, today}, nil
	}
	first, err := parseDate(from.ValueString(), zone)
	if err != nil {
		return Days{}, Invalid(path.Root(name), err)
	}
	last, err := parseDate(to.ValueString(), zone)
	switch {
	case err != nil:
		return Days{}, Invalid(path.Root("date_to"), err)
	case first.After(last):
		return Days{}, datesReversed(first, last)
	case first.After(today):
		return Days{}, Invalid(path.Root(name), fmt.Errorf("must not be after today, which is %s in %s", Date(today), zone))
	case first.Before(today.AddDate(0, 0, -int(a.Rules.MaxBack))):
		return Days{}, Invalid(path.Root(name), fmt.Errorf("must be within the last %d days, so %s or later",
			a.Rules.MaxBack, Date(today.AddDate(0, 0, -int(a.Rules.MaxBack)))))
	case last.After(today):
		last = today
	}
	return Days{first, last}, nil
}

// Date returns the day of a time in its own zone as yyyy-MM-dd.
func Date(day time.Time) string { return day.Format(time.DateOnly) }

func datesReversed(first, last time.Time) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("date_from"), "Invalid Attribute Combination", fmt.Sprintf(
		"date_from is %s and must not be after date_to, which is %s.", Date(first), Date(last)))
}

// StartPath is the argument that the first day comes from: the one to change where there are too many days.
func (a DateArguments) StartPath() path.Path {
	switch {
	case !a.LookbackDays.IsNull():
		return path.Root("lookback_days")
	case !a.Date.IsNull():
		return path.Root("date")
	}
	return path.Root("date_from")
}

// Validator checks what the arguments for days say together, as far as it is known at plan.
func (r DateRules) Validator() datasource.ConfigValidator { return datesValidator{r} }

type datesValidator struct{ rules DateRules }

func (v datesValidator) Description(context.Context) string {
	if v.rules.Single {
		return "exactly one of date, lookback_days, or date_from with date_to"
	}
	return "lookback_days, or date_from with date_to, or none"
}

func (v datesValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v datesValidator) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var a DateArguments
	if v.rules.Single {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("date"), &a.Date)...)
	}
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("date_from"), &a.From)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("date_to"), &a.To)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("lookback_days"), &a.LookbackDays)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(v.check(ctx, a))
	}
}

func (v datesValidator) check(ctx context.Context, a DateArguments) diag.Diagnostic {
	const summary = "Invalid Attribute Combination"
	given := 0
	for _, is := range []bool{IsGiven(a.Date), IsGiven(a.From) || IsGiven(a.To), IsGiven(a.LookbackDays)} {
		if is {
			given++
		}
	}
	switch {
	case given > 1:
		return diag.NewErrorDiagnostic(summary, "Days are named in more than one way: give "+v.Description(ctx)+".")
	case a.Date.IsUnknown() || a.From.IsUnknown() || a.To.IsUnknown() || a.LookbackDays.IsUnknown():
		return nil // It may turn out to be null, or not.
	case given == 0 && v.rules.Single:
		return diag.NewAttributeErrorDiagnostic(path.Root("date"), "Missing Attribute", "No days are named: give "+v.Description(ctx)+".")
	case a.From.IsNull() != a.To.IsNull():
		missing := "date_to"
		if a.From.IsNull() {
			missing = "date_from"
		}
		return diag.NewAttributeErrorDiagnostic(path.Root(missing), summary, missing+" is missing: date_from and date_to go together.")
	}
	first, errFirst := parseDate(a.From.ValueString(), time.UTC)
	last, errLast := parseDate(a.To.ValueString(), time.UTC)
	if errFirst == nil && errLast == nil && first.After(last) {
		return datesReversed(first, last)
	}
	return nil
}
