// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const (
	dateName     = "date"
	dateFromName = "date_from"
	dateToName   = "date_to"
)

// DateRules are what a data source that reads whole days allows.
type DateRules struct {
	// Single says that there is an argument date, and that some argument is required. Otherwise none of them is today.
	Single bool
	// MaxBack is how many days before today the first may be.
	MaxBack int
	// Zone is the zone of the days in words, such as "GMT+8" or "`timezone`".
	Zone string
}

// DateArguments are arguments for whole days as typed. Date stays null where there is no such argument.
type DateArguments struct {
	Rules                            DateRules
	Date, From, To, Lookback, Offset types.String
}

// Attributes adds the arguments to a schema.
func (r DateRules) Attributes(into map[string]schema.Attribute) {
	add := func(name, description string, rule TextRule) {
		into[name] = schema.StringAttribute{
			MarkdownDescription: fmt.Sprintf(description, r.Zone), Optional: true, Validators: []validator.String{rule},
		}
	}
	otherwise := "Without `lookback` and dates, the data source reads today."
	if r.Single {
		otherwise = "Set this, `date`, or `date_from` with `date_to`."
		add(dateName, "The day to read, `yyyy-MM-dd` in %s. Set this, `date_from` with `date_to`, or `lookback`.", isDate())
	}
	add(dateFromName, "First day to read, `yyyy-MM-dd` in %s. Requires `date_to`.", isDate())
	add(dateToName, "Last day to read, `yyyy-MM-dd` in %s, inclusive. Requires `date_from`. A day after today is replaced with today.", isDate())
	add(lookbackName, "Number of whole days to read, the last of which is yesterday in %s: a duration such as `7d` or `2w`. "+
		"Replaces the dates. "+otherwise, isLookback())
	add(offsetName, "How far to shift the days of `lookback` into the past: with `lookback = \"7d\"`, `offset = \"7d\"` reads the week before. "+
		"A duration of whole days, or `0s`. Days are those of %s.", isOffset())
}

// StartPath is the argument that the first day comes from: the one to change where there are too many days.
func (a DateArguments) StartPath() path.Path {
	switch {
	case !a.Lookback.IsNull():
		return path.Root(lookbackName)
	case !a.Date.IsNull():
		return path.Root(dateName)
	}
	return path.Root(dateFromName)
}

// Resolve turns arguments into days of the zone. Without any it is today, unless one is required. A last day after today
// becomes today, since there is no data beyond.
func (a DateArguments) Resolve(now time.Time, zone *time.Location) (*Days, diag.Diagnostics) {
	days, problem := a.resolve(midnight(now, zone), zone)
	if problem != nil {
		return nil, diag.Diagnostics{problem}
	}
	return days, nil
}

func (a DateArguments) resolve(today time.Time, zone *time.Location) (*Days, diag.Diagnostic) {
	problem := a.combination()
	switch {
	case problem != nil:
		return nil, problem
	case !a.Lookback.IsNull():
		return a.lookback(today)
	case a.Date.IsNull() && a.From.IsNull():
		return &Days{today, today}, nil
	}
	from, to, at := a.From, a.To, path.Root(dateFromName)
	if !a.Date.IsNull() {
		from, to, at = a.Date, a.Date, path.Root(dateName)
	}
	first, err := parseDate(from.ValueString(), zone)
	if err != nil {
		return nil, Invalid(at, err)
	}
	last, err := parseDate(to.ValueString(), zone)
	if err != nil {
		return nil, Invalid(path.Root(dateToName), err)
	}
	if first.After(today) {
		return nil, Invalid(at, fmt.Errorf("must not be after today, which is %s in %s, got %q", Date(today), zone, from.ValueString()))
	}
	if last.After(today) {
		last = today
	}
	return a.Rules.within(&Days{first, last}, today, at)
}

// lookback returns the days of lookback and offset.
func (a DateArguments) lookback(today time.Time) (*Days, diag.Diagnostic) {
	length, problem := Day.duration(lookbackName, a.Lookback, isLookback(), "")
	if problem != nil {
		return nil, problem
	}
	offset, problem := Day.duration(offsetName, a.Offset, isOffset(), "")
	if problem != nil {
		return nil, problem
	}
	end := today.Add(-offset)
	return a.Rules.within(&Days{end.Add(-length), end.AddDate(0, 0, -1)}, today, path.Root(lookbackName))
}

// TooEarly returns the error of a window that starts earlier than the vendor has data of.
func TooEarly(at path.Path, maxDays int, earliest, got string) diag.Diagnostic {
	return Invalid(at, fmt.Errorf("must not start the window more than %d days ago: the earliest start is %s, got %s", maxDays, earliest, got))
}

// within refuses days that begin earlier than the vendor has data of.
func (r DateRules) within(days *Days, today time.Time, at path.Path) (*Days, diag.Diagnostic) {
	oldest := today.AddDate(0, 0, -r.MaxBack)
	if !days.First.Before(oldest) {
		return days, nil
	}
	return nil, TooEarly(at, r.MaxBack, Date(oldest), Date(days.First))
}
