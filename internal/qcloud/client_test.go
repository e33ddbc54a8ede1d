// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

var now = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// aDay is the smallest valid request.
var aDay = qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-10"}}

// config returns the configuration of a client with two retries.
func config(t *testing.T, handler http.Handler) qcloud.Config {
	t.Helper()
	return configOf(t, serve(t, handler))
}

// serve starts a server and returns its URL. Connections end with the answer, so that in a synctest bubble no virtual
// time passes during a call, and time passes between calls.
func serve(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil // It would be the time of this machine, unless the handler sets one.
		handler.ServeHTTP(w, r)
	}))
	server.Config.SetKeepAlivesEnabled(false)
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

func configOf(t *testing.T, endpoint string) qcloud.Config {
	t.Helper()
	client := transport.NewClient("test")
	t.Cleanup(client.Close)
	return qcloud.Config{
		Endpoint:   endpoint,
		Credential: key(emulator.DefaultSecretID, emulator.DefaultSecretKey, ""),
		HTTP:       client,
		Policy:     transport.Policy{API: "cdn_legacy", Limiter: transport.NewLimiter(qcloud.Quota, 1), MaxRetries: 2},
		Clock:      clock.NewCorrected(clock.At(now)),
	}
}

func key(secretID, secretKey, token string) func(context.Context) (string, string, string, error) {
	return func(context.Context) (string, string, string, error) { return secretID, secretKey, token, nil }
}

// replies is a server that returns one body after the other and keeps the received forms.
type replies struct {
	status int
	bodies []string
	forms  []url.Values
}

func (s *replies) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		panic(err)
	}
	body := s.bodies[min(len(s.forms), len(s.bodies)-1)]
	s.forms = append(s.forms, r.PostForm)
	w.Header()["Date"] = nil // It would be the time of the local machine.
	w.WriteHeader(s.status)
	_, _ = io.WriteString(w, body)
}

func TestOverseaISPDetailSendsTheGivenFields(t *testing.T) {
	for name, test := range map[string]struct {
		token   string
		request qcloud.OverseaISPDetailRequest
		want    url.Values
	}{
		"a day": {"", aDay, url.Values{"date": {"2026-01-10"}}},
		"everything": {
			"example token",
			qcloud.OverseaISPDetailRequest{
				Dates: []string{"2026-01-10"}, Hosts: []string{"a.example.com", "b.example.com"}, Provs: []int64{57, -3}, ISPs: []int64{-1},
				StatType: "flux",
			},
			url.Values{
				"Token": {"example token"}, "date": {"2026-01-10"}, "hosts.0": {"a.example.com"}, "hosts.1": {"b.example.com"},
				"provs.0": {"57"}, "provs.1": {"-3"}, "isps.0": {"-1"}, "statType": {"flux"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := &replies{status: http.StatusOK, bodies: []string{`{"code": 0, "data": []}`}}
			c := config(t, server)
			c.Credential = key("AKIDexample", "example key", test.token)
			c.Nonce = func() uint64 { return 4711 }
			if _, err := qcloud.New(c).OverseaISPDetail(t.Context(), test.request); err != nil {
				t.Fatal(err)
			}
			got := server.forms[0]
			if got.Get("Signature") == "" {
				t.Error("there is no Signature")
			}
			got.Del("Signature")
			for name, value := range map[string]string{
				"Action": "GetCdnOverseaProvIspDetailStat", "SecretId": "AKIDexample", "SignatureMethod": "HmacSHA256",
				"Nonce": "4711", "Timestamp": "1768478400",
			} {
				test.want.Set(name, value)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// These errors end a read at the first answer.
func TestOverseaISPDetailErrors(t *testing.T) {
	for name, test := range map[string]struct {
		status     int
		body       string
		want       string
		moduleCode string
	}{
		"module": {
			http.StatusOK, `{"code": 4000, "message": "(9110)没有这个域名的信息 cdn no such\u0007 host", "codeDesc": 9110}`,
			"code 4000: (9110)没有这个域名的信息 cdn no such host", "9110",
		},
		"module in the message only": {http.StatusOK, `{"code": "5100", "message": "(100004)failed"}`, "code 5100: (100004)failed", "100004"},
		"negative module":            {http.StatusOK, `{"code": 5100, "message": "x (-9009)", "codeDesc": "Error"}`, "code 5100: x (-9009)", "-9009"},
		"module in codeDesc only":    {http.StatusOK, `{"code": 4000, "message": "(5) bad", "codeDesc": "9003"}`, "code 4000: (5) bad", "9003"},
		"no message":                 {http.StatusOK, `{"code": 4104, "codeDesc": "InvalidSecretId"}`, "code 4104: InvalidSecretId", ""},
		"no text at all":             {http.StatusOK, `{"code": 4104}`, "code 4104: no message", ""},
		"envelope with a status":     {http.StatusForbidden, `{"code": 4300, "message": "denied"}`, "code 4300: denied", ""},
		"status and success":         {http.StatusBadRequest, `{"code": 0}`, `HOST responded with HTTP 400 Bad Request: {"code": 0}`, ""},
		"status and page":            {http.StatusNotFound, "<title>Gone</title>", `HOST responded with HTTP 404 Not Found: a page titled "Gone"`, ""},
		"no code":                    {http.StatusOK, `{"data": {}}`, `malformed response from HOST: there is no number "code" in it`, ""},
		"a word as code":             {http.StatusOK, `{"code": "Success"}`, `malformed response from HOST: there is no number "code" in it`, ""},
		"no data":                    {http.StatusOK, `{"code": 0}`, `malformed response from HOST: unexpected value: $.data: data is missing`, ""},
		"page":                       {http.StatusOK, "<title>Sign in</title>", `malformed response from HOST: not JSON (text/html): a page titled "Sign in"`, ""},
		"a list": {
			http.StatusOK, `[]`,
			"malformed response from HOST: not the JSON that is documented: $: unexpected array", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := &replies{status: test.status, bodies: []string{test.body}}
			c := config(t, server)
			series, err := qcloud.New(c).OverseaISPDetail(t.Context(), aDay)
			if err == nil {
				t.Fatalf("%+v, want an error", series)
			}
			host := strings.TrimPrefix(c.Endpoint, "http://")
			if got := strings.ReplaceAll(err.Error(), host, "HOST"); got != test.want {
				t.Errorf("error %s\n want %s", got, test.want)
			}
			if got := (&qcloud.APIError{}); errors.As(err, &got) && got.ModuleCode != test.moduleCode {
				t.Errorf("module code %q, want %q", got.ModuleCode, test.moduleCode)
			}
			if len(server.forms) != 1 {
				t.Errorf("%d calls, want 1", len(server.forms))
			}
		})
	}
}

func TestAPIErrorJudge(t *testing.T) {
	for _, test := range []struct {
		status       int
		code, module string
		want         transport.Verdict
	}{
		{http.StatusOK, "4400", "", transport.Throttled},
		{http.StatusOK, "4000", "9163", transport.Throttled},
		{http.StatusOK, "5100", "22063", transport.Throttled},
		{http.StatusTooManyRequests, "4000", "", transport.Throttled},
		{http.StatusOK, "4500", "", transport.Retry},
		{http.StatusOK, "6000", "", transport.Retry},
		{http.StatusOK, "6200", "", transport.Retry},
		{http.StatusOK, "4000", "9000", transport.Retry},
		{http.StatusOK, "5100", "-9014", transport.Retry},
		{http.StatusOK, "6000", "25002", transport.Final},
		{http.StatusOK, "6000", "23103", transport.Final},
		{http.StatusOK, "4300", "25010", transport.Final},
		{http.StatusOK, "6000", "9111", transport.Final},
		{http.StatusOK, "6000", "9110", transport.Retry},
		{http.StatusBadGateway, "5000", "", transport.Retry},
		{http.StatusOK, "4000", "9110", transport.Final},
		{http.StatusOK, "4100", "", transport.Final},
		{http.StatusOK, "6100", "", transport.Final},
	} {
		e := &qcloud.APIError{Status: test.status, Code: test.code, ModuleCode: test.module}
		if got := e.Judge().Verdict; got != test.want {
			t.Errorf("HTTP %d code %s (%s): verdict %d, want %d", test.status, test.code, test.module, got, test.want)
		}
	}
}

// codes returns the error codes of the calls to an emulator. The code of a success is empty.
func codes(e *emulator.Emulator) []string {
	var codes []string
	calls := e.Calls()
	for i := range calls {
		codes = append(codes, calls[i].Code)
	}
	return codes
}

// The client is 20 minutes behind the emulator, which reports a replay, and behind servers that report an expired or a wrong
// signature.
func TestOverseaISPDetailLearnsTheTime(t *testing.T) {
	request := qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-10"}, Hosts: []string{"www.example.com"}}
	t.Run("emulator", func(t *testing.T) {
		server := emulator.New(emulator.Options{Clock: clock.At(now.Add(20 * time.Minute))})
		config := config(t, server)
		config.Policy.MaxRetries = 0
		c := qcloud.New(config)
		for range 2 {
			if _, err := c.OverseaISPDetail(t.Context(), request); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff([]string{"4500", "", ""}, codes(server)); diff != "" {
			t.Error(diff)
		}
	})
	for _, code := range []string{"4100", "4200"} {
		t.Run(code, func(t *testing.T) {
			calls := 0
			c := qcloud.New(config(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				calls++
				w.Header().Set("Date", now.Add(20*time.Minute).Format(http.TimeFormat))
				_, _ = fmt.Fprintf(w, `{"code": %s}`, code)
			})))
			_, err := c.OverseaISPDetail(t.Context(), request)
			var got *qcloud.APIError
			if !errors.As(err, &got) || got.Code != code || calls != 2 {
				t.Errorf("error %v after %d calls, want code %s after one more call", err, calls, code)
			}
		})
	}
}

func TestAClockThatIsDaysOffIsAnError(t *testing.T) {
	server := now.AddDate(0, 0, 3)
	for _, code := range []string{"4100", "4200", "4500"} {
		calls := 0
		c := qcloud.New(config(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			calls++
			w.Header().Set("Date", server.Format(http.TimeFormat))
			_, _ = fmt.Fprintf(w, `{"code": %s}`, code)
		})))
		_, err := c.OverseaISPDetail(t.Context(), aDay)
		skew, ok := errors.AsType[*clock.SkewError](err)
		if !ok || !skew.Local.Equal(now) || !skew.Server.Equal(server) || calls != 1 {
			t.Errorf("%s: error %v after %d calls, want one call and both times", code, err, calls)
		}
		if got, ok := errors.AsType[*qcloud.APIError](err); !ok || got.Code != code {
			t.Errorf("%s: error %v does not hold the code", code, err)
		}
	}
}

// Joined with spaces, the parameters of both requests are equal.
func TestDifferentRequestsDoNotShareAnAnswer(t *testing.T) {
	server := &replies{status: http.StatusOK, bodies: []string{`{"code": 0, "data": {"prov_data": []}}`}}
	config := config(t, server)
	config.Policy.Memo = transport.NewMemo()
	c := qcloud.New(config)
	for _, hosts := range [][]string{{"a.example.com", "b.example.com"}, {"a.example.com hosts.1:b.example.com"}} {
		request := qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-10"}, Hosts: hosts}
		for range 2 {
			if _, err := c.OverseaISPDetail(t.Context(), request); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(server.forms) != 2 {
		t.Errorf("%d calls for 2 different requests", len(server.forms))
	}
}

func TestOverseaISPDetailReturnsTheCredentialsError(t *testing.T) {
	config := config(t, http.NotFoundHandler())
	none := errors.New("no credential")
	config.Credential = func(context.Context) (string, string, string, error) { return "", "", "", none }
	if _, err := qcloud.New(config).OverseaISPDetail(t.Context(), aDay); !errors.Is(err, none) {
		t.Errorf("error %v, want %v", err, none)
	}
}

func TestErrorsHoldNoSecret(t *testing.T) {
	for _, endpoint := range []string{"", "http://127.0.0.1:1", "http://cdn.example.com:port", "://"} {
		config := config(t, http.NotFoundHandler())
		if endpoint != "" {
			config.Endpoint = endpoint
		}
		config.Credential = key("canary-id", "canary-key", "canary-token")
		_, err := qcloud.New(config).OverseaISPDetail(t.Context(), aDay)
		if err == nil || strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "/v2/") {
			t.Errorf("%s: error %v, want one without key, token and URL", config.Endpoint, err)
		}
	}
}

func TestOverseaISPDetailFromTheEmulator(t *testing.T) {
	server := emulator.New(emulator.Options{Clock: clock.At(now), Token: "example token"})
	config := config(t, server)
	config.Credential = key(emulator.DefaultSecretID, emulator.DefaultSecretKey, "example token")
	c := qcloud.New(config)
	for _, statType := range []string{"", "bandwidth", "requests", "flux", "statuscode", "dlspeed", "dltime", "hitrate"} {
		series, err := c.OverseaISPDetail(t.Context(), qcloud.OverseaISPDetailRequest{
			Dates: []string{"2026-01-10"}, Hosts: []string{"www.example.com", "idle.example.com"}, Provs: []int64{57, -3}, ISPs: []int64{-1},
			StatType: statType,
		})
		if err != nil {
			t.Fatal(err)
		}
		if statType == "statuscode" != (len(series) > 1) || len(series) == 0 {
			t.Errorf("%s: %d series, want one, or one for each status code", statType, len(series))
		}
		for _, s := range series {
			if s.Host != "www.example.com" || s.ProvID != 57 || s.ProvName != "泰国" || *s.ISPID != -1 || len(s.Values) != 288 {
				t.Errorf("%s: %s in %d %s with %d: %d values", statType, s.Host, s.ProvID, s.ProvName, *s.ISPID, len(s.Values))
			}
		}
	}
}
