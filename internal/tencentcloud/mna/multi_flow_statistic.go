// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/split"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// maxDevices is the maximum number of devices in one call.
const maxDevices = 10

// GetMultiFlowStatisticRequest asks for the traffic of each of several devices.
type GetMultiFlowStatisticRequest struct {
	// DeviceIDs may have any length but no duplicates.
	DeviceIDs []string `json:"DeviceIds,omitnil,omitempty" name:"DeviceIds"`

	FlowArguments
}

func (r GetMultiFlowStatisticRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

// String names the devices.
func (r GetMultiFlowStatisticRequest) String() string { return strings.Join(r.DeviceIDs, ", ") }

// parts returns the requests of the calls.
func (r GetMultiFlowStatisticRequest) parts() []GetMultiFlowStatisticRequest {
	var parts []GetMultiFlowStatisticRequest
	for ids := range slices.Chunk(r.DeviceIDs, maxDevices) {
		part := r
		part.DeviceIDs = ids
		parts = append(parts, part)
	}
	return parts
}

// MultiFlowStatistic is the traffic of each device.
type MultiFlowStatistic struct {
	// Devices contains the requested devices that the vendor returned, in the requested order.
	Devices []DeviceFlow
	// Missing contains the IDs of the requested devices that the vendor did not return, in the requested order.
	Missing []string
}

// DeviceFlow is the traffic of one device.
type DeviceFlow struct {
	Flow

	DeviceID string
}

// GetMultiFlowStatistic returns the traffic of each device per period. See
// https://www.tencentcloud.com/document/api/1305/79768.
//
// It makes one call for every ten devices, and none without devices. If a call fails, the read fails, and the error names
// the devices. If the rate limit would delay calls past the deadline, it makes no call and returns a
// *transport.TooSlowError. A result that exceeds the limits is a *limit.Error. Any other error is one of tencentcloud.Call.
func (c *Client) GetMultiFlowStatistic(ctx context.Context, r GetMultiFlowStatisticRequest) (*MultiFlowStatistic, error) {
	if err := c.multiFlowStatistic.CheckFits(ctx, (len(r.DeviceIDs)+maxDevices-1)/maxDevices); err != nil {
		return nil, err
	}
	parts, total := r.parts(), r.Limits.Result()
	answers, err := split.Fetch(ctx, parts, func(ctx context.Context, part GetMultiFlowStatisticRequest) (*deviceFlows, error) {
		answer, err := tencentcloud.Call(ctx, c.api, c.multiFlowStatistic, tencentcloud.Question[deviceFlows]{
			Build: part.fresh, Limits: part.Limits, Field: (*deviceFlows).field, Finish: func(*deviceFlows, string) error { return nil },
		})
		if err == nil {
			err = total.Add(answer.size)
		}
		return answer, err
	})
	if err != nil {
		return nil, err
	}
	merged := new(MultiFlowStatistic)
	for i, answer := range answers {
		for _, id := range parts[i].DeviceIDs {
			if flow, ok := answer.flows[id]; ok {
				merged.Devices = append(merged.Devices, DeviceFlow{Flow: *flow, DeviceID: id})
			} else {
				merged.Missing = append(merged.Missing, id)
			}
		}
	}
	return merged, nil
}

// deviceFlows is the result of one call.
type deviceFlows struct {
	flows map[string]*Flow
	size  limit.Size
}

func (d *deviceFlows) field(r *jsonread.Reader, name string) error {
	if name != "FlowDetails" {
		return nil
	}
	d.flows = make(map[string]*Flow)
	err := r.List(func(int) error {
		if err := r.Counter().AddSeries(); err != nil {
			return err
		}
		return d.device(r)
	})
	d.size = r.Counter().Size()
	return err
}

// device reads an element of FlowDetails.
func (d *deviceFlows) device(r *jsonread.Reader) error {
	var id string
	flow := new(Flow)
	err := r.Object(func(name string) (err error) {
		if name == "DeviceId" {
			id, err = r.Name()
			return err
		}
		return flow.field(r, name)
	})
	switch {
	case err != nil:
		return err
	case id == "":
		return jsonread.At("DeviceId", errors.New("there is no ID"))
	case d.flows[id] != nil:
		return jsonread.At("DeviceId", fmt.Errorf("%s occurs twice", excerpt.Quote(id)))
	}
	flow.complete()
	d.flows[id] = flow
	return nil
}
