// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The codes with which the report refuses a request.
const (
	relayMissing    = "24001121"
	relayFormat     = "24001122"
	relayRange      = "24001123"
	relayNotAllowed = "24001124"
	relayTooMuch    = "24001125"
	relayNoDomain   = "24001126"
	relayBadDomain  = "24001127"
	relayBadRegion  = "24001128"
	relayBadValue   = "24001129"
)

const (
	relayMaxDomains = 2000
	relayMaxDays    = 30
	relayPastDays   = 730
	// relayZone is the default time zone.
	relayZone = "GMT+08:00"
	// relayZoneStep keeps midnight of every zone on the border of a slot. All zones in use are multiples of it.
	relayZoneStep = 15 * 60
	relayZoneMost = 14 * hourSeconds
)

var relayDomain = regexp.MustCompile(`^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]+$`)

// relaySlots are the granularities, in slots.
var relaySlots = map[string]int{"5m": 1, "1h": hourSeconds / slotSeconds, "1d": daySeconds / slotSeconds}

// relayQuery is what a request asks for.
type relayQuery struct {
	first, last time.Time // midnight of the first and the last day, in the zone asked for
	zone        string
	granularity string
	down        bool // label periods by their start
	domains     []string
	byDomain    bool
	services    []string // none: every service type
	regions     []string // none: every billing region
}

func relayRefusal(code, format string, args ...any) error {
	return &relayError{status: http.StatusOK, code: code, message: fmt.Sprintf(format, args...)}
}

// parseRelayQuery reads a request body and refuses what the document does not allow. Its errors are of type
// *relayError.
func (e *Emulator) parseRelayQuery(body []byte, now time.Time) (relayQuery, error) {
	p := newParams(body)
	from, to, zone, rounding := p.text("dateFrom"), p.text("dateTo"), p.text("timezone"), p.text("timeRounding")
	domain, groupBy := p.text("domain"), p.text("groupBy")
	query := relayQuery{
		zone:        zone,
		granularity: p.text("granularity"),
		// The document asks for semicolons, and its example of service types has a comma.
		services: relayList(strings.ReplaceAll(p.text("serviceType"), ",", ";")),
		regions:  relayList(strings.ReplaceAll(p.text("billingRegion"), ",", ";")),
	}
	if err := relayShape(p.finish()); err != nil {
		return query, err
	}
	if err := query.setPeriods(from, to, now); err != nil {
		return query, err
	}
	if err := query.setRounding(rounding); err != nil {
		return query, err
	}
	query.domains = e.options.AccountDomains
	if domain != "" {
		query.domains = relayList(domain)
	}
	err := query.check(relayList(groupBy))
	return query, err
}

// relayShape gives the errors of the parameter reader their codes.
func relayShape(err error) error {
	var shape *paramError
	if !errors.As(err, &shape) {
		return err
	}
	if shape.fault == paramUnknown {
		return relayRefusal(relayNotAllowed, "%s", shape.Error())
	}
	return relayRefusal(relayFormat, "%s", shape.Error())
}

// relayList splits a list at its semicolons.
func relayList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ";")
}

// setPeriods sets granularity, zone and days. Without dates the day is today, and no day is after today.
func (q *relayQuery) setPeriods(from, to string, now time.Time) error {
	setDefault(&q.granularity, "1d")
	if relaySlots[q.granularity] == 0 {
		return relayRefusal(relayBadValue, "granularity is wrong")
	}
	setDefault(&q.zone, relayZone)
	zone, err := relayLocation(q.zone)
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
		return relayRefusal(relayMissing, "dateFrom and dateTo have to be given together")
	}
	first, errFirst := time.ParseInLocation(time.DateOnly, from, zone)
	last, errLast := time.ParseInLocation(time.DateOnly, to, zone)
	if errFirst != nil || errLast != nil {
		return relayRefusal(relayFormat, "dateFrom and dateTo have to look like 2006-01-02")
	}
	if last.After(today) {
		last = today
	}
	if first.After(last) || first.Before(today.AddDate(0, 0, -relayPastDays)) || !last.Before(first.AddDate(0, 0, relayMaxDays)) {
		return relayRefusal(relayRange, "dateFrom and dateTo have to be in order, at most %d days and within the past %d days",
			relayMaxDays, relayPastDays)
	}
	q.first, q.last = first, last
	return nil
}

// relayLocation reads a time zone such as GMT+08:00.
func relayLocation(name string) (*time.Location, error) {
	parsed, err := time.Parse("GMT-07:00", name)
	if err != nil {
		return nil, relayRefusal(relayFormat, "timezone has to look like %s", relayZone)
	}
	_, offset := parsed.Zone()
	if offset%relayZoneStep != 0 || max(offset, -offset) > relayZoneMost {
		return nil, relayRefusal(relayRange, "timezone does not exist")
	}
	return time.FixedZone(name, offset), nil
}

// setRounding sets how periods are labelled, which cannot be chosen for days.
func (q *relayQuery) setRounding(rounding string) error {
	if rounding != "" && (q.granularity == "1d" || rounding != "up" && rounding != "down") {
		return relayRefusal(relayBadValue, "timeRounding is wrong, or granularity is 1d")
	}
	q.down = rounding == "down"
	return nil
}

// check refuses what the lists must not hold.
func (q *relayQuery) check(groupBy []string) error {
	if len(q.domains) > relayMaxDomains {
		return relayRefusal(relayTooMuch, "more than %d domains", relayMaxDomains)
	}
	for _, domain := range q.domains {
		if !relayDomain.MatchString(domain) {
			return relayRefusal(relayBadDomain, "domain is invalid")
		}
		if isMissing(domain) {
			return relayRefusal(relayNoDomain, "domain does not exist: %s", domain)
		}
	}
	for _, service := range q.services {
		if !slices.Contains(relayServices, service) {
			return relayRefusal(relayBadValue, "serviceType is wrong")
		}
	}
	for _, region := range q.regions {
		if relayRegions[region] == 0 {
			return relayRefusal(relayBadRegion, "billingRegion is invalid")
		}
	}
	for _, key := range groupBy {
		if key != "domain" {
			return relayRefusal(relayBadValue, "groupBy is wrong")
		}
		q.byDomain = true
	}
	return nil
}
