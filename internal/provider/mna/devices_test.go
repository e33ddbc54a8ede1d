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

const devices = "edgestats_mna_devices"

func TestDevices(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:    devices,
		API:     emulator.MNA,
		Config:  acctest.Config{},
		Another: func(i int) acctest.Config { return acctest.Config{"keyword": fmt.Sprint("gateway-", i)} },
		Questions: []suite.Question{
			{Name: "all", Body: `{"PageNumber":-1,"PageSize":-1}`},
			{
				Name: "a search for own devices", Changes: acctest.Config{"keyword": "gateway-1", "device_type": "own"},
				Body: `{"PageNumber":-1,"PageSize":-1,"Keyword":"gateway-1","DeviceType":1}`,
			},
			{
				Name: "the code of a type", Changes: acctest.Config{"device_type": "2"},
				Body: `{"PageNumber":-1,"PageSize":-1,"DeviceType":2}`,
			},
		},
		Refusals: slices.Concat(suite.NonEmptyTexts("keyword"), []suite.Refusal{{
			Name: "unknown type", Changes: acctest.Config{"device_type": "third-party"}, Attribute: "device_type",
			Says: []string{`device_type must be one of "own" (or 1), "third_party" (or 2), got "third-party". Did you mean "third_party"?`},
		}}),
		Unknowns: []acctest.Config{{"keyword": acctest.Unknown}, {"device_type": acctest.Unknown}},
		Errors: []suite.Error{
			{Code: "InvalidParameterValue", Says: []string{"GetDevices failed", checkArguments}},
			{
				Answer: acctest.Answer(`{"Response":{"DeviceInfos":[{"DeviceName":"a"}]}}`),
				Says:   []string{"$.Response.DeviceInfos[0]: there is no ID"},
			},
		},
		Malformed: map[string]string{
			`{"Response":{"DeviceInfos":{}}}`:  "$.Response.DeviceInfos: unexpected object",
			`{"Response":{"DeviceInfos":[7]}}`: "$.Response.DeviceInfos[0]: unexpected number",
		},
		Hostile: map[string]suite.Hostile{"devices": {
			Body: suite.Full(`{"Response":{"RequestId":"r-1","DeviceInfos":[`, `{"DeviceId":"a"}`, `]}}`),
			Says: "GetDevices returned more than 10000 entries, which is the maximum for one read.\nNarrow keyword or device_type.",
		}},
		Names: &suite.Names{
			Body: `{"Response":{"DeviceInfos":[{"DeviceId":"a\u0007","DeviceName":"` + suite.DirtyName + `","GroupName":"` + suite.DirtyName + `"}]}}`,
			Want: map[string]string{"ids.0": "a", "devices.0.id": "a", "devices.0.name": suite.CleanName, "devices.0.group_name": suite.CleanName},
		},
	})
}

func TestDevicesReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	acctest.ExpectState(t, acctest.MustRead(t, devices, acctest.Config{}), map[string]string{
		"ids.#": "12", "ids.0": "mna-dev1", "ids.1": "mna-dev10", "devices.#": "12",
		"devices.0.id": "mna-dev1", "devices.0.name": "gateway-1", "devices.0.remark": "Truck 1",
		"devices.0.group_id": "group-1", "devices.0.group_name": "North",
		"devices.0.last_online_at": "2026-01-15T20:00:00+08:00", "devices.0.access_scope": "both",
		"devices.0.license_pay_mode": "permanent", "devices.0.payer": "customer", "devices.0.when_flow_exhausted": "pay_as_you_go",
		"devices.0.serial_number": "", "devices.0.vendor": "", "devices.0.allowed_regions.0": "MC",
		"devices.4.id": "mna-dev2", "devices.4.remark": "", "devices.4.access_scope": "public", "devices.4.license_pay_mode": "monthly",
		"devices.4.when_flow_exhausted": "cut_off",
		"devices.5.id":                  "mna-dev3", "devices.5.payer": "vendor", "devices.5.vendor": "example-networks",
	})
	third := acctest.MustRead(t, devices, acctest.Config{"device_type": "third_party"})
	acctest.ExpectState(t, third, map[string]string{"ids.#": "3", "ids.0": "mna-dev11", "ids.1": "mna-dev3", "ids.2": "mna-dev7"})
}

// The document's members out of order, with a device that comes twice, a new code, and one that has nothing but its ID.
func TestDevicesOneEntryPerID(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"RequestId": "r-1", "Length": 3, "TotalPage": 1, "DeviceInfos": [
		{"DeviceId": "mna-b", "DeviceName": "b", "CreateTime": "1659513692000", "LastTime": "1659513692123", "Remark": "", "AccessScope": 1,
			"LicensePayMode": 7, "Payer": 0, "FlowTrunc": null, "Sn": "SN1", "Vendor": "example", "AllowedRegions": ["MC", "EU"]},
		{"DeviceId": "mna-a"},
		{"DeviceId": "mna-a"}
	]}}`)})
	acctest.ExpectState(t, acctest.MustRead(t, devices, acctest.Config{}), map[string]string{
		"ids.#": "2", "ids.0": "mna-a", "ids.1": "mna-b", "devices.#": "2",
		"devices.0.name": "", "devices.0.created_at": "", "devices.0.access_scope": "", "devices.0.allowed_regions.#": "0",
		"devices.1.name": "b", "devices.1.created_at": "2022-08-03T16:01:32+08:00", "devices.1.last_online_at": "2022-08-03T16:01:32+08:00",
		"devices.1.remark": "", "devices.1.access_scope": "private", "devices.1.license_pay_mode": "7", "devices.1.payer": "vendor",
		"devices.1.when_flow_exhausted": "", "devices.1.serial_number": "SN1", "devices.1.vendor": "example",
		"devices.1.allowed_regions.#": "2", "devices.1.allowed_regions.1": "EU",
	})
}

func TestNoDevices(t *testing.T) {
	acctest.Start(t, emulator.Options{Devices: -1})
	none := map[string]string{"ids.#": "0", "devices.#": "0"}
	acctest.ExpectState(t, acctest.MustRead(t, devices, acctest.Config{}), none)
	for name, value := range map[string]string{"null": "null", "missing": "", "empty": "[]"} {
		t.Run(name, func(t *testing.T) {
			state := acctest.MustReadWith(t, devices, acctest.Config{}, acctest.Member("DeviceInfos", value), acctest.Member("Length", "0"))
			acctest.ExpectState(t, state, none)
		})
	}
}
