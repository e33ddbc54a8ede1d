// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Window is a half-open window of whole periods: from Start up to End, both in the zone of the vendor's day.
type Window struct{ Start, End time.Time }

// LastSecond returns the end as it goes on the wire: the last second of the window.
func (w *Window) LastSecond() time.Time { return w.End.Add(-time.Second) }

// Equal reports whether other is the same window. It may be nil, as w may be.
func (w *Window) Equal(other *Window) bool {
	if w == nil || other == nil {
		return w == other
	}
	return w.Start.Equal(other.Start) && w.End.Equal(other.End)
}

// IsEmpty reports whether the window holds no period. Nothing is to be asked for then.
func (w *Window) IsEmpty() bool { return !w.Start.Before(w.End) }

// Periods returns the number of periods in the window.
func (w *Window) Periods(p Period) int {
	if w.IsEmpty() {
		return 0
	}
	if p.length == 0 {
		start, end := w.Start.In(Beijing), w.End.In(Beijing)
		return (end.Year()-start.Year())*12 + int(end.Month()) - int(start.Month())
	}
	// The first period of all, at unix time 0, may be short and counts too.
	length := int64(p.length / time.Second)
	return int((w.End.Unix() - w.Start.Unix() + length - 1) / length)
}

// PeriodsUntil returns the number of periods that have begun at the time now: those that a vendor can have data of.
func (w *Window) PeriodsUntil(now time.Time, p Period) int {
	begun := *w
	if end := p.Ceil(now); end.Before(w.End) {
		begun.End = end
	}
	return begun.Periods(p)
}

// String returns the window for a message.
func (w *Window) String() string {
	return w.Start.Format(time.RFC3339) + " to " + w.End.Format(time.RFC3339)
}

// WindowModel is the attribute window.
type WindowModel struct {
	Start types.String `tfsdk:"start"`
	End   types.String `tfsdk:"end"`
}

// Model returns the window as state, and nil, which is null, for a nil window, which was left to the vendor.
func (w *Window) Model() *WindowModel {
	if w == nil {
		return nil
	}
	return &WindowModel{Start: Time(w.Start), End: Time(w.End)}
}

// WindowAttribute describes window, whose times are in the given zone.
func WindowAttribute(zone string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "The whole periods that were read: from `start` up to, but not including, `end`. A window that starts " +
			"at the `end` of another follows it without a gap or an overlap.",
		Computed: true,
		Attributes: map[string]schema.Attribute{
			"start": ComputedText("Start of the window, RFC 3339 in " + zone + "."),
			"end":   ComputedText("End of the window, RFC 3339 in " + zone + "."),
		},
	}
}
