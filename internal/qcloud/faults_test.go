// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// metered is an emulator that enforces the vendor's limits in the virtual time in which clients sign their requests. No
// virtual time passes during a request.
type metered struct {
	*emulator.Emulator
	url string
	now atomic.Pointer[time.Time]

	mu     sync.Mutex
	signed []time.Time
}

func newMetered(t *testing.T) *metered {
	t.Helper()
	m := &metered{}
	m.Emulator = emulator.New(emulator.Options{Clock: clock.Func(func() time.Time { return *m.now.Load() })})
	m.url = serve(t, m.Emulator)
	return m
}

// sign records that a request is signed and returns its nonce.
func (m *metered) sign() uint64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	m.now.Store(&now)
	m.signed = append(m.signed, now)
	return uint64(len(m.signed))
}

// most returns the largest number of requests that were signed within any window.
func (m *metered) most(window time.Duration) int {
	slices.SortFunc(m.signed, time.Time.Compare)
	most := 0
	for i, from := range m.signed {
		end, _ := slices.BinarySearchFunc(m.signed, from.Add(window), time.Time.Compare)
		most = max(most, end-i)
	}
	return most
}

// read makes concurrent calls with several clients without retries. All calls must succeed. Each client has its own limiter
// for the share of the quota.
func (m *metered) read(t *testing.T, calls, clients int, share float64) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var all []*qcloud.Client
		for range clients {
			c := configOf(t, m.url)
			c.Clock = clock.NewCorrected(clock.System{})
			c.Policy.Limiter, c.Policy.MaxRetries = transport.NewLimiter(qcloud.Quota, share), 0
			c.Nonce = m.sign
			all = append(all, qcloud.New(c))
		}
		// Virtual time begins in the year 2000.
		request := qcloud.OverseaISPDetailRequest{Dates: []string{"1999-12-31"}, Hosts: []string{"www.example.com"}, Provs: []int64{57}}
		var group sync.WaitGroup
		for i := range calls {
			group.Go(func() {
				if _, err := all[i%clients].OverseaISPDetail(t.Context(), request); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	})
}

func TestTheQuotaIsKept(t *testing.T) {
	for share, allowed := range map[float64]int{0.8: 80, 1: 100} {
		t.Run(fmt.Sprintf("share of %v", share), func(t *testing.T) {
			m := newMetered(t)
			m.read(t, 150, 1, share)
			if got := m.most(time.Minute); got > allowed {
				t.Errorf("%d calls within a minute, want at most %d", got, allowed)
			}
			if got := codes(m.Emulator); !slices.Equal(got, make([]string, 150)) {
				t.Errorf("%d calls with the codes %q, want 150 that are not refused", len(got), got)
			}
		})
	}
	t.Run("101st call in a minute", func(t *testing.T) {
		m := newMetered(t)
		m.read(t, 150, 2, 1) // Two clients do not share a limiter.
		got := codes(m.Emulator)
		refused := slices.DeleteFunc(slices.Clone(got), func(code string) bool { return code != "4400" })
		if len(refused) == 0 || len(got)-len(refused) != 150 {
			t.Errorf("%d calls, %d of them refused with 4400; want 150 that are not", len(got), len(refused))
		}
	})
}

func TestReplaysAreRetriedWithANewNonce(t *testing.T) {
	request := qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-10"}, Hosts: []string{"www.example.com"}}
	t.Run("is retried", func(t *testing.T) {
		server := emulator.New(emulator.Options{Clock: clock.At(now)})
		address := serve(t, server)
		synctest.Test(t, func(t *testing.T) {
			config := configOf(t, address)
			nonces := []uint64{1, 1, 2} // Like the vendor, the emulator refuses a repeated one.
			config.Nonce = func() uint64 {
				nonce := nonces[0]
				nonces = nonces[1:]
				return nonce
			}
			c := qcloud.New(config)
			for range 2 {
				if _, err := c.OverseaISPDetail(t.Context(), request); err != nil {
					t.Fatal(err)
				}
			}
		})
		if diff := cmp.Diff([]string{"", "4500", ""}, codes(server)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("every attempt has its own signature", func(t *testing.T) {
		server := &replies{status: http.StatusOK, bodies: []string{`{"code": 4500}`, `{"code": 6000}`, `{"code": 0, "data": {}}`}}
		address := serve(t, server)
		synctest.Test(t, func(t *testing.T) {
			config := configOf(t, address)
			signed := now
			config.Clock = clock.NewCorrected(clock.Func(func() time.Time {
				signed = signed.Add(time.Second)
				return signed
			}))
			if _, err := qcloud.New(config).OverseaISPDetail(t.Context(), request); err != nil {
				t.Fatal(err)
			}
		})
		for _, name := range []string{"Nonce", "Timestamp", "Signature"} {
			seen := make(map[string]bool)
			for _, form := range server.forms {
				seen[form.Get(name)] = true
			}
			if len(seen) != 3 {
				t.Errorf("%d attempts have %d values of %s, want 3 of 3", len(server.forms), len(seen), name)
			}
		}
	})
}

func TestEveryFormOfSuccessIsRead(t *testing.T) {
	for _, head := range []string{
		`"code": 0`, `"code": "0"`, `"code": 0.0`, `"code": 0, "codeDesc": "Success", "message": null`, `"code": 0, "codeDesc": 0`,
		`"code": "0", "codeDesc": null, "message": ""`,
	} {
		server := &replies{status: http.StatusOK, bodies: []string{`{` + head + `, "data": {"prov_data": []}}`}}
		series, err := qcloud.New(config(t, server)).OverseaISPDetail(t.Context(), aDay)
		if err != nil || len(series) != 0 {
			t.Errorf("%s: %v, %v; want no series", head, series, err)
		}
	}
}

func TestMissingRegionsAndHostsAreNoError(t *testing.T) {
	c := qcloud.New(config(t, emulator.New(emulator.Options{Clock: clock.At(now)})))
	for name, test := range map[string]struct {
		hosts []string
		provs []int64
		want  []string
	}{
		"region": {[]string{"www.example.com"}, []int64{57, -3, 1044}, []string{"www.example.com 57", "www.example.com 1044"}},
		"host":   {[]string{"idle.example.com", "www.example.com"}, []int64{57}, []string{"www.example.com 57"}},
		"all":    {[]string{"idle.example.com"}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			request := qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-10"}, Hosts: test.hosts, Provs: test.provs}
			series, err := c.OverseaISPDetail(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range series {
				got = append(got, fmt.Sprint(s.Host, " ", s.ProvID))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOtherNestingsAndUnknownCodesAreRead(t *testing.T) {
	const region = `{"code": 0, "data": {"prov_data": {"www.example.com": [{"id": %s, "name": "境外其他地区", "isp_value": %s}]}}}`
	for name, test := range map[string]struct {
		id, values string
		want       []string
	}{
		"codes as a map":                {"57", `{"statuscode": {"-1": {"404": [1], "2XX": [2]}}}`, []string{"57 -1 404=1", "57 -1 2XX=2"}},
		"codes as a list":               {"57", `{"statuscode": [{"404": [1]}]}`, []string{"57 0 404=1"}},
		"codes above carriers":          {"57", `{"404": {"-1": [1]}}`, []string{"57 -1 404=1"}},
		"no codes":                      {"57", `{"statuscode": {"-1": [1]}}`, []string{"57 -1 =1"}},
		"unknown region":                {"9999", `{"statuscode": {"-1": {"404": [1]}}}`, []string{"9999 -1 404=1"}},
		"unknown region, as text":       {`"9999"`, `{"statuscode": {"-1": {"404": [1]}}}`, []string{"9999 -1 404=1"}},
		"unknown carrier, unknown code": {"-2", `{"statuscode": {"43": {"999": ["1"]}}}`, []string{"-2 43 999=1"}},
	} {
		t.Run(name, func(t *testing.T) {
			server := &replies{status: http.StatusOK, bodies: []string{fmt.Sprintf(region, test.id, test.values)}}
			series, err := qcloud.New(config(t, server)).OverseaISPDetail(t.Context(), qcloud.OverseaISPDetailRequest{Dates: aDay.Dates, StatType: "statuscode"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range series {
				got = append(got, fmt.Sprintf("%d %d %s=%s", s.ProvID, *s.ISPID, s.StatusCode, s.Values[0]))
				if s.ProvName != "境外其他地区" {
					t.Errorf("name %q, want it unchanged", s.ProvName)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The vendor's data has a delay of half an hour.
func TestTheCurrentDayIsIncomplete(t *testing.T) {
	for at, want := range map[string]int{
		"2026-01-15T00:10:00+08:00": 0, "2026-01-15T00:35:00+08:00": 1, "2026-01-15T20:00:00+08:00": 234, "2026-01-16T00:30:00+08:00": 288,
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		config := config(t, emulator.New(emulator.Options{Clock: clock.At(moment)}))
		config.Clock = clock.NewCorrected(clock.At(moment))
		request := qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-15"}, Hosts: []string{"www.example.com"}, Provs: []int64{57}}
		series, err := qcloud.New(config).OverseaISPDetail(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, s := range series {
			got += len(s.Values)
		}
		if got != want {
			t.Errorf("at %s: %d values, want %d", at, got, want)
		}
	}
}

// Throttling by the API's own codes or those of its CDN module uses no retry.
func TestThrottledCallsWait(t *testing.T) {
	for name, throttled := range map[string]func(http.ResponseWriter){
		"own code": func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"code": 4400, "message": "too many"}`) },
		"module": func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, `{"code": 4000, "message": "(9163) too frequent"}`)
		},
		"another module": func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"code": 5100, "codeDesc": 22063}`) },
		"status":         func(w http.ResponseWriter) { w.WriteHeader(http.StatusTooManyRequests) },
		"status with code": func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = io.WriteString(w, `{"code": 5000}`)
		},
	} {
		for retryAfter, want := range map[string][2]time.Duration{
			"50": {100 * time.Second, 100 * time.Second},
			// Without the header, the pauses are up to half a second and up to a second.
			"": {750 * time.Millisecond, 1500 * time.Millisecond},
		} {
			calls := 0
			address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				calls++
				if calls > 2 {
					_, _ = io.WriteString(w, `{"code": 0, "data": {}}`)
					return
				}
				w.Header().Set("Retry-After", retryAfter)
				throttled(w)
			}))
			synctest.Test(t, func(t *testing.T) {
				started := time.Now()
				config := configOf(t, address)
				config.Policy.MaxRetries = 0
				if _, err := qcloud.New(config).OverseaISPDetail(t.Context(), aDay); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if took := time.Since(started); took < want[0] || took > want[1] || calls != 3 {
					t.Errorf("%s, Retry-After %q: %d calls in %s, want 3 in %s", name, retryAfter, calls, took, want)
				}
			})
		}
	}
}
