// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"crypto/sha1"
	"crypto/sha256"
	"hash"
	"strings"
	"testing"
)

// The keys in the vendor's published examples.
const (
	exampleKey    = "Gu5t9xGARNpq86cd98joQYCN3Cozk1qA"
	exampleCDNKey = "pxPgRWDbCy86ZYyqBTDk7WmeRZSmPco0"
)

// vector is a signature that the vendor or its SDK published, or one made with a published key.
type vector struct {
	key        string
	method     string
	host       string
	parameters string // as in a query, in any order
	algorithm  func() hash.Hash
	want       string
}

const (
	hosts10771 = "Action=DescribeCdnHosts&Nonce=48059&SecretId=AKIDT8G5AsY1D3MChWooNq1rFSw1fyBVCX9D&SignatureMethod=HmacSHA256" +
		"&Timestamp=1502197934&limit=10&offset=0"
	hosts13029 = "limit=10&offset=0&Action=DescribeCdnHosts&Nonce=13029&SecretId=AKIDT8G5AsY1D3MChWooNq1rFSw1fyBVCX9D&Timestamp=1463122059"
	instances  = "Action=DescribeInstances&Nonce=1290303896666895346&Region=ap-guangzhou&SecretId=secretIdFoo&Timestamp=1512393162" +
		"&Version=2017-03-12"
	detail = "date=2016-11-20&hosts.0=www.test.com&isps.0=-1&provs.0=57&statType=bandwidth&Action=GetCdnOverseaProvIspDetailStat" +
		"&Nonce=123456789&SecretId=AKIDT8G5AsY1D3MChWooNq1rFSw1fyBVCX9D&Timestamp=1462416887"
	methodSHA1   = "&SignatureMethod=HmacSHA1"
	methodSHA256 = "&SignatureMethod=HmacSHA256"
)

var vectors = []vector{
	{
		exampleKey, "GET", "cvm.api.qcloud.com",
		"Action=DescribeInstances&Nonce=11886&Region=gz&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&Timestamp=1465185768" +
			"&instanceIds.0=ins-09dx96dg&limit=20&offset=0",
		sha1.New, "NSI3UqqD99b/UJb4tbG/xZpRW64=",
	},
	{exampleCDNKey, "GET", "cdn.api.qcloud.com", hosts13029, sha1.New, "bWMMAR1eFGjZ5KWbfxTlBiLiNLc="},
	{exampleCDNKey, "POST", "cdn.api.qcloud.com", hosts13029, sha1.New, "i/KcLp6VaOtUmVtT0dqtLpKJOkg="},
	{exampleCDNKey, "GET", "cdn.api.qcloud.com", hosts10771, sha256.New, "b/HlnO7vWEtR/kf21BvF0fX4vGmIThwWxlaD5GQtlSM="},
	{exampleCDNKey, "POST", "cdn.api.qcloud.com", hosts10771, sha256.New, "yDLFFjPi/etyCrJf+35aHklFAqP0wD4K5nDjhGxz9Bk="},
	{"secretKeyBar", "POST", "cvm.api.qcloud.com", instances + methodSHA1, sha1.New, "p3n+pxBqF5JGZtDSxoVn5tGngf0="},
	{"secretKeyBar", "GET", "cvm.api.qcloud.com", instances + methodSHA1, sha1.New, "5HAq1BOKNLEE2/uauWnp6Zv9Z3c="},
	{"secretKeyBar", "POST", "cvm.api.qcloud.com", instances + methodSHA256, sha256.New, "B2T37FRSP6Fk0/q/cdfrTE0p3zX5ooB/2BPWZUFpsj4="},
	{exampleCDNKey, "GET", "cdn.api.qcloud.com", detail, sha1.New, "VVvzQtMQEzxm+BXY14Kpx5tuVOg="},
	{exampleCDNKey, "POST", "cdn.api.qcloud.com", detail, sha1.New, "iJiF6v+UOG1a/4FUcwWtvnKvQiQ="},
	{exampleCDNKey, "GET", "cdn.api.qcloud.com", detail + methodSHA1, sha1.New, "6zpbK5UL4dzoX2CRANeIVuqoFX0="},
	{exampleCDNKey, "POST", "cdn.api.qcloud.com", detail + methodSHA1, sha1.New, "/ZLhuT/GwCDLLdTgVAYKsOUaubA="},
	{exampleCDNKey, "GET", "cdn.api.qcloud.com", detail + methodSHA256, sha256.New, "YEbJGvMb6PvexGAOB+me2kEAeUbp+KSCq+uhLBbd5lc="},
	{exampleCDNKey, "POST", "cdn.api.qcloud.com", detail + methodSHA256, sha256.New, "AmZtkPimy1JfEqN+Vph/yR0AjcW7V5Y3KezUiGT2Jgs="},
}

func TestSignature(t *testing.T) {
	for _, v := range vectors {
		parameters := make(map[string]string)
		for parameter := range strings.SplitSeq(v.parameters, "&") {
			name, value, _ := strings.Cut(parameter, "=")
			parameters[name] = value
		}
		text := canonical(v.method, v.host, parameters)
		if got := signWith(v.algorithm, v.key, text); got != v.want {
			t.Errorf("signature %s, want %s, of %s", got, v.want, text)
		}
	}
}

func TestSignUsesSHA256(t *testing.T) {
	if got, want := sign("key", "text"), signWith(sha256.New, "key", "text"); got != want {
		t.Errorf("sign = %s, want %s", got, want)
	}
}

func TestCanonical(t *testing.T) {
	for _, test := range []struct {
		host       string
		parameters map[string]string
		want       string
	}{
		{"cdn.example.com", nil, "POSTcdn.example.com/v2/index.php"},
		{"127.0.0.1:8080", map[string]string{"b": "2", "a": "", "B": "&= ü"}, "POST127.0.0.1:8080/v2/index.php?B=&= ü&a=&b=2"},
		{"cdn.example.com", map[string]string{"a_b": "x_y"}, "POSTcdn.example.com/v2/index.php?a.b=x_y"},
	} {
		if got := canonical("POST", test.host, test.parameters); got != test.want {
			t.Errorf("canonical = %s, want %s", got, test.want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add("Action", "DescribeCdnHosts", "limit", "10")
	f.Add("hosts.1", "b.example.com", "hosts.0", "a.example.com")
	f.Add("a_b", "&", "a.b", "=")
	f.Add("", "", "\xff", "\x00")
	f.Fuzz(func(t *testing.T, name, value, otherName, otherValue string) {
		if name == otherName {
			return
		}
		first := strings.ReplaceAll(name, "_", ".") + "=" + value
		second := strings.ReplaceAll(otherName, "_", ".") + "=" + otherValue
		if otherName < name {
			first, second = second, first
		}
		want := "GETcdn.example.com/v2/index.php?" + first + "&" + second
		got := canonical("GET", "cdn.example.com", map[string]string{name: value, otherName: otherValue})
		if got != want {
			t.Errorf("canonical = %q, want %q", got, want)
		}
	})
}
