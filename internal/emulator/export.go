// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// maxExportDevices is how many devices one export may name.
const maxExportDevices = 10

// exportTimeFormat is how file names and workbooks write a time, in UTC+8.
const exportTimeFormat = "2006-01-02 15:04"

// Names of the sheets of a workbook.
const (
	summarySheet = "Summary"
	trafficSheet = "Traffic"
)

// export is what a workbook holds. It travels in the token of the link, so that the emulator has nothing to
// remember between the request and the download.
type export struct {
	Window  mnaWindow
	Devices []string
}

// exportLink is the result of GetStatisticDataByName.
type exportLink struct {
	FilePath  string
	RequestID string `json:"RequestId"`
}

// prepareStatisticData reads GetStatisticDataByName, see https://www.tencentcloud.com/document/api/1305/79763.
func prepareStatisticData(e *Emulator, r *http.Request) (func() (any, error), error) {
	const code = "InvalidParameter"
	p := tencentParams(r)
	p.require("DeviceName")
	name, list := p.text("DeviceName"), p.list("DeviceList")
	group, application := p.text("GroupId"), p.text("MpApplicationId")
	window, err := readMNAWindow(p, code)
	if err != nil {
		return nil, err
	}
	if len(list) > maxExportDevices {
		return nil, failf(code, "DeviceList must not have more than %d devices.", maxExportDevices)
	}
	if len(list) == 0 {
		list = exportDevices(name, group, application)
	}
	devices, err := checkDevices(list, code)
	if err != nil {
		return nil, err
	}
	if window.periods()*int64(len(devices)) > maxPeriods {
		return nil, failf(code, "The workbook would have more than %d rows.", maxPeriods)
	}
	return func() (any, error) {
		return e.exportLink(r, name, export{Window: window, Devices: devices})
	}, nil
}

// exportDevices returns the devices of an export without a list: the one that is named, or three invented ones
// of the group, of the application or of the whole account.
func exportDevices(name, group, application string) []string {
	owner := ""
	switch {
	case name != mnaUnset:
		return []string{name}
	case group != "":
		owner = group + "-"
	case application != "":
		owner = application + "-"
	}
	return []string{owner + "device-1", owner + "device-2", owner + "device-3"}
}

func (e *Emulator) exportLink(r *http.Request, name string, x export) (exportLink, error) {
	token, err := json.Marshal(x)
	if err != nil {
		return exportLink{}, fmt.Errorf("write an export token: %w", err)
	}
	// A slash would make a folder of the name.
	file := fmt.Sprintf("%s-%s-%s.xlsx", strings.ReplaceAll(name, "/", "_"), exportTime(x.Window.Begin), exportTime(x.Window.End))
	link := cosLink{
		host:   r.Host,
		path:   "/statistics/" + file,
		token:  base64.RawURLEncoding.EncodeToString(token),
		signed: callOf(r).Time,
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return exportLink{
		FilePath:  scheme + "://" + r.Host + "/statistics/" + cosEscape(file) + "?" + e.cosQuery(link),
		RequestID: e.requestID(),
	}, nil
}

// download answers for the links that GetStatisticDataByName hands out.
func (e *Emulator) download(w http.ResponseWriter, r *http.Request) {
	call := callOf(r)
	call.API, call.Action = Export, "GetObject"
	if e.interrupted(w, r) {
		return
	}
	link, err := e.verifyCOS(r)
	if err != nil {
		e.refuseDownload(w, r, err)
		return
	}
	if e.overridden(w, r) {
		return
	}
	book, err := e.workbook(link)
	if err != nil {
		e.refuseDownload(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("X-Cos-Request-Id", e.requestID())
	// An error here means that the client is gone.
	_, _ = io.Copy(w, book)
}

func (e *Emulator) refuseDownload(w http.ResponseWriter, r *http.Request, err error) {
	answer, ok := errors.AsType[*cosError](err)
	if !ok {
		answer = &cosError{
			status: http.StatusInternalServerError, Code: "InternalError", Message: "We encountered an internal error.",
		}
	}
	answer.Resource, answer.RequestID = r.URL.Path, e.requestID()
	callOf(r).Code = answer.Code
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(cmp.Or(answer.status, http.StatusForbidden))
	// An error here means that the client is gone.
	_, _ = io.WriteString(w, xml.Header)
	_ = xml.NewEncoder(w).Encode(answer)
}

// workbook writes the file behind a link, as of the time when the link was made.
func (e *Emulator) workbook(link cosLink) (book io.Reader, err error) {
	token, err := base64.RawURLEncoding.DecodeString(link.token)
	if err != nil {
		return nil, fmt.Errorf("read an export token: %w", err)
	}
	var x export
	if err := json.Unmarshal(token, &x); err != nil {
		return nil, fmt.Errorf("read an export token: %w", err)
	}
	traffic, totals := e.exportRows(x, link.signed)
	summary := append([][]any{
		{"Traffic statistics"},
		{"Begin (UTC+8)", exportTime(x.Window.Begin)},
		{"End (UTC+8)", exportTime(x.Window.End)},
		{"Period (seconds)", x.Window.Period},
	}, totals...)

	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName(f.GetSheetName(0), summarySheet); err != nil {
		return nil, fmt.Errorf("name a sheet: %w", err)
	}
	if _, err := f.NewSheet(trafficSheet); err != nil {
		return nil, fmt.Errorf("add a sheet: %w", err)
	}
	if err := errors.Join(fillSheet(f, summarySheet, summary), fillSheet(f, trafficSheet, traffic)); err != nil {
		return nil, err
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write a workbook: %w", err)
	}
	return buffer, nil
}

// exportRows returns the rows of the sheet of traffic, one for each device and period, and their totals.
func (e *Emulator) exportRows(x export, now time.Time) (rows, totals [][]any) {
	var allUp, allDown int64
	rows = [][]any{{"Device", "Time (UTC+8)", "Uplink (bytes)", "Downlink (bytes)", "Total (bytes)"}}
	for _, device := range x.Devices {
		up := e.mnaPoints(x.Window, []string{device}, []string{"up"}, now)
		down := e.mnaPoints(x.Window, []string{device}, []string{"down"}, now)
		for i, u := range up {
			d := down[i].bytes
			rows = append(rows, []any{device, exportTime(u.start), u.bytes, d, u.bytes + d})
			allUp, allDown = allUp+u.bytes, allDown+d
		}
	}
	return rows, [][]any{{"Uplink (bytes)", allUp}, {"Downlink (bytes)", allDown}, {"Total (bytes)", allUp + allDown}}
}

func fillSheet(f *excelize.File, sheet string, rows [][]any) error {
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("open sheet %s: %w", sheet, err)
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return fmt.Errorf("address row %d: %w", i+1, err)
		}
		if err := w.SetRow(cell, row); err != nil {
			return fmt.Errorf("write row %d: %w", i+1, err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write sheet %s: %w", sheet, err)
	}
	return nil
}

// exportTime writes Unix seconds as the time in UTC+8.
func exportTime(seconds int64) string {
	return time.Unix(seconds, 0).In(chinaTime).Format(exportTimeFormat)
}
