// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// legacyReply is an answer as a client sees it.
type legacyReply struct {
	Code     int
	Message  string
	CodeDesc any
	Data     struct {
		Date     string
		ProvData json.RawMessage `json:"prov_data"`
	}
}

func askLegacy(t *testing.T, e *emulator.Emulator, r *http.Request) legacyReply {
	t.Helper()
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	var reply legacyReply
	if err := json.Unmarshal(w.Body.Bytes(), &reply); err != nil || w.Code != http.StatusOK {
		t.Fatalf("status %d, %v in %s", w.Code, err, w.Body)
	}
	return reply
}

// legacyDetail is the entry of one region.
type legacyDetail struct {
	ID       int
	Name     string
	Host     string
	ISPValue map[string]map[string]json.RawMessage `json:"isp_value"`
}

// details asks for data at noon and returns the regions of each host.
func details(t *testing.T, changes ...string) map[string][]legacyDetail {
	t.Helper()
	reply := askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), emulatortest.Legacy(changes...))
	if reply.Code != 0 || reply.CodeDesc != "Success" {
		t.Fatalf("refused: %+v", reply)
	}
	hosts := make(map[string][]legacyDetail)
	if err := json.Unmarshal(reply.Data.ProvData, &hosts); err != nil {
		t.Fatal(err)
	}
	return hosts
}

// thailand returns the values of a statistic for one host in Thailand.
func thailand[T any](t *testing.T, statType string, changes ...string) T {
	t.Helper()
	regions := details(t, append(changes, "statType", statType, "provs.0", "57")...)["www.example.com"]
	var values T
	if len(regions) != 1 {
		t.Fatalf("%d regions, want 1", len(regions))
	}
	if err := json.Unmarshal(regions[0].ISPValue[statType]["-1"], &values); err != nil {
		t.Fatal(err)
	}
	return values
}

func TestLegacyAcceptsPublishedVector(t *testing.T) {
	e := emulator.New(emulator.Options{
		SecretID:  "AKIDT8G5AsY1D3MChWooNq1rFSw1fyBVCX9D",
		SecretKey: "pxPgRWDbCy86ZYyqBTDk7WmeRZSmPco0",
		Clock:     clock.At(time.Unix(1462416887, 0)),
	})
	const query = "Action=GetCdnOverseaProvIspDetailStat&Nonce=123456789&SecretId=AKIDT8G5AsY1D3MChWooNq1rFSw1fyBVCX9D" +
		"&Timestamp=1462416887&date=2016-11-20&hosts.0=www.test.com&isps.0=-1&provs.0=57&statType=bandwidth" +
		"&Signature=VVvzQtMQEzxm%2BBXY14Kpx5tuVOg%3D"
	r := httptest.NewRequest(http.MethodGet, "https://cdn.api.qcloud.com/v2/index.php?"+query, http.NoBody)
	// The vector asks for a day that was still to come.
	if reply := askLegacy(t, e, r); reply.CodeDesc != 9150. {
		t.Errorf("answered %+v, want code description 9150", reply)
	}
}

func TestLegacyRequestsAreChecked(t *testing.T) {
	timestamp := func(d time.Duration) string { return strconv.FormatInt(emulatortest.Noon.Add(d).Unix(), 10) }
	forged := func(name, value string) *http.Request {
		form := emulatortest.LegacyForm(http.MethodGet, emulatortest.LegacyParams())
		form.Set(name, value)
		return emulatortest.LegacyGet(form)
	}
	bit := emulatortest.LegacyForm(http.MethodGet, emulatortest.LegacyParams())
	flipped := []byte(bit.Get("Signature"))
	flipped[0] ^= 1
	tests := []struct {
		name string
		r    *http.Request
		code int
	}{
		{"accepted", emulatortest.Legacy(), 0},
		{"five minutes early", emulatortest.Legacy("Timestamp", timestamp(-5*time.Minute)), 0},
		{"too early", emulatortest.Legacy("Timestamp", timestamp(-5*time.Minute-time.Second)), 4500},
		{"too late", emulatortest.Legacy("Timestamp", timestamp(5*time.Minute+time.Second)), 4500},
		{
			"what the vendor's SDKs add",
			emulatortest.Legacy("Region", "gz", "RequestClient", "SDK_PYTHON_2.0.15", "SignatureMethod", "HmacSHA1",
				"Token", "t", "Version", "2017-03-12", "Language", "en-US"),
			0,
		},
		{"one bit off", forged("Signature", string(flipped)), 4100},
		{"signature of POST", emulatortest.LegacyGet(emulatortest.LegacyForm(http.MethodPost, emulatortest.LegacyParams())), 4100},
		{"signature of another algorithm", forged("SignatureMethod", "HmacSHA256"), 4100},
		{"another host asked for", forged("hosts.0", "static.example.com"), 4100},
		{"unknown id", emulatortest.Legacy("SecretId", "AKIDnobody"), 4104},
		{"no id", emulatortest.Legacy("SecretId", ""), 4000},
		{"no action", emulatortest.Legacy("Action", ""), 4000},
		{"no timestamp", emulatortest.Legacy("Timestamp", ""), 4000},
		{"no nonce", emulatortest.Legacy("Nonce", ""), 4000},
		{"no signature", forged("Signature", ""), 4000},
		{"timestamp as text", emulatortest.Legacy("Timestamp", "2026-03-10"), 4000},
		{"negative nonce", emulatortest.Legacy("Nonce", "-1"), 4000},
		{"another action", emulatortest.Legacy("Action", "DescribeCdnHosts"), 4000},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
			reply := askLegacy(t, e, test.r)
			if reply.Code != test.code || reply.CodeDesc == nil {
				t.Errorf("answered %+v, want code %d", reply, test.code)
			}
			call := e.CallsTo(emulator.CDNLegacy)[0]
			if refused := call.Code != ""; refused != (test.code != 0) || refused && call.Code != strconv.Itoa(test.code) {
				t.Errorf("recorded code %q", call.Code)
			}
		})
	}
}

func TestLegacyTakesForms(t *testing.T) {
	params := emulatortest.LegacyParams("provs.0", "57")
	form := emulatortest.LegacyForm(http.MethodPost, params)
	const target = "http://cdn.api.example.com/v2/index.php?query=ignored"
	urlencoded := httptest.NewRequest(http.MethodPost, target, strings.NewReader(form.Encode()))
	urlencoded.Header.Set("Content-Type", "application/x-www-form-urlencoded")

	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name := range form {
		if err := parts.WriteField(name, form.Get(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	multipartForm := httptest.NewRequest(http.MethodPost, target, &body)
	multipartForm.Header.Set("Content-Type", parts.FormDataContentType())

	want := askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), emulatortest.LegacyGet(emulatortest.LegacyForm(http.MethodGet, params)))
	for name, r := range map[string]*http.Request{"urlencoded": urlencoded, "multipart": multipartForm} {
		if diff := cmp.Diff(want, askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), r)); diff != "" || want.Code != 0 {
			t.Errorf("%s: code %d, %s", name, want.Code, diff)
		}
	}
	broken := emulatortest.Legacy()
	broken.URL.RawQuery += "&hosts.0=www.example.com"
	if reply := askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), broken); reply.Code != 4000 {
		t.Errorf("a parameter twice: %+v", reply)
	}
	broken.URL.RawQuery = "a=%zz"
	if reply := askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), broken); reply.Code != 4000 {
		t.Errorf("broken escape: %+v", reply)
	}
}

func TestLegacyRequiresTheToken(t *testing.T) {
	for token, want := range map[string]int{"": 4105, "other": 4105, "example-token": 0} {
		e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Token: "example-token"})
		if reply := askLegacy(t, e, emulatortest.Legacy("Token", token)); reply.Code != want {
			t.Errorf("token %q: %+v, want %d", token, reply, want)
		}
	}
}

func TestLegacyRefusesUsedNonces(t *testing.T) {
	now := emulatortest.Noon
	e := emulator.New(emulator.Options{Clock: clock.Func(func() time.Time { return now })})
	ask := func(nonce string) int {
		timestamp := strconv.FormatInt(now.Unix(), 10)
		return askLegacy(t, e, emulatortest.Legacy("Nonce", nonce, "Timestamp", timestamp)).Code
	}
	if got := []int{ask("1"), ask("2"), ask("1")}; !cmp.Equal(got, []int{0, 0, 4500}) {
		t.Errorf("codes %v", got)
	}
	now = now.Add(11 * time.Minute)
	if got := ask("1"); got != 0 {
		t.Errorf("code %d for an old nonce", got)
	}
}

func TestLegacyRateLimitHoldsInAnyMinute(t *testing.T) {
	now, nonce := emulatortest.Noon, 0
	e := emulator.New(emulator.Options{Clock: clock.Func(func() time.Time { return now })})
	ask := func() int {
		nonce++
		return askLegacy(t, e, emulatortest.Legacy("Nonce", strconv.Itoa(nonce), "isps.0", "0")).Code
	}
	for n := range 100 {
		if got := ask(); got != 0 {
			t.Fatalf("call %d: code %d", n, got)
		}
	}
	now = now.Add(time.Minute - time.Second)
	if got := ask(); got != 4400 {
		t.Errorf("code %d after 100 calls", got)
	}
	now = now.Add(time.Second)
	if got := ask(); got != 0 {
		t.Errorf("code %d after a minute", got)
	}
}

func TestLegacyChecksParameters(t *testing.T) {
	tests := []struct {
		name    string
		changes []string
		want    any // the code description
	}{
		{"no date", []string{"date", ""}, 9150.},
		{"not a date", []string{"date", "2026-3-9"}, 9150.},
		{"today", []string{"date", "2026-03-10"}, "Success"},
		{"tomorrow", []string{"date", "2026-03-11"}, 9150.},
		{"before the epoch", []string{"date", "1969-12-31"}, 9150.},
		{"no host", []string{"hosts.0", ""}, 9003.},
		{"five hosts", []string{"hosts.1", "b", "hosts.2", "c", "hosts.3", "d", "hosts.4", "e"}, "Success"},
		{"six hosts", []string{"hosts.1", "b", "hosts.2", "c", "hosts.3", "d", "hosts.4", "e", "hosts.5", "f"}, 9003.},
		{"missing host", []string{"hosts.1", "missing.example.com"}, 9110.},
		{"region by name", []string{"provs.0", "Thailand"}, 9003.},
		{"carrier by name", []string{"isps.0", "all"}, 9003.},
		{"unknown region", []string{"provs.0", "9999"}, "Success"},
		{"statistic", []string{"statType", "traffic"}, 9160.},
		{"list without number", []string{"provs", "57"}, "InvalidParameter"},
		{"unknown", []string{"interval", "5"}, "InvalidParameter"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reply := askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), emulatortest.Legacy(test.changes...))
			if reply.CodeDesc != test.want || (reply.Code == 4000) == (test.want == "Success") {
				t.Errorf("answered %+v, want code description %v", reply, test.want)
			}
			if number, ok := test.want.(float64); ok && !strings.HasPrefix(reply.Message, "("+strconv.Itoa(int(number))+")") {
				t.Errorf("message %q does not begin with (%v)", reply.Message, number)
			}
		})
	}
	params := emulatortest.LegacyParams()
	params["hosts.1"] = ""
	if reply := askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), emulatortest.LegacyGet(emulatortest.LegacyForm(http.MethodGet, params))); reply.CodeDesc != 9003. {
		t.Errorf("empty host: answered %+v", reply)
	}
	if reply := askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), emulatortest.Legacy("hosts.0", "missing.example.com")); reply.Message !=
		"(9110)没有这个域名的信息 cdn no such host" {
		t.Errorf("message %q", reply.Message)
	}
}

func TestLegacyAnswersByRegion(t *testing.T) {
	hosts := details(t, "hosts.1", "idle.example.com", "hosts.2", "static.example.com")
	if diff := cmp.Diff([]string{"static.example.com", "www.example.com"}, slices.Sorted(maps.Keys(hosts))); diff != "" {
		t.Error(diff)
	}
	var ids []int
	for _, region := range hosts["www.example.com"] {
		ids = append(ids, region.ID)
		if region.Host != "www.example.com" || len(region.ISPValue["bandwidth"]) != 1 {
			t.Errorf("region %d is of host %s and has %v", region.ID, region.Host, region.ISPValue)
		}
	}
	// Region -3 has no data.
	want := []int{73, 1195, 1176, 57, 144, 3701, 2588, 2026, 1044, 3379, 1200, 3839, 669, -2}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Error(diff)
	}
	some := details(t, "provs.0", "669", "provs.1", "57", "provs.10", "-3", "isps.0", "-1")["www.example.com"]
	if len(some) != 2 || some[0].Name != "泰国" || some[1].Name != "美国" {
		t.Errorf("regions %+v", some)
	}
}

func TestLegacyWithoutDataIsAnEmptyArray(t *testing.T) {
	for name, changes := range map[string][]string{
		"idle host":          {"hosts.0", "idle.example.com"},
		"region without any": {"provs.0", "-3"},
		"another carrier":    {"isps.0", "2"},
	} {
		reply := askLegacy(t, emulatortest.Unlimited(emulatortest.Noon), emulatortest.Legacy(changes...))
		if reply.Code != 0 || string(reply.Data.ProvData) != "[]" || reply.Data.Date != "2026-03-09" {
			t.Errorf("%s: answered %+v with prov_data %s", name, reply, reply.Data.ProvData)
		}
	}
}

func TestLegacyStatisticsAgree(t *testing.T) {
	values := func(statType string) []float64 { return thailand[[]float64](t, statType) }
	flux, requests := values("flux"), values("requests")
	bandwidth, hitrate, speed, duration := values("bandwidth"), values("hitrate"), values("dlspeed"), values("dltime")
	codes := thailand[map[string][]float64](t, "statuscode")
	if diff := cmp.Diff([]string{"200", "304", "404", "500"}, slices.Sorted(maps.Keys(codes))); diff != "" {
		t.Error(diff)
	}
	fractions := 0
	for i := range 288 {
		if flux[i] <= 0 || bandwidth[i] != math.Floor(flux[i]*8/300) || requests[i] != math.Ceil(flux[i]/131072) {
			t.Fatalf("slot %d: %v bytes, %v bit/s, %v requests", i, flux[i], bandwidth[i], requests[i])
		}
		if sum := codes["200"][i] + codes["304"][i] + codes["404"][i] + codes["500"][i]; sum != requests[i] {
			t.Fatalf("slot %d: status codes add up to %v of %v requests", i, sum, requests[i])
		}
		if hitrate[i] < 90 || hitrate[i] >= 99 || speed[i] < 4e6 || speed[i] > 8e6 {
			t.Fatalf("slot %d: hit rate %v, speed %v", i, hitrate[i], speed[i])
		}
		if math.Abs(duration[i]-131072*8/speed[i]) > 0.0005 {
			t.Fatalf("slot %d: %v s at %v bit/s", i, duration[i], speed[i])
		}
		if hitrate[i] != math.Trunc(hitrate[i]) {
			fractions++
		}
	}
	if fractions == 0 {
		t.Error("all hit rates are whole numbers")
	}
	if diff := cmp.Diff(bandwidth, thailand[[]float64](t, "bandwidth", "hosts.1", "static.example.com", "Version", "1")); diff != "" {
		t.Errorf("the same day differs: %s", diff)
	}
	if cmp.Equal(bandwidth, thailand[[]float64](t, "bandwidth", "date", "2026-03-08")) {
		t.Error("two days are the same")
	}
}

func TestLegacyTodayEndsHalfAnHourAgo(t *testing.T) {
	if got := len(thailand[[]float64](t, "flux", "date", "2026-03-10")); got != 138 {
		t.Errorf("%d values at noon, want 138", got)
	}
}
