// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

var (
	errNoReport = errors.New("report is missing")
	errNoTime   = errors.New("not a time of the form YYYY-MM-DD hh:mm:00")
)

// read reads the data of a response. Times are in the report's own zone, or else in the given one. Some of the vendor's
// reports contain an object instead of a list with one element.
func (report *RelayTrafficReport) read(r *jsonread.Reader, zone *time.Location) error {
	*report = RelayTrafficReport{Location: zone, Groups: []Group{}}
	present := false
	err := r.Object(func(name string) error {
		if name != "report" || r.IsNull() {
			return nil
		}
		present = true
		return r.Object(func(name string) error { return report.field(r, name) })
	})
	switch {
	case err != nil:
		return err
	case !present:
		return errNoReport
	}
	report.moveTo(report.Location)
	return nil
}

func (report *RelayTrafficReport) field(r *jsonread.Reader, name string) (err error) {
	switch name {
	case "type":
		report.Type, err = r.Name()
	case "dateFrom":
		report.DateFrom, err = readDay(r)
	case "dateTo":
		report.DateTo, err = readDay(r)
	case "timezone":
		var zone string
		if zone, err = r.Text(); err == nil && zone != "" {
			report.Location, err = times.ParseZone(zone)
		}
	case "groups":
		return r.OneOrMany(func(int) error {
			if err := r.Counter().AddSeries(); err != nil {
				return err
			}
			group, err := readGroup(r)
			report.Groups = append(report.Groups, group)
			return err
		})
	}
	return err
}

// readGroup reads a group. Its times have the right date and time of day, but in UTC, because the report's zone may come
// later in the response. moveTo corrects them.
func readGroup(r *jsonread.Reader) (Group, error) {
	g := Group{Items: []Item{}}
	err := r.Object(func(name string) (err error) {
		switch name {
		case "domain":
			g.Domain, err = r.Name()
		case "totalRelayTraffic":
			g.Total, err = r.Number()
		case "peakBandwidth":
			g.PeakBandwidth, err = r.Number()
		case "peakTime":
			var label string
			if label, err = r.Scalar(); err == nil && label != "" {
				g.PeakTime, err = parseLabel(label)
			}
		case "item":
			g.Items, err = jsonread.OneOrManyPoints(r, (*itemWire).read)
		}
		return err
	})
	return g, err
}

type itemWire struct {
	Time         jsonread.Value `json:"time"`
	RelayTraffic jsonread.Value `json:"relayTraffic"`
}

func (w *itemWire) read() (item Item, err error) {
	label, err := w.Time.Scalar()
	if err == nil {
		item.Time, err = parseLabel(label)
	}
	if err != nil {
		return item, jsonread.At("time", err)
	}
	item.Traffic, err = w.RelayTraffic.Number()
	return item, jsonread.At("relayTraffic", err)
}

// moveTo moves the times from UTC to the zone and keeps date and time of day.
func (report *RelayTrafficReport) moveTo(zone *time.Location) {
	_, seconds := time.Time{}.In(zone).Zone() // Zones are fixed offsets.
	offset := time.Duration(seconds) * time.Second
	for _, group := range report.Groups {
		for i := range group.Items {
			group.Items[i].Time = group.Items[i].Time.Add(-offset).In(zone)
		}
	}
	for i := range report.Groups {
		if peak := &report.Groups[i].PeakTime; !peak.IsZero() {
			*peak = peak.Add(-offset).In(zone)
		}
	}
}

// readDay reads a day without the time of day that may follow it.
func readDay(r *jsonread.Reader) (string, error) {
	text, err := r.Text()
	return text[:min(len(text), len(time.DateOnly))], err
}

// parseLabel reads a time with or without seconds. The hour 24 is the next midnight.
func parseLabel(label string) (time.Time, error) {
	const endOfDay, midnight = " 24:00", " 00:00"
	text, days := label, 0
	if before, after, found := strings.Cut(label, endOfDay); found && (after == "" || after == ":00") {
		text, days = before+midnight+after, 1
	}
	for _, layout := range []string{time.DateTime, "2006-01-02 15:04"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.AddDate(0, 0, days), nil
		}
	}
	return time.Time{}, fmt.Errorf("%w: %s", errNoTime, excerpt.Quote(label))
}
