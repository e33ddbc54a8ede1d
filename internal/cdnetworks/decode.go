// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// wireData is the data of an answer.
type wireData struct {
	Report *wireReport `json:"report"`
	// odd is all of it where it is not as documented.
	odd json.RawMessage
}

// wireReport is a report as it comes. Its fields keep whatever they hold, so that an error can name the place.
type wireReport struct {
	Type     scalar      `json:"type"`
	Timezone scalar      `json:"timezone"`
	Groups   []wireGroup `json:"groups"`
}

type wireGroup struct {
	Domain            scalar       `json:"domain"`
	TotalRelayTraffic decimal.JSON `json:"totalRelayTraffic"`
	PeakBandwidth     decimal.JSON `json:"peakBandwidth"`
	PeakTime          scalar       `json:"peakTime"`
	Item              []wireItem   `json:"item"`
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

// report reads the data of an answer. Times are in the report's zone, or in the given one where the report names none.
func (d wireData) report(zone *time.Location) (*RelayTrafficReport, error) {
	wire, err := d.Report, error(nil)
	if d.odd != nil {
		wire, err = decodeOddReport(d.odd)
	}
	switch {
	case err != nil:
		return nil, err
	case wire == nil:
		return nil, errNoReport
	}
	if name := wire.Timezone; name != "" {
		if zone, err = ParseZone(string(name)); err != nil {
			return nil, fmt.Errorf("report.timezone: %w", err)
		}
	}
	groups := make([]Group, len(wire.Groups))
	for i, g := range wire.Groups {
		if groups[i], err = g.group(zone); err != nil {
			return nil, fmt.Errorf("groups[%d].%w", i, err)
		}
	}
	return &RelayTrafficReport{Type: string(wire.Type), Location: zone, Groups: groups}, nil
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
	g.Items = make([]Item, len(w.Item))
	for j, item := range w.Item {
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
	if inner, ok := plain(data); ok {
		*s = scalar(inner)
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		text = string(data)
	}
	*s = scalar(text)
	return nil
}

// plain returns the content of a JSON string in which every byte stands for itself, as nearly all of them are.
func plain(data []byte) ([]byte, bool) {
	if data[0] != '"' {
		return nil, false
	}
	inner := data[1 : len(data)-1]
	for _, c := range inner {
		if c == '\\' || c >= utf8.RuneSelf {
			return nil, false
		}
	}
	return inner, true
}
