// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// wireReport is a report as it comes. Its fields keep whatever they hold, so that an error can name the place.
type wireReport struct {
	Type     scalar          `json:"type"`
	Timezone scalar          `json:"timezone"`
	Groups   list[wireGroup] `json:"groups"`
}

type wireGroup struct {
	Domain            scalar         `json:"domain"`
	TotalRelayTraffic decimal.JSON   `json:"totalRelayTraffic"`
	PeakBandwidth     decimal.JSON   `json:"peakBandwidth"`
	PeakTime          scalar         `json:"peakTime"`
	Item              list[wireItem] `json:"item"`
}

type wireItem struct {
	Time         scalar       `json:"time"`
	RelayTraffic decimal.JSON `json:"relayTraffic"`
}

var (
	errNoReport = errors.New("report is missing")
	errNotList  = errors.New("not a list of objects")
	errNoTime   = errors.New("not a time of the form YYYY-MM-DD hh:mm:00")
)

// decodeRelayTraffic reads the data of an answer. Times are in the report's zone, or in the given one where the
// report names none.
func decodeRelayTraffic(data []byte, zone *time.Location) (*RelayTrafficReport, error) {
	var wire struct {
		Report *wireReport `json:"report"`
	}
	if err := json.Unmarshal(data, &wire); err != nil || wire.Report == nil {
		return nil, errNoReport
	}
	if name := wire.Report.Timezone; name != "" {
		var err error
		if zone, err = ParseZone(string(name)); err != nil {
			return nil, fmt.Errorf("report.timezone: %w", err)
		}
	}
	if wire.Report.Groups.mistyped {
		return nil, fmt.Errorf("groups: %w", errNotList)
	}
	groups := make([]Group, len(wire.Report.Groups.elements))
	for i, g := range wire.Report.Groups.elements {
		var err error
		if groups[i], err = g.group(zone); err != nil {
			return nil, fmt.Errorf("groups[%d].%w", i, err)
		}
	}
	return &RelayTrafficReport{Type: string(wire.Report.Type), Location: zone, Groups: groups}, nil
}

func (w wireGroup) group(zone *time.Location) (Group, error) {
	g := Group{Domain: string(w.Domain)}
	var err error
	if g.Total, err = w.TotalRelayTraffic.Decimal(); err != nil {
		return g, fmt.Errorf("totalRelayTraffic: %w", err)
	}
	if g.PeakBandwidth, err = w.PeakBandwidth.Decimal(); err != nil {
		return g, fmt.Errorf("peakBandwidth: %w", err)
	}
	if w.PeakTime != "" {
		if g.PeakTime, err = parseLabel(string(w.PeakTime), zone); err != nil {
			return g, fmt.Errorf("peakTime: %w", err)
		}
	}
	if w.Item.mistyped {
		return g, fmt.Errorf("item: %w", errNotList)
	}
	g.Items = make([]Item, len(w.Item.elements))
	for j, item := range w.Item.elements {
		if g.Items[j], err = item.item(zone); err != nil {
			return g, fmt.Errorf("item[%d].%w", j, err)
		}
	}
	return g, nil
}

func (w wireItem) item(zone *time.Location) (Item, error) {
	at, err := parseLabel(string(w.Time), zone)
	if err != nil {
		return Item{}, fmt.Errorf("time: %w", err)
	}
	traffic, err := w.RelayTraffic.Decimal()
	if err != nil {
		return Item{}, fmt.Errorf("relayTraffic: %w", err)
	}
	return Item{Time: at, Traffic: traffic}, nil
}

// parseLabel reads a time with or without seconds.
func parseLabel(label string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{time.DateTime, "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, label, zone); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%w: %.40q", errNoTime, label)
}

// scalar is the text of a JSON string, number or truth value; null is empty. The vendor's codes come as strings and,
// in some answers, as numbers. What should not be there is kept as it came and fails where it is read.
type scalar string

// UnmarshalJSON never fails.
func (s *scalar) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		text = string(data)
	}
	*s = scalar(text)
	return nil
}

// list holds the objects of a JSON array, or the one object that some of the vendor's reports send in place of an
// array of one.
type list[T any] struct {
	elements []T
	mistyped bool
}

// UnmarshalJSON never fails: mistyped tells that the value is something else.
func (l *list[T]) UnmarshalJSON(data []byte) error {
	if data[0] == '{' {
		l.elements = make([]T, 1)
		l.mistyped = json.Unmarshal(data, &l.elements[0]) != nil
	} else {
		l.mistyped = json.Unmarshal(data, &l.elements) != nil
	}
	return nil
}
