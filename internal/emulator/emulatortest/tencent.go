// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulatortest

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Call is a request to API 3.0.
type Call struct {
	ID, Key, Token           string
	Service, Version, Action string
	Region                   string
	Body                     string
	// At is the time of the signature.
	At time.Time
	// Date is the date in the scope of the signature; by default the date of At.
	Date string
	// SignAction adds the header X-TC-Action to the signature.
	SignAction bool
	// Query is the query of a GET. If it is empty, the request is a POST.
	Query string
	// Unsigned leaves the body out of the signature.
	Unsigned bool
	// SignedHost is the host in the signature; by default the host of the request.
	SignedHost string
}

func call(service, version, region, action, body string) Call {
	return Call{
		ID: emulator.DefaultSecretID, Key: emulator.DefaultSecretKey, At: Noon,
		Service: service, Version: version, Region: region, Action: action, Body: body,
	}
}

// MNA returns a call of an action of MNA at Noon, with the default key.
func MNA(action, body string) Call { return call("mna", "2021-01-19", "", action, body) }

// TRRO returns a call of an action of TRRO at Noon, with the default key.
func TRRO(action, body string) Call { return call("trro", "2022-03-25", "ap-guangzhou", action, body) }

// CDN returns a call of an action of CDN at Noon, with the default key.
func CDN(action, body string) Call { return call("cdn", "2018-06-06", "", action, body) }

// STS returns a call of an action of STS at Noon, with the default key.
func STS(action, body string) Call { return call("sts", "2018-08-13", "ap-guangzhou", action, body) }

// FlowMembers are parameters of GetFlowStatistic for the last complete day before Noon, by hour.
var FlowMembers = map[string]any{
	"DeviceId": "device-1", "Type": 3, "TimeGranularity": 1, "BeginTime": Midnight - 86400, "EndTime": Midnight - 1,
}

// Flow returns a call of GetFlowStatistic.
func Flow(changes map[string]any) Call { return MNA("GetFlowStatistic", Object(FlowMembers, changes)) }

// Export returns a call of GetStatisticDataByName for the last complete day before Noon, by hour.
func Export(changes map[string]any) Call {
	return MNA("GetStatisticDataByName", Object(map[string]any{
		"DeviceName": "device-1", "TimeGranularity": 1, "BeginTime": Midnight - 86400, "EndTime": Midnight - 1,
	}, changes))
}

// ExportLink returns the link to an Excel file. All emulators with the same seed accept it.
func ExportLink(t *testing.T, e *emulator.Emulator, changes map[string]any) string {
	t.Helper()
	return Result[struct{ FilePath string }](t, e, Export(changes)).FilePath
}

// Request signs a call.
func (c Call) Request() *http.Request {
	method, mediaType, payload := http.MethodPost, "application/json", c.Body
	if c.Query != "" {
		method, mediaType = http.MethodGet, "application/x-www-form-urlencoded"
	}
	if c.Unsigned {
		payload = "UNSIGNED-PAYLOAD"
	}
	r := httptest.NewRequest(method, "http://mna.example.com/?"+c.Query, strings.NewReader(c.Body))
	headers, signed := "content-type:"+mediaType+"\nhost:"+cmp.Or(c.SignedHost, r.Host)+"\n", "content-type;host"
	if c.SignAction {
		headers += "x-tc-action:" + strings.ToLower(c.Action) + "\n"
		signed += ";x-tc-action"
	}
	timestamp, date := strconv.FormatInt(c.At.Unix(), 10), cmp.Or(c.Date, c.At.UTC().Format(time.DateOnly))
	canonical := fmt.Sprintf("%s\n/\n%s\n%s\n%s\n%x", method, c.Query, headers, signed, sha256.Sum256([]byte(payload)))
	scope := date + "/" + c.Service + "/tc3_request"
	toSign := fmt.Sprintf("TC3-HMAC-SHA256\n%s\n%s\n%x", timestamp, scope, sha256.Sum256([]byte(canonical)))
	key := mac(mac(mac([]byte("TC3"+c.Key), date), c.Service), "tc3_request")
	for name, value := range map[string]string{
		"Content-Type": mediaType, "X-TC-Action": c.Action, "X-TC-Version": c.Version, "X-TC-Timestamp": timestamp,
		"X-TC-Region": c.Region, "X-TC-Token": c.Token,
		"Authorization": fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%x", c.ID, scope, signed, mac(key, toSign)),
	} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	if c.Unsigned {
		r.Header.Set("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD")
	}
	return r
}

func mac(key []byte, message string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(message))
	return h.Sum(nil)
}

// Ask sends a request and returns the value of Response.
func Ask(t *testing.T, e *emulator.Emulator, r *http.Request) json.RawMessage {
	t.Helper()
	w := Send(e, r)
	if w.Code != http.StatusOK {
		t.Fatalf("status %d, want 200", w.Code)
	}
	var envelope struct{ Response json.RawMessage }
	if err := json.Unmarshal(w.Body.Bytes(), &envelope); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return envelope.Response
}

// Result makes a call at the emulator's time and returns its result. It fails the test if the call returns an error.
func Result[T any](t *testing.T, e *emulator.Emulator, c Call) T {
	t.Helper()
	c.At = Now(t, e)
	raw := Ask(t, e, c.Request())
	var refused struct{ Error any }
	var result T
	if err := json.Unmarshal(raw, &refused); err != nil || refused.Error != nil {
		t.Fatalf("refused: %v, %v", refused.Error, err)
	}
	if err := json.Unmarshal(raw, &result); err != nil {
		t.Fatal(err)
	}
	return result
}

// Code sends a request and returns the error code, or "" if there is no error.
func Code(t *testing.T, e *emulator.Emulator, r *http.Request) string {
	t.Helper()
	var answer struct {
		Error     struct{ Code string }
		RequestID string `json:"RequestId"`
	}
	if err := json.Unmarshal(Ask(t, e, r), &answer); err != nil {
		t.Fatal(err)
	}
	if answer.RequestID == "" {
		t.Error("the answer has no RequestId")
	}
	return answer.Error.Code
}
