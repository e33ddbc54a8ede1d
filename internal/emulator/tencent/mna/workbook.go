// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// exportTimeFormat is the format of times in Excel files and their names, in UTC+8.
const exportTimeFormat = "2006-01-02 15:04"

// Names of the sheets of an Excel file.
const (
	summarySheet = "Summary"
	trafficSheet = "Traffic"
)

// workbook generates the Excel file for a link, with the figures at the time when the link was created.
func (d *Download) workbook(link cosLink) (book io.Reader, err error) {
	token, err := base64.RawURLEncoding.DecodeString(link.token)
	if err != nil {
		return nil, fmt.Errorf("read an export token: %w", err)
	}
	var x export
	if err := json.Unmarshal(token, &x); err != nil {
		return nil, fmt.Errorf("read an export token: %w", err)
	}
	traffic, totals := d.exportRows(x, link.signed)
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

// exportRows returns the rows of the traffic sheet, one for each device and period, and the rows with their totals.
func (d *Download) exportRows(x export, now time.Time) (rows, totals [][]any) {
	var allUp, allDown int64
	rows = [][]any{{"Device", "Time (UTC+8)", "Uplink (bytes)", "Downlink (bytes)", "Total (bytes)"}}
	for _, device := range x.Devices {
		id := []string{idOf(device)}
		up, down := d.points(x.Window, id, []string{"up"}, now), d.points(x.Window, id, []string{"down"}, now)
		for i, u := range up {
			received := down[i].bytes
			rows = append(rows, []any{device, exportTime(u.start), u.bytes, received, u.bytes + received})
			allUp, allDown = allUp+u.bytes, allDown+received
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

// exportTime formats Unix seconds as a time in UTC+8.
func exportTime(seconds int64) string {
	return time.Unix(seconds, 0).In(figures.ChinaTime).Format(exportTimeFormat)
}
