// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

var downloadConfig = statisticExportConfig.With(acctest.Config{"device_name": "gateway-1", "download": true})

func TestStatisticExportDownloads(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, statisticExport, downloadConfig)
	acctest.ExpectState(t, state, map[string]string{
		"download": "true", "max_rows": "", "expires_at": "2026-01-15T21:00:00+08:00",
		"sheets.#": "2", "sheets.0.name": "Summary", "sheets.0.rows.0.#": "1", "sheets.0.rows.0.0": "Traffic statistics",
		"sheets.1.name": "Traffic", "sheets.1.row_count": "25", "sheets.1.rows.#": "25", "sheets.1.truncated": "false",
		"sheets.1.rows.0.4": "Total (bytes)", "sheets.1.rows.1.0": "gateway-1", "sheets.1.rows.1.1": "2026-01-14 20:00",
	})
	up, errUp := strconv.ParseInt(state["sheets.1.rows.1.2"], 10, 64)
	down, errDown := strconv.ParseInt(state["sheets.1.rows.1.3"], 10, 64)
	if errUp != nil || errDown != nil || strconv.FormatInt(up+down, 10) != state["sheets.1.rows.1.4"] {
		t.Errorf("%s and %s do not add up to %s", state["sheets.1.rows.1.2"], state["sheets.1.rows.1.3"], state["sheets.1.rows.1.4"])
	}
	calls := e.CallsTo(emulator.Export)
	if len(calls) != 1 || calls[0].Code != "" {
		t.Fatalf("the Excel file was downloaded %d times", len(calls))
	}
	if sent := calls[0].Header.Get("Authorization") + calls[0].Header.Get("X-TC-Token"); sent != "" {
		t.Errorf("the download was sent credentials: %s", sent)
	}
}

func TestStatisticExportKeepsSomeRows(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, statisticExport, downloadConfig.With(acctest.Config{"max_rows": 3}))
	acctest.ExpectState(t, state, map[string]string{"max_rows": "3", "sheets.1.row_count": "25", "sheets.1.rows.#": "3", "sheets.1.truncated": "true"})
}

// serveExcelFile starts an emulator whose exports are all the file that it returns: one number in a cell.
func serveExcelFile(t *testing.T, cell string) string {
	t.Helper()
	return serveFile(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", cell, int64(12345678901234567)) })
}

// serveFile starts an emulator whose exports are all the file that it returns.
func serveFile(t *testing.T, fill func(*excelize.File) error) string {
	t.Helper()
	f := excelize.NewFile()
	var file strings.Builder
	if err := errors.Join(fill(f), f.Write(&file), f.Close()); err != nil {
		t.Fatal(err)
	}
	acctest.Start(t, emulator.Options{Override: func(api emulator.API, w http.ResponseWriter, _ *http.Request) bool {
		if api == emulator.Export {
			_, _ = io.WriteString(w, file.String())
		}
		return api == emulator.Export
	}})
	return file.String()
}

func TestStatisticExportHashesTheFile(t *testing.T) {
	file := serveExcelFile(t, "B2")
	sum := sha256.Sum256([]byte(file))
	acctest.ExpectState(t, acctest.MustRead(t, statisticExport, downloadConfig), map[string]string{
		"sha256": hex.EncodeToString(sum[:]), "size_bytes": strconv.Itoa(len(file)),
		"sheets.#": "1", "sheets.0.rows.#": "2", "sheets.0.rows.0.#": "0", "sheets.0.rows.1.0": "", "sheets.0.rows.1.1": "12345678901234567",
	})
}

func TestStatisticExportWithoutDownload(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	for _, download := range []any{nil, false} {
		state := acctest.MustRead(t, statisticExport, downloadConfig.With(acctest.Config{"download": download, "max_rows": 1}))
		acctest.ExpectState(t, state, map[string]string{"sha256": "", "size_bytes": "", "sheets.#": ""})
	}
	if calls := e.CallsTo(emulator.Export); len(calls) > 0 {
		t.Errorf("the Excel file was downloaded %d times", len(calls))
	}
}

func TestStatisticExportContentArguments(t *testing.T) {
	s := acctest.NewServer(t)
	acctest.ExpectProblem(t, s.Validate(t, statisticExport, downloadConfig.With(acctest.Config{"max_rows": 0})), "max_rows", "at least 1")
	unknown := acctest.Config{"download": acctest.Unknown, "max_rows": acctest.Unknown}
	if problems := s.Validate(t, statisticExport, downloadConfig.With(unknown)); len(problems) > 0 {
		t.Error(problems)
	}
}

// expectNoLink fails if an error shows a part of a link's query.
func expectNoLink(t *testing.T, problems acctest.Problems, e *acctest.Emulator) {
	t.Helper()
	for _, call := range e.CallsTo(emulator.Export) {
		for name, values := range call.Query {
			if strings.Contains(problems.String(), name+"=") || name != "q-sign-algorithm" && name != "q-header-list" &&
				strings.Contains(problems.String(), values[0]) {
				t.Errorf("the error shows %s: %s", name, problems)
			}
		}
	}
}

func TestStatisticExportExpiredLink(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	e.Inject(emulator.Fault{API: emulator.Export, Kind: emulator.FaultClock, ClockOffset: 2 * time.Hour, Count: 1})
	state := acctest.MustRead(t, statisticExport, downloadConfig)
	acctest.ExpectState(t, state, map[string]string{"sheets.#": "2"})
	if made, fetched := len(e.CallsTo(emulator.MNA)), len(e.CallsTo(emulator.Export)); made != 2 || fetched != 2 {
		t.Errorf("%d Excel files were written and %d downloaded", made, fetched)
	}

	e = acctest.Start(t, emulator.Options{})
	e.Inject(emulator.Fault{API: emulator.Export, Kind: emulator.FaultClock, ClockOffset: 2 * time.Hour})
	problems := acctest.ReadProblems(t, statisticExport, downloadConfig)
	acctest.ExpectProblem(t, problems, "", "Unable to Read MNA Statistic Export", "GetStatisticDataByName for", "download of the Excel file",
		"HTTP 403 Forbidden: AccessDenied", "Set download to false, and download file_path")
	expectNoLink(t, problems, e)
	if made, fetched := len(e.CallsTo(emulator.MNA)), len(e.CallsTo(emulator.Export)); made != 2 || fetched != 2 {
		t.Errorf("%d Excel files were written and %d downloaded", made, fetched)
	}
}

func TestStatisticExportOtherThanAnExcelFile(t *testing.T) {
	const xmlError = `<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>gone</Message></Error>`
	for name, test := range map[string]struct {
		fault emulator.Fault
		texts []string
	}{
		"XML error": {
			emulator.Fault{Kind: emulator.FaultAnswer, Body: xmlError, Header: map[string]string{"Content-Type": "application/xml"}},
			[]string{"application/xml NoSuchKey: not an xlsx (PK signature missing)"},
		},
		"HTML":      {emulator.Fault{Kind: emulator.FaultAnswer, Body: "<!doctype html><title>Sign in"}, []string{"text/html: not an xlsx"}},
		"truncated": {emulator.Fault{Kind: emulator.FaultTruncated}, []string{"the response was truncated", "2 attempts"}},
		"cut file": {
			emulator.Fault{Kind: emulator.FaultAnswer, Body: "PK\x03\x04and no more"},
			[]string{"cannot be read: the zip archive is damaged", "Set download to false to get only file_path"},
		},
		"old format": {
			emulator.Fault{Kind: emulator.FaultAnswer, Body: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}, []string{"this is an old Office file (OLE) without a spreadsheet"},
		},
		"large": {emulator.Fault{Kind: emulator.FaultLargeBody}, []string{"the body is larger than 32 MiB"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			t.Setenv("EDGESTATS_MAX_RETRIES", "1")
			test.fault.API = emulator.Export
			e.Inject(test.fault)
			problems := acctest.ReadProblems(t, statisticExport, downloadConfig)
			acctest.ExpectProblem(t, problems, "", append(test.texts, "Unable to Read MNA Statistic Export")...)
			expectNoLink(t, problems, e)
		})
	}
}

func TestStatisticExportTooManyCells(t *testing.T) {
	serveExcelFile(t, "XFD1048576")
	problems := acctest.ReadProblems(t, statisticExport, downloadConfig.With(acctest.Config{"max_rows": 1_048_576}))
	acctest.ExpectProblem(t, problems, "max_rows", "more than 400000 rows and cells", "Lower max_rows")
}

// TestStatisticExportLimitsText repeats a text in so many cells that the content would be much larger than the file.
func TestStatisticExportLimitsText(t *testing.T) {
	serveFile(t, func(f *excelize.File) error {
		var failed error
		for n := 1; n <= 1_000; n++ {
			failed = errors.Join(failed, f.SetCellValue("Sheet1", "A"+strconv.Itoa(n), strings.Repeat("x", 32_000)))
		}
		return failed
	})
	problems := acctest.ReadProblems(t, statisticExport, downloadConfig)
	acctest.ExpectProblem(t, problems, "max_rows", "cell A525: the cells to keep have more than 16 MiB of text", "Lower max_rows")
	state := acctest.MustRead(t, statisticExport, downloadConfig.With(acctest.Config{"max_rows": 2}))
	acctest.ExpectState(t, state, map[string]string{"sheets.0.row_count": "1000", "sheets.0.rows.#": "2", "sheets.0.truncated": "true"})
}
