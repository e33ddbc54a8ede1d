// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/leaktest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// noon is noon in UTC+8.
var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

// newClient returns a client without a practical rate limit.
func newClient(t *testing.T, handler http.Handler) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil // It would be the time of this machine, unless the handler sets one.
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	client := transport.NewClient("test")
	t.Cleanup(client.Close)
	return New(tencentcloud.Config{
		Endpoint:    server.URL,
		Credentials: tencentcloud.Static{SecretID: emulator.DefaultSecretID, SecretKey: emulator.DefaultSecretKey},
		HTTP:        client,
		Clock:       clock.NewCorrected(clock.At(noon)),
		Memo:        transport.NewMemo(),
		QuotaShare:  1000,
	})
}

// vendor is a server whose answers depend on the request. It keeps the requests.
type vendor struct {
	answer func(asked) string

	mu       sync.Mutex
	received []string
}

// asked has fields of a request.
type asked struct {
	Domains            []string
	StartTime, EndTime string
}

func (v *vendor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	v.mu.Lock()
	v.received = append(v.received, r.Header.Get("X-TC-Action")+" "+r.Header.Get("X-TC-Version")+" "+string(body))
	v.mu.Unlock()
	var a asked
	_ = json.Unmarshal(body, &a) // A malformed request has no domains, which fails the test.
	_, _ = io.WriteString(w, v.answer(a))
}

// response returns a successful answer with the elements of Data.
func response(data ...string) string {
	return `{"Response":{"Data":[` + strings.Join(data, ",") + `],"RequestId":"r-1"}}`
}

// info returns an element of Data.
func info(domain, start, points string) string {
	return fmt.Sprintf(`{"Domain":%q,"Protocol":"all","IpProtocol":"all","StartTime":%q,"EndTime":"","Interval":5,"Metric":"flux",
		"District":4,"Isp":2,"DataPoints":%s,"DistrictName":"广东","IspName":"中国电信"}`, domain, start, points)
}

func numbers(t *testing.T, texts ...string) []decimal.Decimal {
	t.Helper()
	list := make([]decimal.Decimal, len(texts))
	for i, text := range texts {
		if text == "" {
			continue
		}
		var err error
		if list[i], err = decimal.Parse(text); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// request asks for the periods of a domain at 11:45, 11:50 and 11:55 in UTC+8.
var request = DistrictISPDataRequest{
	Domains: []string{"www.example.com"}, Start: noon.Add(-15 * time.Minute), End: noon.Add(-time.Second), Metric: "flux", Interval: FiveMinutes,
}

func TestDistrictISPDataSendsTheGivenFields(t *testing.T) {
	for want, r := range map[string]DistrictISPDataRequest{
		`{"Domains":["www.example.com"],"StartTime":"2026-03-10 11:45:00","EndTime":"2026-03-10 11:59:59","Metric":"flux","Interval":"5min"}`: request,
		`{"Domains":["b.example.com","a.example.com"],"StartTime":"2026-03-10 00:00:00","EndTime":"2026-03-10 00:10:00","Metric":"404",` +
			`"Districts":[0,4],"Isps":[-1],"Protocol":"https","IpProtocol":"ipv6","Interval":"min"}`: {
			Domains: []string{"b.example.com", "a.example.com"}, Start: noon.Add(-12 * time.Hour), End: noon.Add(-12*time.Hour + 10*time.Minute), Metric: "404",
			Districts: []int64{0, 4}, ISPs: []int64{-1}, Protocol: "https", IPProtocol: "ipv6", Interval: Minute,
		},
	} {
		v := &vendor{answer: func(asked) string { return response() }}
		if _, err := newClient(t, v).DistrictISPData(t.Context(), r); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"DescribeDistrictIspData 2018-06-06 " + want}, v.received); diff != "" {
			t.Error(diff)
		}
	}
}

func TestDistrictISPDataKeepsAllFields(t *testing.T) {
	v := &vendor{answer: func(asked) string {
		return response(info("www.example.com", "2026-03-10 11:45:00", `[9007199254740993,null,"12"]`),
			`{"Domain":"www.example.com","StartTime":"2026-03-10 11:45:00","Interval":"5","District":null,"DataPoints":[0],"Unknown":{}}`)
	}}
	got, err := newClient(t, v).DistrictISPData(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 3, 10, 11, 45, 0, 0, zone)
	want := &DistrictISPData{RequestID: "r-1", Series: []Series{
		{
			Domain: "www.example.com", DistrictID: decimal.FromInt(4), DistrictName: "广东", ISPID: decimal.FromInt(2), ISPName: "中国电信",
			Protocol: "all", IPProtocol: "all", Metric: "flux", Start: start, Interval: 5 * time.Minute,
			Values: numbers(t, "9007199254740993", "", "12"),
		},
		{Domain: "www.example.com", Metric: "flux", Start: start, Interval: 5 * time.Minute, Values: numbers(t, "0", "", "")},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDistrictISPDataWithoutData(t *testing.T) {
	for name, members := range map[string]string{"null": `"Data":null,`, "missing": "", "empty": `"Data":[],`} {
		v := &vendor{answer: func(asked) string { return `{"Response":{` + members + `"RequestId":"r-1"}}` }}
		got, err := newClient(t, v).DistrictISPData(t.Context(), request)
		if diff := cmp.Diff(&DistrictISPData{Series: []Series{}, RequestID: "r-1"}, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

// Values have no times, so an answer about other periods would shift them.
func TestDistrictISPDataRefusesOtherPeriods(t *testing.T) {
	const start = "2026-03-10 11:45:00"
	fine := info("www.example.com", start, "[1]")
	for data, want := range map[string]string{
		info("www.example.com", "2026-03-10 11:50:00", "[1]"):      `$.Response.Data[1].StartTime: "2026-03-10 11:50:00" instead of "2026-03-10 11:45:00"`,
		info("www.example.com", "", "[1]"):                         `$.Response.Data[1].StartTime: "" instead of "2026-03-10 11:45:00"`,
		strings.Replace(fine, `"Interval":5`, `"Interval":1`, 1):   `$.Response.Data[1].Interval: 1 minutes instead of 5`,
		strings.Replace(fine, `"Interval":5,`, ``, 1):              `$.Response.Data[1].Interval: null minutes instead of 5`,
		strings.Replace(fine, `"Interval":5`, `"Interval":{}`, 1):  `$.Response.Data[1].Interval: not a decimal number: "{}"`,
		strings.Replace(fine, `"District":4`, `"District":"x"`, 1): `$.Response.Data[1].District: not a decimal number: "x"`,
		strings.Replace(fine, `"Isp":2`, `"Isp":[]`, 1):            `$.Response.Data[1].Isp: not a decimal number: "[]"`,
		info("www.example.com", start, "[1,2,3,4]"):                `$.Response.Data[1].DataPoints: 4 values for 3 periods`,
		info("www.example.com", start, `[1,"-"]`):                  `$.Response.Data[1].DataPoints[1]: not a decimal number: "-"`,
		info("www.example.com", start, "[1e309]"):                  `$.Response.Data[1].DataPoints[0]: number out of range: "1e309"`,
	} {
		v := &vendor{answer: func(asked) string { return response(fine, data) }}
		got, err := newClient(t, v).DistrictISPData(t.Context(), request)
		content, ok := errors.AsType[*transport.ContentError](err)
		if !ok || content.Err.Error() != want || got != nil {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestDistrictISPDataNamesTheFailedPart(t *testing.T) {
	const first, second = "2026-03-10 09:00:00", "2026-03-10 12:00:00"
	r := request
	r.Start, r.End, r.Domains = noon.Add(-3*time.Hour), noon.Add(time.Hour), []string{"a.example.com", "b.example.com"}
	for name, test := range map[string]struct{ answer, want string }{
		"refused":       {`{"Response":{"Error":{"Code":"FailedOperation","Message":"no"},"RequestId":"r-2"}}`, "FailedOperation: no"},
		"another start": {response(info("a.example.com", first, "[1]")), `$.Response.Data[0].StartTime: "` + first + `" instead of "` + second + `"`},
	} {
		t.Run(name, func(t *testing.T) {
			v := &vendor{answer: func(a asked) string {
				if a.StartTime == second {
					return test.answer
				}
				return response(info("a.example.com", first, "[1]"))
			}}
			got, err := newClient(t, v).DistrictISPData(t.Context(), r)
			if _, ok := errors.AsType[*transport.CallError](err); !ok || got != nil {
				t.Fatalf("got %v, %v", got, err)
			}
			const part = "part 2026-03-10T12:00:00+08:00 to 2026-03-10T13:00:00+08:00 of a.example.com, b.example.com: "
			if text := err.Error(); !strings.HasPrefix(text, part) || !strings.HasSuffix(text, test.want) {
				t.Errorf("%s, want %s … %s", text, part, test.want)
			}
		})
	}
}

func TestDistrictISPDataRefusesTooManyCalls(t *testing.T) {
	v := &vendor{answer: func(asked) string { return response() }}
	r := request
	r.End = r.Start.AddDate(8000, 0, 0)
	got, err := newClient(t, v).DistrictISPData(deadline(t, 30*time.Second), r)
	if many, ok := errors.AsType[*transport.TooSlowError](err); !ok || many.Calls < 500_000 || got != nil || len(v.received) > 0 {
		t.Errorf("got %v, %v after %d calls", got, err, len(v.received))
	}
}

func TestDistrictISPDataSharesAnswers(t *testing.T) {
	v := &vendor{answer: func(a asked) string { return response(info(a.Domains[0], a.StartTime, "[1,2]")) }}
	client := newClient(t, v)
	r := request
	r.End = r.Start.Add(6 * time.Hour)
	first, err := client.DistrictISPData(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	for i := range first.Series {
		slices.Reverse(first.Series[i].Values) // A changed result must not change the answers of others.
	}
	second, err := client.DistrictISPData(t.Context(), r)
	if err != nil || second.Series[0].Values[1] != decimal.FromInt(2) || len(v.received) != 2 {
		t.Errorf("%v, %v after %d calls, want 2", second, err, len(v.received))
	}
}
