// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
)

var (
	errNoData  = errors.New("data is missing")
	errNoID    = errors.New("not a whole number")
	errEntries = fmt.Errorf("more than %d entries", maxEntries)
	errKey     = errors.New("neither a statistic nor the code of an ISP or a status")
)

// statusCodes is the statistic with values per status code.
const statusCodes = "statuscode"

var statTypes = []string{"bandwidth", "requests", "flux", statusCodes, "dlspeed", "dltime", "hitrate"}

// statusCode matches an HTTP status such as 404 or a class such as 4XX.
var statusCode = regexp.MustCompile(`^[1-9]([0-9]{2}|XX|xx)$`)

// decoder reads the series of a response.
type decoder struct {
	*jsonread.Reader

	// statType is the requested statistic. It may be empty.
	statType string
	series   []Series
}

// data reads the data of a response.
func (d *decoder) data() error {
	return d.entries(func(key string) error {
		if key != "prov_data" {
			return nil
		}
		return d.entries(func(host string) error {
			return d.entries(func(string) error { return d.region(host) })
		})
	})
}

// entries reads a map. The vendor's PHP code encodes a map with the keys 0, 1, 2 and so on as a list, and an empty map as [].
// Null is an empty map too.
func (d *decoder) entries(entry func(key string) error) error {
	if d.IsList() {
		return d.List(func(i int) error { return entry(strconv.Itoa(i)) })
	}
	count := 0
	return d.Object(func(key string) error {
		count++
		if count > maxEntries {
			return errEntries
		}
		return entry(key)
	})
}

// maxEntries is the maximum number of entries of a map, far more than there are hosts, regions, ISPs or status codes.
const maxEntries = 100_000

// region reads a region of a host. Its values may come before its ID and name.
func (d *decoder) region(host string) error {
	host, err := jsonread.Name(host)
	if err != nil {
		return err
	}
	attributes := Series{Host: host}
	var id jsonread.Value
	first := len(d.series)
	err = d.Object(func(key string) (err error) {
		switch key {
		case "id":
			id, err = d.Value()
		case "name":
			attributes.ProvName, err = d.Name()
		case "host":
			var name string
			name, err = d.Name()
			attributes.Host = cmp.Or(name, attributes.Host)
		case "isp_value":
			err = d.values(Series{StatType: d.statType}, true)
		}
		return err
	})
	if err == nil {
		attributes.ProvID, err = wholeNumber(id)
		err = jsonread.At("id", err)
	}
	for i := range d.series[first:] {
		s := &d.series[first+i]
		s.Host, s.ProvID, s.ProvName = attributes.Host, attributes.ProvID, attributes.ProvName
	}
	return err
}

func wholeNumber(value jsonread.Value) (int64, error) {
	number, err := value.Number()
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(number.String(), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%w: %s", errNoID, excerpt.Of(number.String()))
	}
	return n, nil
}

// values reads nested maps down to the lists of numbers. The nesting of statistic, ISP and status code is documented for
// bandwidth only, so each key is recognized by its form. Each key sets a field of the series that is not set yet, so there
// are at most three levels.
func (d *decoder) values(s Series, top bool) error {
	if d.IsListOfScalars() {
		if err := d.add(s); err != nil {
			return err
		}
		numbers, err := jsonread.Numbers(d.Reader)
		d.series[len(d.series)-1].Values = numbers
		return err
	}
	empty := true
	err := d.entries(func(key string) error {
		empty = false
		below, known := s.with(key, top)
		if !known {
			return errKey
		}
		return d.values(below, false)
	})
	if err == nil && empty && (s.ISPID != nil || s.StatusCode != "") {
		return d.add(s)
	}
	return err
}

// add adds a series without values.
func (d *decoder) add(s Series) error {
	d.series = append(d.series, s)
	return d.Counter().AddSeries()
}

// with sets the field of the series that a key stands for: the statistic (only at the top), the status code or the carrier.
// It returns false if the key has no such form or the field is already set.
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
