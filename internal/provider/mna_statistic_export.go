// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// mnaStatisticExportArguments are what an export takes and returns, however it is read.
type mnaStatisticExportArguments struct {
	mnaArguments

	DeviceName      types.String   `tfsdk:"device_name"`
	DeviceList      []types.String `tfsdk:"device_list"`
	GroupID         types.String   `tfsdk:"group_id"`
	MpApplicationID types.String   `tfsdk:"mp_application_id"`
	Window          *windowModel   `tfsdk:"window"`
	FilePath        types.String   `tfsdk:"file_path"`
	ExpiresAt       types.String   `tfsdk:"expires_at"`
	RequestID       types.String   `tfsdk:"request_id"`
}

func (m *mnaStatisticExportArguments) operation(w *window) operation {
	var selector string
	switch {
	case !m.DeviceName.IsNull():
		selector = "device_name"
	case m.DeviceList != nil:
		selector = "device_list"
	case !m.GroupID.IsNull():
		selector = "group_id"
	case !m.MpApplicationID.IsNull():
		selector = "mp_application_id"
	default:
		selector = "device_name"
	}
	return operation{
		noun: "MNA Statistic Export", action: "GetStatisticDataByName", window: w,
		arguments: m.errorArguments(selector),
	}
}

func (m *mnaStatisticExportArguments) request(w *window) mna.GetStatisticDataByNameRequest {
	device := m.DeviceName.ValueStringPointer()
	if device == nil {
		device = new(mna.NoDevice)
	}
	return mna.GetStatisticDataByNameRequest{
		DeviceName:      device,
		DeviceList:      stringPointers(m.DeviceList),
		GroupID:         m.GroupID.ValueStringPointer(),
		MpApplicationID: m.MpApplicationID.ValueStringPointer(),
		BeginTime:       new(w.start.Unix()),
		EndTime:         new(w.wireEnd.Unix()),
		TimeGranularity: mnaGranularities.code(m.TimeGranularity),
		AccessRegion:    m.AccessRegion.ValueStringPointer(),
		GatewayType:     mnaGatewayTypes.code(m.GatewayType),
	}
}

func (m *mnaStatisticExportArguments) flatten(w *window, s *mna.StatisticData) {
	m.Window = w.model()
	m.FilePath = types.StringValue(s.FilePath)
	m.ExpiresAt = timeString(s.ExpiresAt)
	m.RequestID = text(s.RequestID)
}
