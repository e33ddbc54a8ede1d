// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// legacyParams returns the parameters of a request at noon for the day before, changed by pairs of name and value;
// an empty value removes a parameter.
func legacyParams(changes ...string) map[string]string {
	params := map[string]string{
		"Action": "GetCdnOverseaProvIspDetailStat", "SecretId": DefaultSecretID,
		"Timestamp": strconv.FormatInt(noon.Unix(), 10), "Nonce": "1",
		"date": "2026-03-09", "hosts.0": "www.example.com",
	}
	for i := 0; i < len(changes); i += 2 {
		params[changes[i]] = changes[i+1]
	}
	maps.DeleteFunc(params, func(_, value string) bool { return value == "" })
	return params
}

// legacyForm signs parameters with the default key, written down from the published algorithm and independent of
// the emulator's own.
func legacyForm(method string, params map[string]string) url.Values {
	names := slices.Sorted(maps.Keys(params))
	pairs := make([]string, len(names))
	form := make(url.Values)
	for i, name := range names {
		pairs[i] = name + "=" + params[name]
		form.Set(name, params[name])
	}
	mac := hmac.New(sha1.New, []byte(DefaultSecretKey))
	mac.Write([]byte(method + "cdn.api.example.com/v2/index.php?" + strings.Join(pairs, "&")))
	form.Set("Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return form
}

func legacyGet(form url.Values) *http.Request {
	return httptest.NewRequest(http.MethodGet, "http://cdn.api.example.com/v2/index.php?"+form.Encode(), http.NoBody)
}

func legacyRequest(changes ...string) *http.Request {
	return legacyGet(legacyForm(http.MethodGet, legacyParams(changes...)))
}

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

func askLegacy(t *testing.T, e *Emulator, r *http.Request) legacyReply {
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
	reply := askLegacy(t, unlimited(noon), legacyRequest(changes...))
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

func TestLegacyPublishedVectors(t *testing.T) {
	const (
		key2 = "pxPgRWDbCy86ZYyqBTDk7WmeRZSmPco0"
		id2  = "&SecretId=AKIDT8G5AsY1D3MChWooNq1rFSw1fyBVCX9D"
		cvm4 = "Action=DescribeInstances&Nonce=1290303896666895346&Region=ap-guangzhou&SecretId=secretIdFoo" +
			"&Timestamp=1512393162&Version=2017-03-12"
		own = "Action=GetCdnOverseaProvIspDetailStat&Nonce=123456789" + id2 +
			"&Timestamp=1462416887&date=2016-11-20&hosts.0=www.test.com&isps.0=-1&provs.0=57&statType=bandwidth"
		hosts = "Action=DescribeCdnHosts&limit=10&offset=0" + id2
	)
	tests := []struct {
		key, method, host, params, signature string
	}{
		{
			"Gu5t9xGARNpq86cd98joQYCN3Cozk1qA", "GET", "cvm.api.qcloud.com",
			"Action=DescribeInstances&Nonce=11886&Region=gz&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA" +
				"&Timestamp=1465185768&instanceIds_0=ins-09dx96dg&limit=20&offset=0",
			"NSI3UqqD99b/UJb4tbG/xZpRW64=",
		},
		{key2, "GET", "cdn.api.qcloud.com", hosts + "&Nonce=13029&Timestamp=1463122059", "bWMMAR1eFGjZ5KWbfxTlBiLiNLc="},
		{key2, "POST", "cdn.api.qcloud.com", hosts + "&Nonce=13029&Timestamp=1463122059", "i/KcLp6VaOtUmVtT0dqtLpKJOkg="},
		{
			key2, "GET", "cdn.api.qcloud.com", hosts + "&Nonce=48059&Timestamp=1502197934&SignatureMethod=HmacSHA256",
			"b/HlnO7vWEtR/kf21BvF0fX4vGmIThwWxlaD5GQtlSM=",
		},
		{
			key2, "POST", "cdn.api.qcloud.com", hosts + "&Nonce=48059&Timestamp=1502197934&SignatureMethod=HmacSHA256",
			"yDLFFjPi/etyCrJf+35aHklFAqP0wD4K5nDjhGxz9Bk=",
		},
		{"secretKeyBar", "POST", "cvm.api.qcloud.com", cvm4 + "&SignatureMethod=HmacSHA1", "p3n+pxBqF5JGZtDSxoVn5tGngf0="},
		{"secretKeyBar", "GET", "cvm.api.qcloud.com", cvm4 + "&SignatureMethod=HmacSHA1", "5HAq1BOKNLEE2/uauWnp6Zv9Z3c="},
		{
			"secretKeyBar", "POST", "cvm.api.qcloud.com", cvm4 + "&SignatureMethod=HmacSHA256",
			"B2T37FRSP6Fk0/q/cdfrTE0p3zX5ooB/2BPWZUFpsj4=",
		},
		{key2, "GET", "cdn.api.qcloud.com", own, "VVvzQtMQEzxm+BXY14Kpx5tuVOg="},
		{key2, "POST", "cdn.api.qcloud.com", own, "iJiF6v+UOG1a/4FUcwWtvnKvQiQ="},
		{key2, "GET", "cdn.api.qcloud.com", own + "&SignatureMethod=HmacSHA1", "6zpbK5UL4dzoX2CRANeIVuqoFX0="},
		{key2, "POST", "cdn.api.qcloud.com", own + "&SignatureMethod=HmacSHA1", "/ZLhuT/GwCDLLdTgVAYKsOUaubA="},
		{key2, "GET", "cdn.api.qcloud.com", own + "&SignatureMethod=HmacSHA256", "YEbJGvMb6PvexGAOB+me2kEAeUbp+KSCq+uhLBbd5lc="},
		{key2, "POST", "cdn.api.qcloud.com", own + "&SignatureMethod=HmacSHA256", "AmZtkPimy1JfEqN+Vph/yR0AjcW7V5Y3KezUiGT2Jgs="},
	}
	for _, test := range tests {
		values, err := url.ParseQuery(test.params)
		if err != nil {
			t.Fatal(err)
		}
		params := map[string]string{"Signature": "does not count"}
		for name := range values {
			params[name] = values.Get(name)
		}
		if got := legacySignature(test.key, test.method, test.host, params); got != test.signature {
			t.Errorf("%s %s?%s: %s, want %s", test.method, test.host, test.params, got, test.signature)
		}
	}
}

func TestLegacyAcceptsPublishedVector(t *testing.T) {
	e := New(Options{
		SecretID:  "AKIDT8G5AsY1D3MChWooNq1rFSw1fyBVCX9D",
		SecretKey: "pxPgRWDbCy86ZYyqBTDk7WmeRZSmPco0",
		Clock:     clock.At(time.Unix(1462416887, 0)),
	})
	const query = "Action=GetCdnOverseaProvIspDetailStat&Nonce=123456789&SecretId=AKIDT8G5AsY1D3MChWooNq1rFSw1fyBVCX9D" +
		"&Timestamp=1462416887&date=2016-11-20&hosts.0=www.test.com&isps.0=-1&provs.0=57&statType=bandwidth" +
		"&Signature=VVvzQtMQEzxm%2BBXY14Kpx5tuVOg%3D"
	r := httptest.NewRequest(http.MethodGet, "https://cdn.api.qcloud.com/v2/index.php?"+query, http.NoBody)
	// The vector asks for a day that was still to come.
	if reply := askLegacy(t, e, r); reply.CodeDesc != float64(legacyBadDate) {
		t.Errorf("answered %+v, want code description %d", reply, legacyBadDate)
	}
}

func TestLegacySignature(t *testing.T) {
	timestamp := func(d time.Duration) string { return strconv.FormatInt(noon.Add(d).Unix(), 10) }
	forged := func(name, value string) *http.Request {
		form := legacyForm(http.MethodGet, legacyParams())
		form.Set(name, value)
		return legacyGet(form)
	}
	bit := legacyForm(http.MethodGet, legacyParams())
	flipped := []byte(bit.Get("Signature"))
	flipped[0] ^= 1
	tests := []struct {
		name string
		r    *http.Request
		code int
	}{
		{"accepted", legacyRequest(), 0},
		{"five minutes early", legacyRequest("Timestamp", timestamp(-5*time.Minute)), 0},
		{"too early", legacyRequest("Timestamp", timestamp(-5*time.Minute-time.Second)), 4500},
		{"too late", legacyRequest("Timestamp", timestamp(5*time.Minute+time.Second)), 4500},
		{
			"what the vendor's SDKs add",
			legacyRequest("Region", "gz", "RequestClient", "SDK_PYTHON_2.0.15", "SignatureMethod", "HmacSHA1",
				"Token", "t", "Version", "2017-03-12", "Language", "en-US"),
			0,
		},
		{"one bit off", forged("Signature", string(flipped)), 4100},
		{"signature of POST", legacyGet(legacyForm(http.MethodPost, legacyParams())), 4100},
		{"signature of another algorithm", forged("SignatureMethod", "HmacSHA256"), 4100},
		{"another host asked for", forged("hosts.0", "static.example.com"), 4100},
		{"unknown id", legacyRequest("SecretId", "AKIDnobody"), 4104},
		{"no id", legacyRequest("SecretId", ""), 4000},
		{"no action", legacyRequest("Action", ""), 4000},
		{"no timestamp", legacyRequest("Timestamp", ""), 4000},
		{"no nonce", legacyRequest("Nonce", ""), 4000},
		{"no signature", forged("Signature", ""), 4000},
		{"timestamp as text", legacyRequest("Timestamp", "2026-03-10"), 4000},
		{"negative nonce", legacyRequest("Nonce", "-1"), 4000},
		{"another action", legacyRequest("Action", "DescribeCdnHosts"), 4000},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := New(Options{Clock: clock.At(noon)})
			reply := askLegacy(t, e, test.r)
			if reply.Code != test.code || reply.CodeDesc == nil {
				t.Errorf("answered %+v, want code %d", reply, test.code)
			}
			call := e.CallsTo(CDNLegacy)[0]
			if refused := call.Code != ""; refused != (test.code != 0) || refused && call.Code != strconv.Itoa(test.code) {
				t.Errorf("recorded code %q", call.Code)
			}
		})
	}
}

func TestLegacyForms(t *testing.T) {
	params := legacyParams("provs.0", "57")
	form := legacyForm(http.MethodPost, params)
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

	want := askLegacy(t, unlimited(noon), legacyGet(legacyForm(http.MethodGet, params)))
	for name, r := range map[string]*http.Request{"urlencoded": urlencoded, "multipart": multipartForm} {
		if diff := cmp.Diff(want, askLegacy(t, unlimited(noon), r)); diff != "" || want.Code != 0 {
			t.Errorf("%s: code %d, %s", name, want.Code, diff)
		}
	}
	broken := legacyRequest()
	broken.URL.RawQuery += "&hosts.0=www.example.com"
	if reply := askLegacy(t, unlimited(noon), broken); reply.Code != 4000 {
		t.Errorf("a parameter twice: %+v", reply)
	}
	broken.URL.RawQuery = "a=%zz"
	if reply := askLegacy(t, unlimited(noon), broken); reply.Code != 4000 {
		t.Errorf("broken escape: %+v", reply)
	}
}

func TestLegacyToken(t *testing.T) {
	for token, want := range map[string]int{"": 4105, "other": 4105, "example-token": 0} {
		e := New(Options{Clock: clock.At(noon), Token: "example-token"})
		if reply := askLegacy(t, e, legacyRequest("Token", token)); reply.Code != want {
			t.Errorf("token %q: %+v, want %d", token, reply, want)
		}
	}
}

func TestLegacyNonce(t *testing.T) {
	now := noon
	e := New(Options{Clock: clock.Func(func() time.Time { return now })})
	ask := func(nonce string) int {
		timestamp := strconv.FormatInt(now.Unix(), 10)
		return askLegacy(t, e, legacyRequest("Nonce", nonce, "Timestamp", timestamp)).Code
	}
	if got := []int{ask("1"), ask("2"), ask("1")}; !cmp.Equal(got, []int{0, 0, 4500}) {
		t.Errorf("codes %v", got)
	}
	now = now.Add(11 * time.Minute)
	if got := ask("1"); got != 0 || len(e.nonces.used) != 1 {
		t.Errorf("code %d for an old nonce, %d kept", got, len(e.nonces.used))
	}
}

func TestLegacyRateLimit(t *testing.T) {
	now, nonce := noon, 0
	e := New(Options{Clock: clock.Func(func() time.Time { return now })})
	ask := func() int {
		nonce++
		return askLegacy(t, e, legacyRequest("Nonce", strconv.Itoa(nonce), "isps.0", "0")).Code
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

func TestLegacyParameters(t *testing.T) {
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
			reply := askLegacy(t, unlimited(noon), legacyRequest(test.changes...))
			if reply.CodeDesc != test.want || (reply.Code == 4000) == (test.want == "Success") {
				t.Errorf("answered %+v, want code description %v", reply, test.want)
			}
			if number, ok := test.want.(float64); ok && !strings.HasPrefix(reply.Message, "("+strconv.Itoa(int(number))+")") {
				t.Errorf("message %q does not begin with (%v)", reply.Message, number)
			}
		})
	}
	params := legacyParams()
	params["hosts.1"] = ""
	if reply := askLegacy(t, unlimited(noon), legacyGet(legacyForm(http.MethodGet, params))); reply.CodeDesc != 9003. {
		t.Errorf("empty host: answered %+v", reply)
	}
	if reply := askLegacy(t, unlimited(noon), legacyRequest("hosts.0", "missing.example.com")); reply.Message !=
		"(9110)没有这个域名的信息 cdn no such host" {
		t.Errorf("message %q", reply.Message)
	}
}

func TestLegacyRegions(t *testing.T) {
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

func TestLegacyWithoutData(t *testing.T) {
	for name, changes := range map[string][]string{
		"idle host":          {"hosts.0", "idle.example.com"},
		"region without any": {"provs.0", "-3"},
		"another carrier":    {"isps.0", "2"},
	} {
		reply := askLegacy(t, unlimited(noon), legacyRequest(changes...))
		if reply.Code != 0 || string(reply.Data.ProvData) != "[]" || reply.Data.Date != "2026-03-09" {
			t.Errorf("%s: answered %+v with prov_data %s", name, reply, reply.Data.ProvData)
		}
	}
}

func TestLegacyStatistics(t *testing.T) {
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

func TestLegacyToday(t *testing.T) {
	day := time.Date(2026, 3, 10, 0, 0, 0, 0, chinaTime)
	for _, test := range []struct {
		at   time.Duration
		want int64
	}{
		{12 * time.Hour, 138},
		{12*time.Hour + 5*time.Minute - time.Second, 138},
		{12*time.Hour + 5*time.Minute, 139},
		{34*time.Minute + 59*time.Second, 0},
		{35 * time.Minute, 1},
		{24*time.Hour + 29*time.Minute, 287},
		{24*time.Hour + 30*time.Minute, 288},
		{100 * time.Hour, 288},
	} {
		if got := legacySlots(day, day.Add(test.at)); got != test.want {
			t.Errorf("%d slots after %v, want %d", got, test.at, test.want)
		}
	}
	if got := len(thailand[[]float64](t, "flux", "date", "2026-03-10")); got != 138 {
		t.Errorf("%d values at noon, want 138", got)
	}
}

func TestLegacyOverride(t *testing.T) {
	e := New(Options{Clock: clock.At(noon), Override: func(api API, w http.ResponseWriter, _ *http.Request) bool {
		writeJSON(w, http.StatusOK, legacyAnswer{Code: 6000, Message: string(api)})
		return true
	}})
	if reply := askLegacy(t, e, legacyRequest()); reply.Code != 6000 || reply.Message != "cdn_legacy" {
		t.Errorf("answered %+v", reply)
	}
}
