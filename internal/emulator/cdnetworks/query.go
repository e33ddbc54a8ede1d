// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
)

// The error codes of the report.
const (
	codeMissing    = "24001121"
	codeFormat     = "24001122"
	codeRange      = "24001123"
	codeNotAllowed = "24001124"
	codeTooMuch    = "24001125"
	codeNoDomain   = "24001126"
	codeBadDomain  = "24001127"
	codeBadRegion  = "24001128"
	codeBadValue   = "24001129"
)

const (
	maxDomains  = 2000
	maxDays     = 30
	maxPastDays = 730
	// defaultZone is the default time zone.
	defaultZone = "GMT+08:00"
	// Offsets of time zones are multiples of zoneStep seconds, so that days begin with a slot.
	zoneStep = 15 * 60
	maxZone  = 14 * figures.Hour
)

var domainPattern = regexp.MustCompile(`^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]+$`)

// slotsOf maps granularities to numbers of slots.
var slotsOf = map[string]int{"5m": 1, "1h": figures.Hour / figures.Slot, "1d": figures.Day / figures.Slot}

// query contains the parameters of a request.
type query struct {
	first, last time.Time // midnight of the first and the last day, in the zone
	zone        string
	granularity string
	down        bool // label periods with their start
	domains     []string
	byDomain    bool
	services    []string // empty for every service type
	regions     []string // empty for every billing region
}

func refusal(code, format string, args ...any) error {
	return &apiError{status: http.StatusOK, code: code, message: fmt.Sprintf(format, args...)}
}

// parseQuery reads a request body. It returns an *apiError for everything that the documentation does not allow.
func parseQuery(body []byte, accountDomains []string, now time.Time) (query, error) {
	p := params.FromJSON(body)
	from, to, zone, rounding := p.Text("dateFrom"), p.Text("dateTo"), p.Text("timezone"), p.Text("timeRounding")
	domain, groupBy := p.Text("domain"), p.Text("groupBy")
	q := query{
		zone:        zone,
		granularity: p.Text("granularity"),
		// The documentation requires semicolons, but its example has a comma.
		services: splitList(strings.ReplaceAll(p.Text("serviceType"), ",", ";")),
		regions:  splitList(strings.ReplaceAll(p.Text("billingRegion"), ",", ";")),
	}
	if err := shapeError(p.Finish()); err != nil {
		return q, err
	}
	if err := q.setPeriods(from, to, now); err != nil {
		return q, err
	}
	if err := q.setRounding(rounding); err != nil {
		return q, err
	}
	q.domains = accountDomains
	if domain != "" {
		q.domains = splitList(domain)
	}
	err := q.check(splitList(groupBy))
	return q, err
}

// shapeError converts errors of package params to errors with a code.
func shapeError(err error) error {
	shape, ok := errors.AsType[*params.Error](err)
	if !ok {
		return err
	}
	if shape.Problem == params.Unknown {
		return refusal(codeNotAllowed, "%s", shape.Error())
	}
	return refusal(codeFormat, "%s", shape.Error())
}

// splitList splits a list at semicolons.
func splitList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ";")
}

// setPeriods sets granularity, zone and days. Without dates, the day is today. Days after today are cut off.
func (q *query) setPeriods(from, to string, now time.Time) error {
	q.granularity = cmp.Or(q.granularity, "1d")
	if slotsOf[q.granularity] == 0 {
		return refusal(codeBadValue, "granularity is wrong")
	}
	q.zone = cmp.Or(q.zone, defaultZone)
	zone, err := location(q.zone)
	if err != nil {
		return err
	}
	year, month, day := now.In(zone).Date()
	today := time.Date(year, month, day, 0, 0, 0, 0, zone)
	if from == "" && to == "" {
		q.first, q.last = today, today
		return nil
	}
	if from == "" || to == "" {
		return refusal(codeMissing, "dateFrom and dateTo must be given together")
	}
	first, errFirst := time.ParseInLocation(time.DateOnly, from, zone)
	last, errLast := time.ParseInLocation(time.DateOnly, to, zone)
	if errFirst != nil || errLast != nil {
		return refusal(codeFormat, "dateFrom and dateTo must look like 2006-01-02")
	}
	if last.After(today) {
		last = today
	}
	if first.After(last) || first.Before(today.AddDate(0, 0, -maxPastDays)) || !last.Before(first.AddDate(0, 0, maxDays)) {
		return refusal(codeRange, "dateFrom and dateTo must be in order, at most %d days and within the past %d days",
			maxDays, maxPastDays)
	}
	q.first, q.last = first, last
	return nil
}

// location reads a time zone such as GMT+08:00.
func location(name string) (*time.Location, error) {
	parsed, err := time.Parse("GMT-07:00", name)
	if err != nil {
		return nil, refusal(codeFormat, "timezone has to look like %s", defaultZone)
	}
	_, offset := parsed.Zone()
	if offset%zoneStep != 0 || max(offset, -offset) > maxZone {
		return nil, refusal(codeRange, "timezone does not exist")
	}
	return time.FixedZone(name, offset), nil
}

// setRounding sets how periods are labeled. Days are always labeled with their start.
func (q *query) setRounding(rounding string) error {
	if rounding != "" && (q.granularity == "1d" || rounding != "up" && rounding != "down") {
		return refusal(codeBadValue, "timeRounding is wrong, or granularity is 1d")
	}
	q.down = rounding == "down"
	return nil
}

// check returns an error for lists with values that do not exist.
func (q *query) check(groupBy []string) error {
	if len(q.domains) > maxDomains {
		return refusal(codeTooMuch, "more than %d domains", maxDomains)
	}
	for _, domain := range q.domains {
		if !domainPattern.MatchString(domain) {
			return refusal(codeBadDomain, "domain is invalid")
		}
		if figures.IsMissing(domain) {
			return refusal(codeNoDomain, "domain does not exist: %s", domain)
		}
	}
	for _, service := range q.services {
		if !slices.Contains(serviceTypes, service) {
			return refusal(codeBadValue, "serviceType is wrong")
		}
	}
	for _, region := range q.regions {
		if billingRegions[region] == 0 {
			return refusal(codeBadRegion, "billingRegion is invalid")
		}
	}
	for _, key := range groupBy {
		if key != "domain" {
			return refusal(codeBadValue, "groupBy is wrong")
		}
		q.byDomain = true
	}
	return nil
}
