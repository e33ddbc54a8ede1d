// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

// storageDomains are the domains of Tencent Cloud Object Storage, which stores the Excel files.
var storageDomains = []string{".myqcloud.com", ".tencentcos.cn", ".tencentcos.com"}

// hostName matches host names, but not IPv6 addresses, zones or escapes.
var hostName = regexp.MustCompile(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

// DownloadError is the error of a download. It contains no part of the URL except the host.
type DownloadError struct{ Err error }

// Error returns the text of the cause.
func (e *DownloadError) Error() string { return "download of the Excel file: " + e.Err.Error() }

// Unwrap returns the cause: a *transport.CallError or an *AddressError.
func (e *DownloadError) Unwrap() error { return e.Err }

func (e *DownloadError) forbidden() bool {
	status, ok := errors.AsType[*transport.StatusError](e.Err)
	return ok && status.Status == http.StatusForbidden
}

// AddressError is the error of a URL that the provider refuses to download.
type AddressError struct {
	// Host is the cleaned host of the URL. It may be empty.
	Host string
}

// Error returns the host and the accepted URLs.
func (e *AddressError) Error() string {
	return fmt.Sprintf("refused to download from the host %q: the URL must be https on port 443 of Tencent Cloud Object Storage, "+
		"or on the mna endpoint", e.Host)
}

// store downloads Excel files.
type store struct {
	config   tencentcloud.Config
	endpoint *url.URL
	policy   transport.Policy
}

func newStore(c tencentcloud.Config) store {
	endpoint, err := url.Parse(c.Endpoint)
	if err != nil {
		endpoint = &url.URL{} // It matches no URL.
	}
	return store{config: c, endpoint: endpoint, policy: transport.Policy{
		API: "mna Excel file", Limiter: transport.NewLimiter(transport.Unmetered, 1), MaxRetries: c.MaxRetries,
	}}
}

// DownloadStatisticData calls GetStatisticDataByName and downloads the Excel file, which may have up to 32 MiB. If the
// storage refuses the URL, it retries both once, because the URL may have expired. The error is that of
// GetStatisticDataByName or a *DownloadError.
func (c *Client) DownloadStatisticData(ctx context.Context, r GetStatisticDataByNameRequest) (*StatisticData, []byte, error) {
	data, file, err := c.download(ctx, r)
	if failed, ok := errors.AsType[*DownloadError](err); ok && failed.forbidden() {
		return c.download(ctx, r)
	}
	return data, file, err
}

func (c *Client) download(ctx context.Context, r GetStatisticDataByNameRequest) (*StatisticData, []byte, error) {
	data, err := c.GetStatisticDataByName(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	file, err := c.store.fetch(ctx, data.FilePath)
	if err != nil {
		return nil, nil, &DownloadError{Err: err}
	}
	return data, file, nil
}

func (s store) fetch(ctx context.Context, filePath string) ([]byte, error) {
	address, err := url.Parse(filePath)
	if err != nil {
		return nil, &AddressError{}
	}
	if !s.allows(address) {
		return nil, &AddressError{Host: transport.Clean(address.Hostname())}
	}
	return transport.Do(ctx, s.policy, func(ctx context.Context) ([]byte, error) {
		answer, err := s.config.HTTP.Get(ctx, address)
		if err != nil {
			return nil, err
		}
		if answer.Status != http.StatusOK {
			return nil, &transport.StatusError{
				Host: answer.Host, Status: answer.Status, Text: storageCode(answer), RetryAfter: answer.RetryAfter(s.config.Clock.Now()),
			}
		}
		if err := workbook.CheckSignature(answer.Body); err != nil {
			received := strings.TrimSpace(answer.MediaType() + " " + storageCode(answer))
			return nil, &transport.ContentError{Host: answer.Host, Problem: received, Err: err}
		}
		return answer.Body, nil
	})
}

// allows reports whether a URL belongs to the vendor's storage or to the configured endpoint.
func (s store) allows(address *url.URL) bool {
	if address.Host == "" || address.User != nil {
		return false
	}
	if transport.SameOrigin(address, s.endpoint) {
		return true
	}
	host := address.Hostname()
	return address.Scheme == "https" && transport.Port(address) == "443" && hostName.MatchString(host) &&
		slices.ContainsFunc(storageDomains, func(domain string) bool { return strings.HasSuffix(strings.ToLower(host), domain) })
}

// storageCode returns the code of a storage error. It omits the rest of the response, which may repeat the URL.
func storageCode(answer *transport.Answer) string {
	var failure struct {
		XMLName xml.Name `xml:"Error"`
		Code    string   `xml:"Code"`
	}
	if err := xml.Unmarshal(answer.Body[:min(len(answer.Body), 64<<10)], &failure); err != nil {
		return ""
	}
	return transport.Clean(failure.Code)
}
