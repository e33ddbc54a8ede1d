// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"fmt"
	"strconv"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// Prefixes of IDs and names, which end with a number. The device mna-dev1 is named gateway-1.
const (
	deviceIDs      = "mna-dev"
	deviceNames    = "gateway-"
	groupIDs       = "group-"
	applicationIDs = "app-"
)

// Listed devices belong to these numbers of groups and applications in turn.
const (
	groups       = 3
	applications = 2
)

// fleet is the number of devices that the account lists. They are numbered from 1. Devices, groups and applications with
// other names also exist, but they are not listed and not part of the account's traffic.
type fleet int

func numbered(beginning string, n int) string { return beginning + strconv.Itoa(n) }

// group returns the number of a device's group.
func group(device int) int { return (device-1)%groups + 1 }

// application returns the number of a device's application.
func application(device int) int { return (device-1)%applications + 1 }

// isPublicOnly reports whether a device cannot use private gateways.
func isPublicOnly(device int) bool { return device%4 == 2 }

// all returns the IDs of the devices that are listed.
func (f fleet) all() []string {
	return f.which(func(int) bool { return true })
}

// members returns the IDs of the devices of a group or an application. If no listed device belongs to it, it has three
// invented devices.
func (f fleet) members(owner string) []string {
	ids := f.which(func(device int) bool {
		return owner == numbered(groupIDs, group(device)) || owner == numbered(applicationIDs, application(device))
	})
	if len(ids) > 0 {
		return ids
	}
	for n := 1; n <= 3; n++ {
		ids = append(ids, fmt.Sprintf("%s-device-%d", owner, n))
	}
	return ids
}

// which returns the IDs of the listed devices for whose number choose returns true.
func (f fleet) which(choose func(device int) bool) []string {
	var ids []string
	for n := 1; n <= int(f); n++ {
		if choose(n) {
			ids = append(ids, numbered(deviceIDs, n))
		}
	}
	return ids
}

// idOf returns the ID of the device with the given name. A name of another form is also the ID.
func idOf(name string) string { return replaceBeginning(name, deviceNames, deviceIDs) }

// nameOf returns the name of the device with the given ID.
func nameOf(id string) string { return replaceBeginning(id, deviceIDs, deviceNames) }

func replaceBeginning(text, from, to string) string {
	if n := figures.Number(text, from); n > 0 {
		return numbered(to, n)
	}
	return text
}
