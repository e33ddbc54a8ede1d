// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"net/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// DownloadPath is the prefix of the paths of Excel files.
const DownloadPath = "/statistics/"

// Download serves the links that GetStatisticDataByName returns, like Cloud Object Storage. It is an exchange.Service.
type Download struct {
	service

	ids *figures.IDs
}

// NewDownload returns the download for the links of Actions with the same source.
func NewDownload(source figures.Source, ids *figures.IDs) *Download {
	return &Download{service: service{Source: source}, ids: ids}
}

// cosError is an error with a code of COS.
type cosError struct {
	status    int      // HTTP status; zero means 403
	XMLName   xml.Name `xml:"Error"`
	Code      string
	Message   string
	Resource  string
	RequestID string `xml:"RequestId"`
}

func (e *cosError) Error() string { return e.Code + ": " + e.Message }

// Identify sets the API and the action.
func (d *Download) Identify(x *exchange.Exchange) { x.API, x.Action = exchange.Export, "GetObject" }

// Prepare checks the signature in a link.
func (d *Download) Prepare(x *exchange.Exchange) (func() error, error) {
	link, err := verifyLink(x, d.Source)
	if err != nil {
		return nil, err
	}
	return func() error {
		book, err := d.workbook(link)
		if err != nil {
			return err
		}
		x.Answer.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		x.Answer.Header().Set("X-Cos-Request-Id", d.ids.Next())
		// An error here means that the client is gone.
		_, _ = io.Copy(x.Answer, book)
		return nil
	}, nil
}

// Refuse writes an error response.
func (d *Download) Refuse(x *exchange.Exchange, err error) {
	answer, ok := errors.AsType[*cosError](err)
	if !ok {
		answer = &cosError{
			status: http.StatusInternalServerError, Code: "InternalError", Message: "We encountered an internal error.",
		}
	}
	answer.Resource, answer.RequestID = x.Path, d.ids.Next()
	x.Code = answer.Code
	x.WriteXML(cmp.Or(answer.status, http.StatusForbidden), answer)
}

// Failure returns an error of COS.
func (d *Download) Failure(code, message string) error {
	return &cosError{Code: code, Message: message}
}

// Throttled returns the error of COS for too many requests.
func (d *Download) Throttled() error {
	return &cosError{status: http.StatusServiceUnavailable, Code: "SlowDown", Message: "Too many requests."}
}
