// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
)

func answerWith(x *exchange.Exchange, _ exchange.Service, f Fault) {
	if strings.HasPrefix(f.Body, "{") || strings.HasPrefix(f.Body, "[") {
		x.Answer.Header().Set("Content-Type", "application/json")
	}
	// An error here means that the client is gone.
	_, _ = io.WriteString(x.Answer, f.Body)
}

func refuseWith(x *exchange.Exchange, s exchange.Service, f Fault) {
	s.Refuse(x, s.Failure(f.Code, cmp.Or(f.Message, "A fault was injected.")))
}

func throttle(x *exchange.Exchange, s exchange.Service, _ Fault) { s.Refuse(x, s.Throttled()) }

func sendEdited(a *exchange.Answer, f Fault, body []byte) {
	a.WriteHeader(a.Status())
	// An error here means that the client is gone.
	_, _ = a.Write(replaceMember(f, body))
}

// replaceMember replaces the value of the fault's member with the fault's body. An empty body removes the member. A
// response without the member does not change.
func replaceMember(f Fault, body []byte) []byte {
	key := strconv.Quote(f.Member) + ":"
	from := bytes.Index(body, []byte(key))
	if from < 0 {
		return body
	}
	var value json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader(body[from+len(key):]))
	if decoder.Decode(&value) != nil {
		return body
	}
	to := from + len(key) + int(decoder.InputOffset())
	switch {
	case f.Body != "":
		from += len(key)
	case body[to] == ',':
		to++
	case body[from-1] == ',':
		from--
	}
	return slices.Concat(body[:from], []byte(f.Body), body[to:])
}

// largeBody is the default Size of LargeBody.
const largeBody = 64 << 20

func sendPadded(a *exchange.Answer, f Fault, body []byte) {
	a.WriteHeader(a.Status())
	// Write the spaces piece by piece to save memory. An error means that the client is gone.
	padding := bytes.Repeat([]byte(" "), 32<<10)
	for size := cmp.Or(f.Size, largeBody); size > 0; size -= len(padding) {
		if _, err := a.Write(padding[:min(size, len(padding))]); err != nil {
			return
		}
	}
	_, _ = a.Write(body)
}

// sendTruncated does not close the connection, because net/http does so after a body that is too short.
func sendTruncated(a *exchange.Answer, _ Fault, body []byte) {
	a.Header().Set("Content-Length", strconv.Itoa(len(body)))
	a.WriteHeader(a.Status())
	// An error here means that the client is gone.
	_, _ = a.Write(body[:len(body)/2])
	a.Flush()
}
