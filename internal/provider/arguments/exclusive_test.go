// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import "testing"

func TestExclusiveArguments(t *testing.T) {
	devices := []Alternative{{"device_id", "one device"}, {"device_list", "several devices added up"}}
	groups := append([]Alternative{{"group_id", "a group"}}, devices...)
	type values = map[string]string
	tests := []struct {
		name      string
		validator ConfigValidator
		values    values
		problem   string
	}{
		{"one", ExactlyOneOf(devices...), values{"device_list": "a"}, ""},
		{"both", ExactlyOneOf(devices...), values{"device_id": "a", "device_list": "b"}, "error device_list: device_id and device_list cannot be configured together. Set device_id for one device or device_list for several devices added up."},
		{"neither", ExactlyOneOf(devices...), nil, "error device_id: Set device_id for one device or device_list for several devices added up."},
		{"neither of at most one", AtMostOneOf(devices...), nil, ""},
		{"both of at most one", AtMostOneOf(devices...), values{"device_id": "a", "device_list": "b"}, "error device_list: device_id and device_list cannot be configured together. Set device_id for one device or device_list for several devices added up."},
		{"all of three", AtMostOneOf(groups...), values{"device_id": "a", "device_list": "b", "group_id": "c"}, "error device_id: group_id, device_id and device_list cannot be configured together. Set group_id for a group, device_id for one device or device_list for several devices added up."},
		{"one unknown", ExactlyOneOf(devices...), values{"device_id": "unknown"}, ""},
		{"one given and one unknown", ExactlyOneOf(devices...), values{"device_id": "unknown", "device_list": "b"}, ""},
		{"two given and one unknown", ExactlyOneOf(groups...), values{"group_id": "unknown", "device_id": "a", "device_list": "b"}, "error device_list: device_id and device_list cannot be configured together. Set group_id for a group, device_id for one device or device_list for several devices added up."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			expect(t, validateConfig(t, test.validator, []string{"device_id", "device_list", "group_id"}, test.values), test.problem)
		})
	}
}
