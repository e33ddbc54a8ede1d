// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// maxExportDevices is the maximum number of devices in DeviceList.
const maxExportDevices = 10

// export describes an Excel file. Devices are names. The link's token contains the export, so that the emulator stores
// nothing between the request and the download.
type export struct {
	Window  window
	Devices []string
}

// exportLink is the result of GetStatisticDataByName.
type exportLink struct {
	FilePath string
}

// statisticData implements GetStatisticDataByName, see https://www.tencentcloud.com/document/api/1305/79763.
func (s service) statisticData(x *exchange.Exchange, p *params.Params) (func() any, error) {
	const code = "InvalidParameter"
	p.Require("DeviceName")
	name, list := p.Text("DeviceName"), p.List("DeviceList")
	group, application := p.Text("GroupId"), p.Text("MpApplicationId")
	w, err := readWindow(p, code)
	if err != nil {
		return nil, err
	}
	if len(list) > maxExportDevices {
		return nil, tencent.Errorf(code, "DeviceList must not have more than %d devices.", maxExportDevices)
	}
	if len(list) == 0 {
		list = s.exportDevices(name, group, application)
	}
	devices, err := checkDevices(list, code)
	if err != nil {
		return nil, err
	}
	if w.periods()*int64(len(devices)) > maxPeriods {
		return nil, tencent.Errorf(code, "The workbook would have more than %d rows.", maxPeriods)
	}
	token, err := json.Marshal(export{Window: w, Devices: devices})
	if err != nil {
		return nil, fmt.Errorf("write an export token: %w", err)
	}
	// A slash would begin a folder.
	file := fmt.Sprintf("%s-%s-%s.xlsx", strings.ReplaceAll(name, "/", "_"), exportTime(w.Begin), exportTime(w.End))
	return func() any { return exportLink{FilePath: s.link(x, file, base64.RawURLEncoding.EncodeToString(token))} }, nil
}

// exportDevices returns the names of the devices of an export without a DeviceList: the named device, or the devices of the
// group, of the application or of the whole account.
func (s service) exportDevices(name, group, application string) []string {
	if name != unset {
		return []string{name}
	}
	ids := s.fleet.all()
	if owner := cmp.Or(group, application); owner != "" {
		ids = s.fleet.members(owner)
	}
	for i, id := range ids {
		ids[i] = nameOf(id)
	}
	return ids
}

// link returns a link to a file on the host that the request was sent to.
func (s service) link(x *exchange.Exchange, file, token string) string {
	scheme := "http"
	if x.Request.TLS != nil {
		scheme = "https"
	}
	query := cosQuery(s.Source, cosLink{host: x.Host, path: DownloadPath + file, token: token, signed: x.Time})
	return scheme + "://" + x.Host + DownloadPath + cosEscape(file) + "?" + query
}
