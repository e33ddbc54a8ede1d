// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

func TestPublishedVectorsHaveTheirSignatures(t *testing.T) {
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
		if got := sign(test.key, test.method, test.host, params); got != test.signature {
			t.Errorf("%s %s?%s: %s, want %s", test.method, test.host, test.params, got, test.signature)
		}
	}
}

func TestOldNoncesAreForgotten(t *testing.T) {
	var n nonces
	now := time.Unix(1, 0)
	got := []bool{n.use("1", now), n.use("1", now), n.use("1", now.Add(11*time.Minute))}
	if !slices.Equal(got, []bool{true, false, true}) || len(n.used) != 1 {
		t.Errorf("new: %v, %d kept", got, len(n.used))
	}
}

func TestSlotsAreCountedLate(t *testing.T) {
	day := time.Date(2026, 3, 10, 0, 0, 0, 0, figures.ChinaTime)
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
		if got := countedSlots(day, day.Add(test.at)); got != test.want {
			t.Errorf("%d slots after %v, want %d", got, test.at, test.want)
		}
	}
}
