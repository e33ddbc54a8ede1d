// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"
)

const (
	legacyAction   = "GetCdnOverseaProvIspDetailStat"
	legacyMaxHosts = 5
)

// The module's own error codes, as they stand in messages.
const (
	legacyBadParameter = 9003
	legacyNoSuchHost   = 9110
	legacyBadDate      = 9150
	legacyBadStatType  = 9160
)

var (
	legacyListItem = regexp.MustCompile(`^(hosts|provs|isps)\.[0-9]+$`)
	// legacyPublic are the parameters common to all actions. The vendor's SDKs send Region, which has no effect here.
	legacyPublic = []string{
		"Action", "SecretId", "Timestamp", "Nonce", "Signature", "SignatureMethod", "Token", "Region", "Version", "RequestClient", "Language",
	}
	legacyStatTypes = []string{"bandwidth", "requests", "flux", "statuscode", "dlspeed", "dltime", "hitrate"}
)

// legacyQuery is what a request asks for.
type legacyQuery struct {
	date     string
	day      time.Time // its midnight in UTC+8
	hosts    []string
	provs    []int // none: every region
	isps     []int // none: every carrier
	statType string
}

// parseLegacyQuery reads the action's own parameters and refuses what the document does not allow.
func parseLegacyQuery(params map[string]string, now time.Time) (legacyQuery, error) {
	query := legacyQuery{statType: "bandwidth"}
	lists, err := legacyLists(params)
	if err != nil {
		return query, err
	}
	if value, given := params["statType"]; given {
		query.statType = value
	}
	if !slices.Contains(legacyStatTypes, query.statType) {
		return query, &legacyError{code: 4000, module: legacyBadStatType, message: "statType is invalid"}
	}
	query.date = params["date"]
	query.day, err = time.ParseInLocation(time.DateOnly, query.date, chinaTime)
	if err != nil || query.day.After(now) || query.day.Unix() < 0 {
		return query, &legacyError{code: 4000, module: legacyBadDate, message: "date is missing, no date or out of range"}
	}
	query.hosts = lists["hosts"]
	if len(query.hosts) < 1 || len(query.hosts) > legacyMaxHosts {
		return query, &legacyError{code: 4000, module: legacyBadParameter, message: "hosts takes one to five domains"}
	}
	if query.provs, err = legacyCodes("provs", lists["provs"]); err != nil {
		return query, err
	}
	query.isps, err = legacyCodes("isps", lists["isps"])
	return query, err
}

// legacyLists returns the values of hosts.n, provs.n and isps.n, and refuses names that are not in the document.
// The order of n does not show in answers.
func legacyLists(params map[string]string) (map[string][]string, error) {
	lists := make(map[string][]string)
	for _, name := range slices.Sorted(maps.Keys(params)) {
		value := params[name]
		if match := legacyListItem.FindStringSubmatch(name); match != nil {
			if value == "" {
				return nil, &legacyError{code: 4000, module: legacyBadParameter, message: name + " is empty"}
			}
			lists[match[1]] = append(lists[match[1]], value)
		} else if name != "date" && name != "statType" && !slices.Contains(legacyPublic, name) {
			return nil, &legacyError{code: 4000, message: "parameter " + name + " is unknown"}
		}
	}
	return lists, nil
}

// legacyCodes reads the codes of regions or carriers. The vendor types them as text, but all of them are integers.
func legacyCodes(name string, values []string) ([]int, error) {
	codes := make([]int, 0, len(values))
	for _, value := range values {
		code, err := strconv.Atoi(value)
		if err != nil {
			return nil, &legacyError{code: 4000, module: legacyBadParameter, message: name + " takes numbers"}
		}
		codes = append(codes, code)
	}
	return codes, nil
}
