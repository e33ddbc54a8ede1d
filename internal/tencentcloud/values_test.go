// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func number(t *testing.T, raw string) jsonread.Value {
	t.Helper()
	var value jsonread.Value
	if err := json.Unmarshal([]byte(raw), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestTimeReadsUnixSeconds(t *testing.T) {
	for raw, want := range map[string]string{
		`1758545599`:         "2025-09-22T12:53:19Z",
		`"1758545599"`:       "2025-09-22T12:53:19Z",
		`1758545599.0`:       "2025-09-22T12:53:19Z",
		`1.758545599e9`:      "2025-09-22T12:53:19Z",
		`0`:                  "1970-01-01T00:00:00Z",
		`9999999999`:         "2286-11-20T17:46:39Z",
		`1758545599000`:      "1758545599000 is not a time in unix seconds; it looks like milliseconds",
		`"1758545599000"`:    "1758545599000 is not a time in unix seconds; it looks like milliseconds",
		`10000000000`:        "10000000000 is not a time in unix seconds; it looks like milliseconds",
		`1758545599.5`:       "1758545599.5 is not a time in unix seconds",
		`-1`:                 "-1 is not a time in unix seconds",
		`1e300`:              "1" + strings.Repeat("0", 39) + "… is not a time in unix seconds",
		`""`:                 "there is no time",
		`null`:               "there is no time",
		`"2025-09-22 20:46"`: `not a decimal number: "2025-09-22 20:46"`,
		`true`:               `not a decimal number: "true"`,
		`{"seconds":1}`:      `not a decimal number: "{\"seconds\":1}"`,
		`1e309`:              `number out of range: "1e309"`,
	} {
		got, err := Time(number(t, raw))
		text := got.Format(time.RFC3339)
		if err != nil {
			text = err.Error()
		}
		if text != want || err == nil && got.Location() != time.UTC {
			t.Errorf("Time(%s) = %s, want %s", raw, text, want)
		}
	}
	if _, err := Time(jsonread.Value{}); err == nil || err.Error() != "there is no time" {
		t.Errorf("a missing time: %v", err)
	}
}

func FuzzTime(f *testing.F) {
	for _, raw := range []string{`1758545599`, `"1758545599"`, `1758545599000`, `-1`, `1.5`, `""`, `null`, `"x"`, `[1]`, `1e9`, `1e-9`, `1e309`} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		var value jsonread.Value
		if json.Unmarshal([]byte(raw), &value) != nil {
			return
		}
		got, err := Time(value)
		if err == nil && (got.Unix() < 0 || got.Unix() > 9_999_999_999 || got.Nanosecond() != 0 || got.Location() != time.UTC) {
			t.Errorf("Time(%s) = %s", raw, got)
		}
		if err != nil && (!got.IsZero() || len(err.Error()) > 500) {
			t.Errorf("Time(%s) = %s, %v", raw, got, err)
		}
	})
}

// moment reads the only member of an object.
func moment(t *testing.T, raw string) (at time.Time, err error) {
	t.Helper()
	answer := &transport.Answer{Host: "api.example.com", Body: []byte(`{"Time":` + raw + `}`)}
	err = jsonread.Read(t.Context(), answer, limit.Limits{}, func(r *jsonread.Reader) error {
		return r.Object(func(string) (err error) {
			at, err = Moment(r)
			return err
		})
	})
	return at, err
}

func TestMomentReadsEveryFormOfTheVendor(t *testing.T) {
	for raw, want := range map[string]string{
		`1758545599`:                  "2025-09-22T12:53:19Z",
		`"1758545599"`:                "2025-09-22T12:53:19Z",
		`167840945`:                   "1975-04-27T14:29:05Z", // TRRO's own sample.
		`"1663310188000"`:             "2022-09-16T06:36:28Z", // MNA's.
		`1663310188123`:               "2022-09-16T06:36:28.123Z",
		`9999999999`:                  "2286-11-20T17:46:39Z",
		`9999999999999`:               "2286-11-20T17:46:39.999Z",
		`"2022-03-22T13:08:04+08:00"`: "2022-03-22T05:08:04Z",
		`null`:                        "0001-01-01T00:00:00Z",
		`""`:                          "0001-01-01T00:00:00Z",
		`0`:                           "0001-01-01T00:00:00Z",
		`"0"`:                         "0001-01-01T00:00:00Z",
		`10000000000000`:              `"10000000000000" is not a time in unix seconds, unix milliseconds or RFC 3339`,
		`-1`:                          `"-1" is not a time in unix seconds, unix milliseconds or RFC 3339`,
		`1.5`:                         `"1.5" is not a time in unix seconds, unix milliseconds or RFC 3339`,
		`true`:                        `"true" is not a time in unix seconds, unix milliseconds or RFC 3339`,
		`"2022-03-22 13:08:04"`:       `"2022-03-22 13:08:04" is not a time in unix seconds, unix milliseconds or RFC 3339`,
		`[]`:                          "unexpected array",
	} {
		got, err := moment(t, raw)
		text := got.Format(time.RFC3339Nano)
		if err != nil {
			_, text, _ = strings.Cut(err.Error(), "$.Time: ")
		}
		if text != want || err == nil && got.Location() != time.UTC {
			t.Errorf("Moment(%s) = %s, want %s", raw, text, want)
		}
	}
}
