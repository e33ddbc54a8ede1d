// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/split"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// maxDomains is the maximum number of domains in one call.
const maxDomains = 20

// first returns the start of the first period in the window. The vendor omits a period that began before the window.
func (r DistrictISPDataRequest) first() time.Time {
	length := r.Interval.Duration()
	first := r.Start.In(zone).Truncate(length)
	if first.Before(r.Start) {
		first = first.Add(length)
	}
	return first
}

// Periods returns the number of periods that begin in the window, which is the number of values of each series.
func (r DistrictISPDataRequest) Periods() int {
	first := r.first()
	if first.After(r.End) {
		return 0
	}
	return int(r.End.Sub(first)/r.Interval.Duration()) + 1
}

// windows returns the windows of the calls. Ends are inclusive, so each window ends one second before the next one begins.
func (r DistrictISPDataRequest) windows() []split.Window {
	whole := split.Window{Start: r.first(), End: r.End}
	if !whole.Start.Before(whole.End) {
		return []split.Window{whole}
	}
	windows := split.Windows(whole, r.Interval.span())
	for i := range windows[1:] {
		windows[i].End = windows[i].End.Add(-time.Second)
	}
	return windows
}

// calls returns the number of parts. It calculates the number without building the parts, because the window may be
// absurdly long.
func (r DistrictISPDataRequest) calls() int {
	span := r.Interval.span()
	length := max(r.End.Sub(r.first()), time.Second)
	windows := int((length-1)/span) + 1
	lists := (len(r.Domains) + maxDomains - 1) / maxDomains
	return windows * max(1, lists)
}

// part is the request of one call.
type part struct {
	DistrictISPDataRequest

	// offset is the index of the part's first period within the whole window.
	offset int
}

func (r DistrictISPDataRequest) parts() []part {
	var parts []part
	first, windows := r.first(), r.windows()
	for _, domains := range split.List(r.Domains, maxDomains) {
		for _, window := range windows {
			p := part{r, int(window.Start.Sub(first) / r.Interval.Duration())}
			p.Domains, p.Start, p.End = domains, window.Start, window.End
			parts = append(parts, p)
		}
	}
	return parts
}

// String names the part in an error.
func (p part) String() string {
	return fmt.Sprintf("%s to %s of %s", p.Start.In(zone).Format(time.RFC3339), p.End.In(zone).Format(time.RFC3339),
		strings.Join(p.Domains, ", "))
}

// identity identifies a series across responses.
type identity struct {
	domain, protocol, ipProtocol, metric string
	district, isp                        decimal.Decimal
}

// merge joins the parts of each series. The error is a *limit.Error or that of ctx.
func (r DistrictISPDataRequest) merge(ctx context.Context, parts []part, answers []*DistrictISPData) (*DistrictISPData, error) {
	merged := &DistrictISPData{Series: []Series{}}
	var same split.Matcher[identity]
	counter, periods := r.Limits.Result(), r.Periods()
	for i, answer := range answers {
		p := parts[i]
		same.Next()
		for _, s := range answer.Series {
			if err := transport.Ended(ctx); err != nil {
				return nil, err
			}
			at, known := same.Match(identity{s.Domain, s.Protocol, s.IPProtocol, s.Metric, s.DistrictID, s.ISPID})
			if !known {
				if err := counter.Add(limit.Size{Series: 1, Points: periods}); err != nil {
					return nil, err
				}
				whole := s
				whole.Start, whole.Values = r.first(), make([]decimal.Decimal, periods)
				merged.Series = append(merged.Series, whole)
			}
			copy(merged.Series[at].Values[p.offset:], s.Values)
		}
		merged.RequestID = answer.RequestID
	}
	return merged, nil
}
