// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

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

// dateArguments are the arguments of data sources that read whole days, as typed. date stays null where a data source
// has no argument for a single day.
type dateArguments struct {
	date, from, to types.String
	lookbackDays   types.Int64
}

// dayRange is a range of whole days, both inclusive, each given by its midnight in the vendor's zone.
type dayRange struct{ first, last time.Time }

// window returns the range as a half-open window.
func (r dayRange) window() *window {
	end := r.last.AddDate(0, 0, 1)
	return &window{start: r.first, end: end, wireEnd: end.Add(-time.Second)}
}

// days returns every day of the range. Zones are fixed offsets, so a day has 24 hours.
func (r dayRange) days() []time.Time {
	var days []time.Time
	for day := r.first; !day.After(r.last); day = day.AddDate(0, 0, 1) {
		days = append(days, day)
	}
	return days
}

// dateAttributes adds the arguments for a range of days in a zone, which is described in words. maxBack is how many days
// ago the first may be.
func dateAttributes(zone string, maxBack int64, into map[string]schema.Attribute) {
	into["date_from"] = schema.StringAttribute{
		MarkdownDescription: "First day to read, `yyyy-MM-dd` in " + zone + ". Goes with `date_to`.",
		Optional:            true,
		Validators:          []validator.String{isDate()},
	}
	into["date_to"] = schema.StringAttribute{
		MarkdownDescription: "Last day to read, `yyyy-MM-dd` in " + zone + ", inclusive. Goes with `date_from`.",
		Optional:            true,
		Validators:          []validator.String{isDate()},
	}
	into["lookback_days"] = schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("Number of whole days to read, 1 to %d, the last of them yesterday in %s. Replaces the dates.",
			maxBack, zone),
		Optional:   true,
		Validators: []validator.Int64{int64validator.Between(1, maxBack)},
	}
}

func isDate() validator.String {
	return textValidator{"a date, yyyy-MM-dd", func(text string) error {
		_, err := parseDate(text, time.UTC)
		return err
	}}
}

// parseDate reads yyyy-MM-dd and returns the midnight at which the day begins in the zone.
func parseDate(text string, zone *time.Location) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf(`must be a date such as "2026-01-15", got: %q`, text)
	}
	return day, nil
}

// resolve turns valid arguments into days of the zone. Without any argument it is today. A last day after today
// becomes today; there is no data beyond. maxBack is as in dateAttributes.
func (a dateArguments) resolve(now time.Time, zone *time.Location, maxBack int64) (dayRange, diag.Diagnostic) {
	y, m, d := now.In(zone).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, zone)
	if !a.lookbackDays.IsNull() {
		return dayRange{today.AddDate(0, 0, -int(a.lookbackDays.ValueInt64())), today.AddDate(0, 0, -1)}, nil
	}
	from, to, name := a.from, a.to, "date_from"
	if !a.date.IsNull() {
		from, to, name = a.date, a.date, "date"
	}
	if from.IsNull() {
		return dayRange{today, today}, nil
	}
	first, err := parseDate(from.ValueString(), zone)
	if err != nil {
		return dayRange{}, invalid(path.Root(name), err)
	}
	last, err := parseDate(to.ValueString(), zone)
	switch {
	case err != nil:
		return dayRange{}, invalid(path.Root("date_to"), err)
	case first.After(last):
		return dayRange{}, datesReversed(first, last)
	case first.After(today):
		return dayRange{}, invalid(path.Root(name), fmt.Errorf("must not be after today, which is %s in %s", dateString(today), zone))
	case first.Before(today.AddDate(0, 0, -int(maxBack))):
		return dayRange{}, invalid(path.Root(name), fmt.Errorf("must be within the last %d days, so %s or later",
			maxBack, dateString(today.AddDate(0, 0, -int(maxBack)))))
	case last.After(today):
		last = today
	}
	return dayRange{first, last}, nil
}

func dateString(day time.Time) string { return day.Format(time.DateOnly) }

func datesReversed(first, last time.Time) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("date_from"), "Invalid Attribute Combination", fmt.Sprintf(
		"date_from is %s and must not be after date_to, which is %s.", dateString(first), dateString(last)))
}

// path is the argument that too many days come from.
func (a dateArguments) path() path.Path {
	switch {
	case !a.lookbackDays.IsNull():
		return path.Root("lookback_days")
	case !a.date.IsNull():
		return path.Root("date")
	}
	return path.Root("date_from")
}

// datesValidator checks what the date arguments say together.
type datesValidator struct {
	// single tells that there is an argument for a single day, and that some argument is required.
	single bool
}

func (v datesValidator) Description(context.Context) string {
	if v.single {
		return "exactly one of date, lookback_days, or date_from with date_to"
	}
	return "lookback_days, or date_from with date_to, or none"
}

func (v datesValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v datesValidator) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var a dateArguments
	if v.single {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("date"), &a.date)...)
	}
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("date_from"), &a.from)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("date_to"), &a.to)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("lookback_days"), &a.lookbackDays)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(v.check(ctx, a))
	}
}

func (v datesValidator) check(ctx context.Context, a dateArguments) diag.Diagnostic {
	const summary = "Invalid Attribute Combination"
	ways := 0
	for _, way := range []bool{isGiven(a.date), isGiven(a.from) || isGiven(a.to), isGiven(a.lookbackDays)} {
		if way {
			ways++
		}
	}
	switch {
	case ways > 1:
		return diag.NewErrorDiagnostic(summary, "Days are named in more than one way: give "+v.Description(ctx)+".")
	case a.date.IsUnknown() || a.from.IsUnknown() || a.to.IsUnknown() || a.lookbackDays.IsUnknown():
		return nil // It may turn out to be null, or not.
	case ways == 0 && v.single:
		return diag.NewAttributeErrorDiagnostic(path.Root("date"), "Missing Attribute", "No days are named: give "+v.Description(ctx)+".")
	case a.from.IsNull() != a.to.IsNull():
		missing := "date_to"
		if a.from.IsNull() {
			missing = "date_from"
		}
		return diag.NewAttributeErrorDiagnostic(path.Root(missing), summary, missing+" is missing: date_from and date_to go together.")
	}
	first, errFirst := parseDate(a.from.ValueString(), time.UTC)
	last, errLast := parseDate(a.to.ValueString(), time.UTC)
	if errFirst == nil && errLast == nil && first.After(last) {
		return datesReversed(first, last)
	}
	return nil
}
