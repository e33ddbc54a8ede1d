// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// canary is a secret that no error may show.
const canary = "canary-s3cr3t"

// shop is a server that generates and serves Excel files. Each download uses the next handler.
type shop struct {
	client        *Client
	made, fetched atomic.Int64
}

func newShop(t *testing.T, maxRetries int, answers ...http.HandlerFunc) *shop {
	t.Helper()
	s := &shop{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			s.made.Add(1)
			_, _ = io.WriteString(w, response(`"FilePath":"http://`+r.Host+`/statistics/a%20b.xlsx?q-signature=`+canary+`"`))
			return
		}
		if sent := r.Header.Get("Authorization") + r.Header.Get("X-TC-Token"); sent != "" || r.URL.Path != "/statistics/a b.xlsx" {
			t.Errorf("%s was asked for with %q", r.URL.Path, sent)
		}
		fetched := s.fetched.Add(1)
		answers[min(int(fetched), len(answers))-1](w, r)
	}))
	t.Cleanup(server.Close)
	connections := transport.NewClient("test")
	t.Cleanup(connections.Close)
	s.client = New(tencentcloud.Config{
		Endpoint: server.URL, Credentials: tencentcloud.Static{SecretID: "AKIDexample", SecretKey: "example", Token: canary},
		HTTP: connections, Clock: clock.NewCorrected(clock.System{}), QuotaShare: 1, MaxRetries: maxRetries,
	})
	return s
}

// download downloads and checks the error. An empty text means no error.
func (s *shop) download(t *testing.T, want string) {
	t.Helper()
	data, file, err := s.client.DownloadStatisticData(t.Context(), GetStatisticDataByNameRequest{})
	if want == "" {
		if err != nil || string(file) != "PK\x03\x04file" || data.RequestID != "r-1" {
			t.Errorf("%q, %v", file, err)
		}
		return
	}
	if _, ok := errors.AsType[*DownloadError](err); !ok || data != nil || file != nil {
		t.Fatalf("the error is %v", err)
	}
	if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), canary) {
		t.Errorf("the error is %q, want %q and no canary", err, want)
	}
}

func answer(status int, mediaType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

var file = answer(http.StatusOK, "application/octet-stream", "PK\x03\x04file")

func storageError(status int, code string) http.HandlerFunc {
	return answer(status, "application/xml", "<?xml version='1.0' encoding='utf-8' ?>\n<Error><Code>"+code+"</Code><Message>"+canary+"</Message></Error>")
}

func cut(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestDownloadsAreRetried(t *testing.T) {
	for name, first := range map[string]http.HandlerFunc{
		"connection": cut, "500": storageError(500, "InternalError"), "503": storageError(503, "SlowDown"), "429": storageError(429, "TooMany"),
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, 1, first, file)
			s.download(t, "")
			if s.made.Load() != 1 || s.fetched.Load() != 2 {
				t.Errorf("%d Excel files were written and %d downloaded", s.made.Load(), s.fetched.Load())
			}
		})
	}
	s := newShop(t, 1, storageError(500, "InternalError"))
	s.download(t, "HTTP 500 Internal Server Error: InternalError")
	if s.made.Load() != 1 || s.fetched.Load() != 2 {
		t.Errorf("%d Excel files were written and %d downloaded", s.made.Load(), s.fetched.Load())
	}
}

func TestOtherURLsAreNotDownloaded(t *testing.T) {
	for address, host := range map[string]string{
		"http://b.cos.ap-shanghai.myqcloud.com/f.xlsx?q=" + canary:           "b.cos.ap-shanghai.myqcloud.com",
		"https://b.cos.ap-shanghai.myqcloud.com:8443/f.xlsx?q=" + canary:     "b.cos.ap-shanghai.myqcloud.com",
		"https://myqcloud.com/" + canary:                                     "myqcloud.com",
		"https://files.example.com/" + canary:                                "files.example.com",
		"https://evilmyqcloud.com/" + canary:                                 "evilmyqcloud.com",
		"https://b.myqcloud.com.example.com/" + canary:                       "b.myqcloud.com.example.com",
		"https://user:" + canary + "@b.cos.ap-shanghai.myqcloud.com/f.xlsx":  "b.cos.ap-shanghai.myqcloud.com",
		"https://b.cos.ap-shanghai.myqcloud.com@127.0.0.1/" + canary:         "127.0.0.1",
		"http://169.254.169.254/latest/meta-data/":                           "169.254.169.254",
		"file:///etc/passwd":                                                 "",
		"javascript:" + canary:                                               "",
		canary:                                                               "",
		"//b.cos.ap-shanghai.myqcloud.com/" + canary:                         "b.cos.ap-shanghai.myqcloud.com",
		"https://b.cos.ap-shanghai.myqcloud.com%2f@example.com/?q=" + canary: "example.com",
		"https://[::1%25x.myqcloud.com]/" + canary:                           "::1%x.myqcloud.com",
		"https://[fe80::1%25eth0.tencentcos.cn]:443/" + canary:               "fe80::1%eth0.tencentcos.cn",
		"https://[::1]/" + canary:                                            "::1",
		"https://10.0.0.1/" + canary:                                         "10.0.0.1",
		"https://b%25.myqcloud.com/" + canary:                                "b%.myqcloud.com",
		"https://b%e2%80%ae.myqcloud.com/" + canary:                          "b.myqcloud.com",
		"https://b_c.myqcloud.com/" + canary:                                 "b_c.myqcloud.com",
		"https://.myqcloud.com/" + canary:                                    ".myqcloud.com",
		"https://b..myqcloud.com/" + canary:                                  "b..myqcloud.com",
		"https://b.myqcloud.com./" + canary:                                  "b.myqcloud.com.",
		"https://@b.myqcloud.com/" + canary:                                  "b.myqcloud.com",
		"https://b.tencentcos.com:444/" + canary:                             "b.tencentcos.com",
	} {
		client, _ := newClient(t, response(`"FilePath":"`+address+`"`))
		_, _, err := client.DownloadStatisticData(t.Context(), GetStatisticDataByNameRequest{})
		refused, ok := errors.AsType[*AddressError](err)
		if !ok || refused.Host != host || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestStorageURLsAreAccepted(t *testing.T) {
	for _, test := range []struct{ endpoint, address string }{
		{"https://mna.example.com", "https://bucket-1250000000.cos.ap-shanghai.myqcloud.com/f.xlsx"},
		{"https://mna.example.com", "https://BUCKET.COS.AP-SHANGHAI.MYQCLOUD.COM:443/f.xlsx"},
		{"https://mna.example.com", "https://bucket.cos.ap-shanghai.tencentcos.cn/f.xlsx"},
		{"https://mna.example.com", "https://bucket.cos.ap-singapore.tencentcos.com/f.xlsx"},
		{"https://mna.example.com", "https://mna.example.com:443/f.xlsx"},
		{"http://127.0.0.1:4180", "http://127.0.0.1:4180/f.xlsx"},
	} {
		address, err := url.Parse(test.address)
		if err != nil {
			t.Fatal(err)
		}
		if !newStore(tencentcloud.Config{Endpoint: test.endpoint}).allows(address) {
			t.Errorf("%s is not fetched", test.address)
		}
	}
}

func TestAnExpiredURLIsRequestedAgainOnce(t *testing.T) {
	expired := storageError(http.StatusForbidden, "AccessDenied")
	s := newShop(t, 4, expired, file)
	s.download(t, "")
	if s.made.Load() != 2 || s.fetched.Load() != 2 {
		t.Errorf("%d Excel files were written and %d downloaded", s.made.Load(), s.fetched.Load())
	}
	s = newShop(t, 4, expired)
	s.download(t, "HTTP 403 Forbidden: AccessDenied")
	if s.made.Load() != 2 || s.fetched.Load() != 2 {
		t.Errorf("%d Excel files were written and %d downloaded", s.made.Load(), s.fetched.Load())
	}
}

func TestADownloadThatIsNoExcelFileIsAnError(t *testing.T) {
	for want, first := range map[string]http.HandlerFunc{
		"application/xml NoSuchKey: not an xlsx (PK signature missing)": storageError(200, "NoSuchKey"),
		"text/html: not an xlsx (PK signature missing)":                 answer(200, "text/html; charset=utf-8", "<!doctype html><title>"+canary+"</title>"),
		"no valid content type: this is an old Office file":             answer(200, "", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"HTTP 404 Not Found: NoSuchKey":                                 storageError(404, "NoSuchKey"),
	} {
		s := newShop(t, 4, first)
		s.download(t, want)
		if s.made.Load() != 1 || s.fetched.Load() != 1 {
			t.Errorf("%d Excel files were written and %d downloaded", s.made.Load(), s.fetched.Load())
		}
	}
}
