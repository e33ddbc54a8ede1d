// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// vector is the vendor's published example of an API 3.0 signature. It signs the headers content-type and host. See https://cloud.tencent.com/document/product/215/36792.
var vector = struct {
	id, key, service, host, contentType, payload, authorization string
	time                                                        time.Time
}{
	id:          "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
	key:         "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
	service:     "cvm",
	host:        "cvm.tencentcloudapi.com",
	contentType: "application/json; charset=utf-8",
	payload:     `{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
	authorization: "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, " +
		"SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
	time: time.Unix(1551113065, 0),
}

// tc3 signs as documented by the vendor. It shares no code with the calls.
func tc3(id, key, service, host, contentType, payload string, at time.Time) string {
	const suffix = "tc3_request"
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	canonical := "POST\n/\n\ncontent-type:" + contentType + "\nhost:" + host + "\n\ncontent-type;host\n" + hash(payload)
	date := at.UTC().Format(time.DateOnly)
	scope := date + "/" + service + "/" + suffix
	sign := []byte("TC3" + key)
	for _, part := range []string{
		date, service, suffix,
		"TC3-HMAC-SHA256\n" + timestamp(at) + "\n" + scope + "\n" + hash(canonical),
	} {
		mac := hmac.New(sha256.New, sign)
		mac.Write([]byte(part))
		sign = mac.Sum(nil)
	}
	return "TC3-HMAC-SHA256 Credential=" + id + "/" + scope + ", SignedHeaders=content-type;host, Signature=" + hex.EncodeToString(sign)
}

// vectorRequest has the body and the content type of the example, which no request of the provider has.
type vectorRequest struct{ *tchttp.BaseRequest }

func (r vectorRequest) SetHeader(header map[string]string) {
	header["Content-Type"] = vector.contentType
	r.BaseRequest.SetHeader(header)
}

func newVectorRequest() Request {
	r := &vectorRequest{&tchttp.BaseRequest{}}
	r.SetContentType("application/octet-stream")
	r.SetBody([]byte(vector.payload))
	return r
}

func TestCallSignsThePublishedVector(t *testing.T) {
	s := &server{answers: []answer{ok(empty)}}
	proxy := httptest.NewServer(s)
	defer proxy.Close()
	// The host is part of the signature, so the test acts as a proxy for it.
	for name, value := range map[string]string{"HTTP_PROXY": proxy.URL, "http_proxy": "", "NO_PROXY": "", "no_proxy": "", "REQUEST_METHOD": ""} {
		t.Setenv(name, value)
	}
	httpClient := transport.NewClient("test")
	defer httpClient.Close()
	client := New(Config{
		Endpoint:    "http://" + vector.host,
		Credentials: Static{SecretID: vector.id, SecretKey: vector.key},
		HTTP:        httpClient,
		Clock:       clock.NewCorrected(clock.At(vector.time)),
		QuotaShare:  1,
	})
	if _, err := Call(t.Context(), client, client.Action(vector.service, "2017-03-12", "DescribeInstances"), asking("", newVectorRequest)); err != nil {
		t.Fatal(err)
	}
	got := s.requests[0]
	if got.Host != vector.host || got.body != vector.payload || got.Header.Get("Content-Type") != vector.contentType {
		t.Errorf("host %q, content type %q, body %s", got.Host, got.Header.Get("Content-Type"), got.body)
	}
	if authorization := got.Header.Get("Authorization"); authorization != vector.authorization {
		t.Errorf("authorization\n%s, want\n%s", authorization, vector.authorization)
	}
}

func TestCallSignsWhatItSends(t *testing.T) {
	if got := tc3(vector.id, vector.key, vector.service, vector.host, vector.contentType, vector.payload, vector.time); got != vector.authorization {
		t.Fatalf("the test signs the published vector with\n%s, want\n%s", got, vector.authorization)
	}
	config, s := newConfig(t, ok(empty))
	client := New(config)
	build := func() Request {
		name := "ü <&>"
		return &probeRequest{BaseRequest: &tchttp.BaseRequest{}, Name: &name, Count: new(int64(0))}
	}
	if _, err := Call(t.Context(), client, client.Action("probe", "2026-01-15", "DescribeProbe"), asking("", build)); err != nil {
		t.Fatal(err)
	}
	got := s.requests[0]
	want := tc3(secretID, secretKey, "probe", strings.TrimPrefix(config.Endpoint, "http://"), "application/json", got.body, noon)
	if authorization := got.Header.Get("Authorization"); authorization != want {
		t.Errorf("authorization\n%s, want\n%s", authorization, want)
	}
}
