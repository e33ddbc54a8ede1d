// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

const (
	action   = "GetCdnOverseaProvIspDetailStat"
	maxHosts = 5
)

// The CDN module's own error codes, which are part of messages.
const (
	moduleBadParameter = 9003
	moduleNoSuchHost   = 9110
	moduleBadDate      = 9150
	moduleBadStatType  = 9160
)

var (
	listItem = regexp.MustCompile(`^(hosts|provs|isps)\.[0-9]+$`)
	// commonParameters are the parameters of all actions. The vendor's SDKs send Region, which has no effect here.
	commonParameters = []string{
		"Action", "SecretId", "Timestamp", "Nonce", "Signature", "SignatureMethod", "Token", "Region", "Version", "RequestClient",
		"Language",
	}
	statTypes = []string{"bandwidth", "requests", "flux", "statuscode", "dlspeed", "dltime", "hitrate"}
)

// query contains the parameters of a request.
type query struct {
	date     string
	day      time.Time // its midnight in UTC+8
	hosts    []string
	provs    []int // empty for every region
	isps     []int // empty for every carrier
	statType string
}

// parseQuery reads the action's own parameters. It returns an *apiError for everything that the documentation does not
// allow.
func parseQuery(params map[string]string, now time.Time) (query, error) {
	q := query{statType: "bandwidth"}
	lists, err := readLists(params)
	if err != nil {
		return q, err
	}
	if value, given := params["statType"]; given {
		q.statType = value
	}
	if !slices.Contains(statTypes, q.statType) {
		return q, &apiError{code: codeParameter, module: moduleBadStatType, message: "statType is invalid"}
	}
	q.date = params["date"]
	q.day, err = time.ParseInLocation(time.DateOnly, q.date, figures.ChinaTime)
	if err != nil || q.day.After(now) || q.day.Unix() < 0 {
		return q, &apiError{code: codeParameter, module: moduleBadDate, message: "date is missing, is not a date or is out of range"}
	}
	q.hosts = lists["hosts"]
	if len(q.hosts) < 1 || len(q.hosts) > maxHosts {
		return q, &apiError{code: codeParameter, module: moduleBadParameter, message: "hosts takes one to five domains"}
	}
	if q.provs, err = readCodes("provs", lists["provs"]); err != nil {
		return q, err
	}
	q.isps, err = readCodes("isps", lists["isps"])
	return q, err
}

// readLists returns the values of hosts.n, provs.n and isps.n. It returns an error for parameters that are not documented.
// Values are in alphabetical order of their names, not in the order of n.
func readLists(params map[string]string) (map[string][]string, error) {
	lists := make(map[string][]string)
	for _, name := range slices.Sorted(maps.Keys(params)) {
		value := params[name]
		if match := listItem.FindStringSubmatch(name); match != nil {
			if value == "" {
				return nil, &apiError{code: codeParameter, module: moduleBadParameter, message: name + " is empty"}
			}
			lists[match[1]] = append(lists[match[1]], value)
		} else if name != "date" && name != "statType" && !slices.Contains(commonParameters, name) {
			return nil, &apiError{code: codeParameter, message: "parameter " + name + " is unknown"}
		}
	}
	return lists, nil
}

// readCodes reads the codes of regions or carriers. The vendor documents them as strings, but all of them are integers.
func readCodes(name string, values []string) ([]int, error) {
	codes := make([]int, 0, len(values))
	for _, value := range values {
		code, err := strconv.Atoi(value)
		if err != nil {
			return nil, &apiError{code: codeParameter, module: moduleBadParameter, message: name + " takes numbers"}
		}
		codes = append(codes, code)
	}
	return codes, nil
}
