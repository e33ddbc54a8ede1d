// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"fmt"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const devices = "edgestats_trro_devices"

var devicesConfig = acctest.Config{"project_id": "project-1"}

func TestDevices(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:    devices,
		API:     emulator.TRRO,
		Config:  devicesConfig,
		Calls:   2, // The first page and an empty one: the vendor's count may be wrong.
		Another: func(i int) acctest.Config { return acctest.Config{"project_id": fmt.Sprint("project-", i)} },
		Questions: []suite.Question{
			{Name: "of a project", Body: `{"ProjectId":"project-1","PageNum":1,"PageSize":100}`},
			{Name: "of all projects", Changes: acctest.Config{"project_id": nil}, Body: `{"PageNum":1,"PageSize":100}`},
		},
		Refusals: suite.NonEmptyTexts("project_id", "region"),
		Unknowns: []acctest.Config{{"region": acctest.Unknown}, {"timeouts": acctest.Unknown}},
		Errors: []suite.Error{
			{Code: "ResourceNotFound", Attribute: "project_id", Says: []string{"Check the names and IDs"}},
			{Code: "UnsupportedRegion", Attribute: "region", Says: []string{changeRegion}},
			{Code: "MissingParameter", Says: []string{"Check the arguments"}}, // The test's environment has a region.
			{Answer: acctest.Answer(`{"Response":{"Devices":[{"DeviceName":"a"}]}}`), Says: []string{"$.Response.Devices[0]: there is no ID"}},
			{
				Answer: acctest.Answer(`{"Response":{"Devices":[{"DeviceId":"a","ExpireTime":"never"}]}}`),
				Says:   []string{`$.Response.Devices[0].ExpireTime: "never" is not a time`},
			},
		},
		Malformed: map[string]string{
			`{"Response":{"Devices":{}}}`:                                 "$.Response.Devices: unexpected object",
			`{"Response":{"Devices":[7]}}`:                                "$.Response.Devices[0]: unexpected number",
			`{"Response":{"Devices":[{"DeviceId":"a","LicenseIds":{}}]}}`: "$.Response.Devices[0].LicenseIds: unexpected object",
		},
		Hostile: map[string]suite.Hostile{
			"devices": {
				Body: suite.Full(`{"Response":{"RequestId":"r-1","Devices":[`, `{"DeviceId":"a"}`, `]}}`),
				Says: "GetDevices returned more than 10000 entries, which is the maximum for one read.\nRead one project at a time: set project_id.",
			},
			"licenses": {
				Body: suite.Full(`{"Response":{"RequestId":"r-1","Devices":[{"DeviceId":"a","LicenseIds":[`, `"b"`, `]}]}}`),
				Says: "GetDevices returned more than 500000 values, which is the maximum for one read.",
			},
		},
		Figure: "MonthlyRemainTime",
		Names: &suite.Names{
			Body: `{"Response":{"RequestId":"r-1","TotalCount":1,"Devices":[{"DeviceId":"a\u0007","DeviceName":"truck\u001b 7","LicenseIds":["l\u0000"]}]}}`,
			Want: map[string]string{"ids.0": "a", "devices.0.id": "a", "devices.0.name": "truck 7", "devices.0.license_ids.0": "l"},
		},
		Region: true,
	})
}

func TestDevicesReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, devices, devicesConfig)
	acctest.ExpectState(t, state, map[string]string{
		"project_id": "project-1", "ids.#": "16", "ids.0": "project-1-seat-1", "devices.#": "16", "devices.0.id": "project-1-seat-1",
		// A seat needs no license. The vendor gives the time 0 then.
		"devices.0.license_count": "0", "devices.0.remaining_days": "0", "devices.0.expires_at": "", "devices.0.license_ids.#": "0",
		"devices.4.id": "project-1-vehicle-1", "devices.4.name": "vehicle 1", "devices.4.license_count": "2",
		"devices.4.monthly_limit_minutes": "24000", "devices.4.license_ids.#": "2",
	})
	for _, name := range []string{"expires_at", "remaining_days", "monthly_remain_time", "license_ids.0"} {
		if state["devices.4."+name] == "" {
			t.Errorf("%s is null", name)
		}
	}
}

func TestDevicesOfAllProjects(t *testing.T) {
	acctest.Start(t, emulator.Options{Projects: 10})
	state := acctest.MustRead(t, devices, nil)
	acctest.ExpectState(t, state, map[string]string{"project_id": "", "ids.#": "160", "devices.#": "160", "ids.0": "project-1-seat-1", "ids.159": "project-9-vehicle-9"})
}

// The vendor's own sample, with its wrong count, and beside it a device whose numbers are texts and one with nothing but its ID.
func TestDevicesDocumentSample(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"RequestId": "r-1", "TotalCount": 10, "Devices": [
		{"DeviceId": "dev1", "DeviceName": "vin234", "LicenseCount": 2, "RemainDay": 30, "ExpireTime": "1678409450", "Duration": "86400",
			"MonthlyRemainTime": 66000, "LimitedTime": 60000, "LicenseIds": ["trro-2", "trro-1"]},
		{"DeviceId": "car3", "LicenseIds": null},
		{"DeviceId": "car2", "LicenseCount": "1", "RemainDay": "", "ExpireTime": 0, "MonthlyRemainTime": "0.50", "LimitedTime": "12345678901234567"}
	]}}`)})
	acctest.ExpectState(t, acctest.MustRead(t, devices, nil), map[string]string{
		"ids.#": "3", "ids.0": "car2", "ids.1": "car3", "ids.2": "dev1", "devices.#": "3",
		"devices.0.name": "", "devices.0.license_count": "1", "devices.0.remaining_days": "", "devices.0.expires_at": "",
		"devices.0.monthly_remain_time": "0.5", "devices.0.monthly_limit_minutes": "12345678901234567", "devices.0.license_ids.#": "0",
		"devices.1.license_count": "", "devices.1.expires_at": "", "devices.1.monthly_limit_minutes": "", "devices.1.license_ids.#": "0",
		"devices.2.name": "vin234", "devices.2.license_count": "2", "devices.2.remaining_days": "30",
		"devices.2.expires_at": "2023-03-10T08:50:50+08:00", "devices.2.monthly_remain_time": "66000", "devices.2.monthly_limit_minutes": "60000",
		"devices.2.license_ids.#": "2", "devices.2.license_ids.0": "trro-2", "devices.2.license_ids.1": "trro-1",
	})
}

// Every listed device has figures.
func TestListedDevicesHaveSessions(t *testing.T) {
	acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}})
	state := acctest.MustRead(t, devices, devicesConfig)
	for i := range 16 {
		config := sessionStatisticsConfig.With(acctest.Config{"device_id": state[fmt.Sprint("ids.", i)]})
		if sessions := acctest.MustRead(t, sessionStatistics, config); sessions["summary.session_num"] == "" {
			t.Errorf("%s has no sessions", config["device_id"])
		}
	}
}

func TestNoDevices(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	missing := acctest.MustRead(t, devices, acctest.Config{"project_id": "missing-1"})
	acctest.ExpectState(t, missing, map[string]string{"ids.#": "0", "devices.#": "0"})
	for name, value := range map[string]string{"null": "null", "missing": "", "empty": "[]"} {
		t.Run(name, func(t *testing.T) {
			state := acctest.MustReadWith(t, devices, devicesConfig, acctest.Member("Devices", value))
			acctest.ExpectState(t, state, map[string]string{"ids.#": "0", "devices.#": "0"})
		})
	}
}

func TestDevicesRegion(t *testing.T) { testRegion(t, devices, devicesConfig) }
