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
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

// storageDomains are those of Tencent Cloud Object Storage, where the vendor keeps the workbooks.
var storageDomains = []string{".myqcloud.com", ".tencentcos.cn"}

// DownloadError is a workbook that was made and could not be fetched. It holds no more of the address than the host.
type DownloadError struct{ Err error }

// Error tells what was tried and what happened.
func (e *DownloadError) Error() string { return "download of the workbook: " + e.Err.Error() }

// Unwrap returns the cause: a *transport.CallError, or an *AddressError.
func (e *DownloadError) Unwrap() error { return e.Err }

func (e *DownloadError) forbidden() bool {
	status, ok := errors.AsType[*transport.StatusError](e.Err)
	return ok && status.Status == http.StatusForbidden
}

// AddressError is an address that nothing is fetched from.
type AddressError struct {
	// Host may be empty.
	Host string
}

// Error names the host.
func (e *AddressError) Error() string {
	return fmt.Sprintf("nothing is fetched from the host %q: the address has to be https on port 443 of Tencent Cloud "+
		"Object Storage, or on the mna endpoint", e.Host)
}

// store fetches workbooks.
type store struct {
	config   tencentcloud.Config
	endpoint *url.URL
	policy   transport.Policy
}

func newStore(c tencentcloud.Config) store {
	endpoint, err := url.Parse(c.Endpoint)
	if err != nil {
		endpoint = &url.URL{} // The same origin as no address.
	}
	return store{config: c, endpoint: endpoint, policy: transport.Policy{
		API: "mna workbook", Limiter: transport.NewLimiter(transport.Unmetered, 1), MaxRetries: c.MaxRetries,
	}}
}

// DownloadStatisticData has a workbook made, like GetStatisticDataByName, and fetches it: at most 32 MiB. If its
// address is refused as expired, another one is made, once. The error is one of GetStatisticDataByName, or a
// *DownloadError.
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
			came := strings.TrimSpace(answer.MediaType() + " " + storageCode(answer))
			return nil, &transport.ContentError{Host: answer.Host, Problem: came, Err: err}
		}
		return answer.Body, nil
	})
}

// allows reports whether an address may be fetched: one of the vendor's storage, or of the configured endpoint.
func (s store) allows(address *url.URL) bool {
	if address.Host == "" || address.User != nil {
		return false
	}
	if transport.SameOrigin(address, s.endpoint) {
		return true
	}
	for _, domain := range storageDomains {
		if strings.HasSuffix(strings.ToLower(address.Hostname()), domain) {
			return address.Scheme == "https" && transport.Port(address) == "443"
		}
	}
	return false
}

// storageCode returns the code of an error of the storage, and nothing else of its page, which may repeat the address.
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
