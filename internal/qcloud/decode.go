// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

var (
	errNoData    = errors.New("data is missing")
	errNotMap    = errors.New("neither an object nor a list")
	errNotRegion = errors.New("not an object with a region's id, name and host")
	errNoID      = errors.New("not a whole number")
	errKey       = errors.New("neither a statistic nor the code of a carrier or a status")
)

// statusCodes is the statistic whose values are divided by status code as well.
const statusCodes = "statuscode"

var statTypes = []string{"bandwidth", "requests", "flux", statusCodes, "dlspeed", "dltime", "hitrate"}

// dayOfValues is how many values most series have.
const dayOfValues = 288

// statusCode matches an HTTP status or a class of them.
var statusCode = regexp.MustCompile(`^[1-9]([0-9]{2}|XX|xx)$`)

// decodeOverseaISPDetail reads the data of an answer to a question for a statistic, which may be empty.
func decodeOverseaISPDetail(data []byte, statType string) ([]Series, error) {
	if len(data) == 0 || string(data) == "null" {
		return nil, errNoData
	}
	fields, err := members(data)
	if err != nil {
		return nil, fmt.Errorf("data: %w", err)
	}
	d := decoder{statType: statType}
	for _, field := range fields {
		if field.key != "prov_data" {
			continue
		}
		if err := d.hosts(field.key, field.value); err != nil {
			return nil, err
		}
	}
	return d.series, nil
}

// decoder collects the series of an answer. Its methods take the place of what they read, for errors.
type decoder struct {
	statType string
	series   []Series
}

func (d *decoder) hosts(place string, raw json.RawMessage) error {
	hosts, err := members(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", place, err)
	}
	for _, host := range hosts {
		if err := d.regions(place+host.step(), host); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) regions(place string, host member) error {
	regions, err := members(host.value)
	if err != nil {
		return fmt.Errorf("%s: %w", place, err)
	}
	for _, region := range regions {
		if err := d.region(place+region.step(), host.key, region.value); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) region(place, host string, raw json.RawMessage) error {
	region, err := newRegion(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", place, err)
	}
	id, err := wholeNumber(region.id)
	if err != nil {
		return fmt.Errorf("%s.id: %w", place, err)
	}
	s := Series{Host: cmp.Or(region.host, host), ProvID: id, ProvName: region.name, StatType: d.statType}
	return d.values(place+".isp_value", s, region.ispValue, true)
}

// wireRegion is what an answer holds of one region.
type wireRegion struct {
	id         decimal.JSON
	name, host string
	ispValue   json.RawMessage
}

func newRegion(raw json.RawMessage) (wireRegion, error) {
	var r wireRegion
	fields, err := members(raw)
	if err != nil || len(raw) == 0 || raw[0] != '{' {
		return r, errNotRegion
	}
	for _, field := range fields {
		switch field.key {
		case "id":
			err = json.Unmarshal(field.value, &r.id)
		case "name":
			err = json.Unmarshal(field.value, &r.name)
		case "host":
			err = json.Unmarshal(field.value, &r.host)
		case "isp_value":
			r.ispValue = field.value
		}
		if err != nil {
			return r, errNotRegion
		}
	}
	return r, nil
}

func wholeNumber(value decimal.JSON) (int64, error) {
	number, err := value.Decimal()
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(number.String(), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%w: %s", errNoID, number)
	}
	return n, nil
}

// values goes down to the lists of numbers. How statistic, carrier and status code are nested is documented for
// bandwidth only, so each key is known by what it looks like. Every key fills a field of the series that was empty:
// nesting ends after three.
func (d *decoder) values(place string, s Series, raw json.RawMessage, top bool) error {
	if isNumberList(raw) {
		return d.add(place, s, raw)
	}
	children, err := members(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", place, err)
	}
	if len(children) == 0 && (s.ISPID != nil || s.StatusCode != "") {
		d.series = append(d.series, s)
	}
	for _, child := range children {
		place := place + child.step()
		below, known := s.with(child.key, top)
		if !known {
			return fmt.Errorf("%s: %w", place, errKey)
		}
		if err := d.values(place, below, child.value, false); err != nil {
			return err
		}
	}
	return nil
}

// with returns the series that a key stands for. Only at the top may the key name the statistic.
func (s Series) with(key string, top bool) (Series, bool) {
	if top && slices.Contains(statTypes, key) {
		s.StatType = key
		return s, true
	}
	if s.StatType == statusCodes && statusCode.MatchString(key) {
		known := s.StatusCode == ""
		s.StatusCode = key
		return s, known
	}
	id, err := strconv.ParseInt(key, 10, 64)
	known := err == nil && s.ISPID == nil
	s.ISPID = &id
	return s, known
}

// add adds a series with its values.
func (d *decoder) add(place string, s Series, raw json.RawMessage) error {
	s.Values = make([]decimal.Decimal, 0, dayOfValues)
	for entry := range entries(raw) {
		value, err := decimal.FromJSON(entry)
		if err != nil {
			return fmt.Errorf("%s[%d]: %w", place, len(s.Values), err)
		}
		s.Values = append(s.Values, value)
	}
	d.series = append(d.series, s)
	return nil
}
