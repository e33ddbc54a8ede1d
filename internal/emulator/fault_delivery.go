// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// padding is space in front of a body, written piece by piece.
var padding = bytes.Repeat([]byte(" "), 32<<10)

// edited returns what sends an edited body.
func edited(edit func(f Fault, body []byte) []byte) func(*answer, *http.Request, Fault, []byte) {
	return func(a *answer, _ *http.Request, f Fault, body []byte) {
		a.WriteHeader(a.status)
		// An error here means that the client is gone.
		_, _ = a.Write(edit(f, body))
	}
}

func unchanged(_ Fault, body []byte) []byte { return body }

func appendBody(f Fault, body []byte) []byte { return append(body, f.Body...) }

func nestLists(f Fault, body []byte) []byte {
	f.Body = strings.Repeat("[", f.Size) + strings.Repeat("]", f.Size)
	return replaceMember(f, body)
}

func lengthenNumber(f Fault, body []byte) []byte {
	f.Body = strings.Repeat("7", f.Size)
	return replaceMember(f, body)
}

func multiplyMembers(f Fault, body []byte) []byte {
	object := []byte("{")
	for n := range f.Size {
		object = append(object, `"member`...)
		object = strconv.AppendInt(object, int64(n), 10)
		object = append(object, `":0,`...)
	}
	f.Body = string(bytes.TrimSuffix(object, []byte(","))) + "}"
	return replaceMember(f, body)
}

// replaceMember puts the fault's body in place of the value of its member, or of the whole if it names none. An
// empty one removes the member. A body without the member stays as it is.
func replaceMember(f Fault, body []byte) []byte {
	if f.Member == "" {
		return []byte(f.Body)
	}
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

func sendPadded(a *answer, _ *http.Request, f Fault, body []byte) {
	a.WriteHeader(a.status)
	// An error here means that the client is gone.
	_ = writePadded(a, f.Size, body)
}

func sendBomb(a *answer, _ *http.Request, f Fault, body []byte) {
	a.Header().Set("Content-Encoding", "gzip")
	a.WriteHeader(a.status)
	w := gzip.NewWriter(a)
	if writePadded(w, f.Size, body) == nil {
		// An error here means that the client is gone.
		_ = w.Close()
	}
}

func writePadded(w io.Writer, size int, body []byte) error {
	for ; size > 0; size -= len(padding) {
		if _, err := w.Write(padding[:min(size, len(padding))]); err != nil {
			return err
		}
	}
	_, err := w.Write(body)
	return err
}

// sendTruncated leaves it to the server to close the connection, as it does after a body that is too short.
func sendTruncated(a *answer, _ *http.Request, _ Fault, body []byte) {
	a.Header().Set("Content-Length", strconv.Itoa(len(body)))
	sendHalf(a, body)
}

func sendUnterminated(a *answer, _ *http.Request, _ Fault, body []byte) {
	sendHalf(a, body)
	panic(http.ErrAbortHandler)
}

func sendStalled(a *answer, r *http.Request, f Fault, body []byte) {
	rest := sendHalf(a, body)
	wait(r.Context(), f.Delay)
	// An error here means that the client is gone.
	_, _ = a.Write(rest)
}

// sendHalf sends the header and half of a body, and returns the rest.
func sendHalf(a *answer, body []byte) []byte {
	a.WriteHeader(a.status)
	half := len(body) / 2
	// An error here means that the client is gone.
	_, _ = a.Write(body[:half])
	a.flush()
	return body[half:]
}

func sendSlowly(a *answer, r *http.Request, f Fault, body []byte) {
	a.WriteHeader(a.status)
	for i := 0; i < len(body); i += f.Size {
		if i > 0 {
			wait(r.Context(), f.Delay)
		}
		if _, err := a.Write(body[i:min(i+f.Size, len(body))]); err != nil {
			return
		}
		a.flush()
	}
}
