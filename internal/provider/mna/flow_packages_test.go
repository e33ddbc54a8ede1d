// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const flowPackages = "edgestats_mna_flow_packages"

func TestFlowPackages(t *testing.T) {
	const setRegion = "set region in the provider block"
	suite.Run(t, suite.Description{
		Name:    flowPackages,
		API:     emulator.MNA,
		Config:  acctest.Config{},
		Calls:   2, // The first page and an empty one: the vendor's count may be wrong.
		Another: func(i int) acctest.Config { return acctest.Config{"device_id": fmt.Sprint("mna-dev", i+1)} },
		Questions: []suite.Question{
			{Name: "all", Body: `{"PageNumber":1,"PageSize":100}`},
			{
				Name: "valid packages of a device", Changes: acctest.Config{"device_id": "mna-dev1", "status": "valid"},
				Body: `{"PageNumber":1,"PageSize":100,"DeviceId":"mna-dev1","Status":1}`,
			},
			{
				Name: "one package and the code of a status", Changes: acctest.Config{"resource_id": "live-1", "status": "0"},
				Body: `{"PageNumber":1,"PageSize":100,"ResourceId":"live-1","Status":0}`,
			},
		},
		Refusals: slices.Concat(suite.NonEmptyTexts("device_id", "resource_id"), []suite.Refusal{{
			Name: "unknown status", Changes: acctest.Config{"status": "active"}, Attribute: "status",
			Says: []string{`status must be one of "pending" (or 0), "valid" (or 1), "expired" (or 2), got "active". Did you mean "valid"?`},
		}}),
		Unknowns: []acctest.Config{{"device_id": acctest.Unknown}, {"resource_id": acctest.Unknown}, {"status": acctest.Unknown}},
		Errors: []suite.Error{
			{Code: "InvalidParameter", Says: []string{"GetFlowPackages failed", checkArguments}},
			{Code: "MissingParameter", Says: []string{setRegion}},
			{Code: "UnsupportedRegion", Says: []string{setRegion}},
			{
				Answer: acctest.Answer(`{"Response":{"PackageList":[{"Status":1}]}}`),
				Says:   []string{"$.Response.PackageList[0]: there is no ID"},
			},
			{
				Answer: acctest.Answer(`{"Response":{"PackageList":[{"ResourceId":"a","ExpireTime":"tomorrow"}]}}`),
				Says:   []string{`$.Response.PackageList[0].ExpireTime: "tomorrow" is not a time`},
			},
			{
				Answer: acctest.Answer(`{"Response":{"PackageList":[{"ResourceId":"a","RenewFlag":7}]}}`),
				Says:   []string{`$.Response.PackageList[0].RenewFlag: not a boolean: "7"`},
			},
		},
		Malformed: map[string]string{
			`{"Response":{"PackageList":{}}}`:                                   "$.Response.PackageList: unexpected object",
			`{"Response":{"PackageList":[7]}}`:                                  "$.Response.PackageList[0]: unexpected number",
			`{"Response":{"PackageList":[{"ResourceId":"a","DeviceList":{}}]}}`: "$.Response.PackageList[0].DeviceList: unexpected object",
		},
		Hostile: map[string]suite.Hostile{
			"packages": {
				Body: suite.Full(`{"Response":{"RequestId":"r-1","PackageList":[`, `{"ResourceId":"a"}`, `]}}`),
				Says: "GetFlowPackages returned more than 10000 entries, which is the maximum for one read.\nNarrow device_id, resource_id or status.",
			},
			"devices": {
				Body: suite.Full(`{"Response":{"RequestId":"r-1","PackageList":[{"ResourceId":"a","DeviceList":[`, `"b"`, `]}]}}`),
				Says: "GetFlowPackages returned more than 500000 values, which is the maximum for one read.",
			},
		},
		Figure: "CapacityRemainPrecise",
		Names: &suite.Names{
			Body: `{"Response":{"RequestId":"r-1","Total":1,"PackageList":[{"ResourceId":"a\u0007","PackageType":"` + suite.DirtyName + `","DeviceList":["b\u0000"]}]}}`,
			Want: map[string]string{"packages.0.resource_id": "a", "packages.0.package_type": suite.CleanName, "packages.0.device_list.0": "b"},
		},
		Region: true,
	})
}

func TestFlowPackagesReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	all := acctest.MustRead(t, flowPackages, acctest.Config{})
	acctest.ExpectState(t, all, map[string]string{"packages.#": "15"})
	valid := acctest.MustRead(t, flowPackages, acctest.Config{"status": "valid", "device_id": "mna-dev2"})
	acctest.ExpectState(t, valid, map[string]string{
		"packages.#": "1", "packages.0.package_type": "DEVICE_2_FLOW_50G", "packages.0.status": "valid", "packages.0.capacity_mb": "50000",
		"packages.0.device_list.#": "2", "packages.0.device_list.0": "mna-dev2", "packages.0.renews": "false",
		"remaining_mb": valid["packages.0.remaining_mb"], "next_expires_at": valid["packages.0.expires_at"],
	})
	for _, name := range []string{"resource_id", "created_at", "activated_at", "expires_at", "remaining_mb"} {
		if valid["packages.0."+name] == "" {
			t.Errorf("%s is null", name)
		}
	}
	one := acctest.MustRead(t, flowPackages, acctest.Config{"resource_id": valid["packages.0.resource_id"]})
	acctest.ExpectState(t, one, map[string]string{"packages.#": "1", "packages.0.expires_at": valid["packages.0.expires_at"]})
}

// The vendor's own sample, with its wrong count, beside packages that lack members, have a new status, or come twice.
func TestFlowPackagesDocumentSample(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"RequestId": "r-1", "Total": 506, "PackageList": [
		{"ActiveTime": 1734613941, "AppId": 251198806, "CapacityRemain": 50000, "CapacityRemainPrecise": 49999.9, "CapacitySize": 50000,
			"CreateTime": 1734613920, "DeviceList": ["mna-6t5t54hcry", "mna-s72mu68gh3"], "ExpireTime": 1737292340, "ModifyStatus": 0,
			"PackageType": "DEVICE_2_FLOW_50G", "RenewFlag": true, "ResourceId": "live-c", "Status": 1, "TruncFlag": false},
		{"ResourceId": "live-b", "Status": 1, "CapacityRemain": "0.2", "ExpireTime": 1737292341, "RenewFlag": false},
		{"ResourceId": "live-a", "Status": 3, "CapacityRemain": 7, "ExpireTime": 1},
		{"ResourceId": "live-d"},
		{"ResourceId": "live-d"}
	]}}`)})
	acctest.ExpectState(t, acctest.MustRead(t, flowPackages, acctest.Config{}), map[string]string{
		"packages.#": "4", "remaining_mb": "50000.1", "next_expires_at": "2025-01-19T21:12:20+08:00",
		"packages.0.resource_id": "live-a", "packages.0.status": "3", "packages.0.remaining_mb": "7",
		"packages.1.resource_id": "live-b", "packages.1.renews": "false", "packages.1.activated_at": "", "packages.1.device_list.#": "0",
		"packages.2.resource_id": "live-c", "packages.2.package_type": "DEVICE_2_FLOW_50G", "packages.2.renews": "true",
		"packages.2.created_at": "2024-12-19T21:12:00+08:00", "packages.2.activated_at": "2024-12-19T21:12:21+08:00",
		"packages.2.expires_at": "2025-01-19T21:12:20+08:00", "packages.2.device_list.#": "2", "packages.2.device_list.0": "mna-6t5t54hcry",
		"packages.2.capacity_mb": "50000", "packages.2.remaining_mb": "49999.9",
		"packages.3.resource_id": "live-d", "packages.3.status": "", "packages.3.renews": "", "packages.3.capacity_mb": "",
	})
}

// What is left of all valid packages is unknown if it is unknown of one.
func TestFlowPackagesWithUnknownFigures(t *testing.T) {
	for name, test := range map[string]struct{ packages, remaining, expires string }{
		"none valid": {`{"ResourceId":"a","Status":0,"CapacityRemain":5,"ExpireTime":1737292340}`, "", ""},
		"one unknown": {
			`{"ResourceId":"a","Status":1,"CapacityRemain":5,"ExpireTime":1737292340},{"ResourceId":"b","Status":1}`, "", "",
		},
		"used up": {
			`{"ResourceId":"a","Status":1,"CapacityRemain":0,"ExpireTime":1737292340}`, "0", "2025-01-19T21:12:20+08:00",
		},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response":{"RequestId":"r-1","PackageList":[` + test.packages + `]}}`)})
			acctest.ExpectState(t, acctest.MustRead(t, flowPackages, acctest.Config{}), map[string]string{
				"remaining_mb": test.remaining, "next_expires_at": test.expires,
			})
		})
	}
}

func TestNoFlowPackages(t *testing.T) {
	acctest.Start(t, emulator.Options{Devices: -1})
	acctest.ExpectState(t, acctest.MustRead(t, flowPackages, acctest.Config{}), map[string]string{
		"packages.#": "0", "remaining_mb": "", "next_expires_at": "",
	})
}

// The vendor's page requires a region, which the data source has no argument for.
func TestFlowPackagesRegion(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	s := acctest.Configured(t, acctest.Config{"region": "ap-guangzhou"})
	if _, problems := s.Read(t.Context(), t, flowPackages, acctest.Config{}); len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := e.CallsTo(emulator.MNA)[0].Header.Get("X-TC-Region"); got != "ap-guangzhou" {
		t.Errorf("the region is %q", got)
	}
}
