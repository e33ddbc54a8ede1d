// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package tencentcloud calls Tencent Cloud API 3.0. The common module of the vendor's SDK encodes and signs typed requests.
// This package and transport handle retries, envelopes, body sizes and redirects, which the SDK handles badly.
package tencentcloud

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Quota is the documented limit per account and action.
var Quota = transport.Quota{Calls: 20, Window: time.Second}

// Config configures a Client.
type Config struct {
	// Endpoint is scheme://host[:port].
	Endpoint    string
	Credentials CredentialSource
	HTTP        *transport.Client
	Clock       *clock.Corrected
	// MaxRetries is the maximum number of retries, not counting those after throttling.
	MaxRetries int
	// Memo keeps answers. It belongs to one set of credentials. If it is nil, nothing is shared.
	Memo *transport.Memo
	// QuotaShare is the share of Quota that calls may use, above 0 up to 1.
	QuotaShare float64
}

// Client calls the actions of one service.
type Client struct {
	config Config
	scheme string
	host   string
}

// New returns a client.
func New(c Config) *Client {
	scheme, host, _ := strings.Cut(c.Endpoint, "://")
	return &Client{config: c, scheme: scheme, host: host}
}

// Action is one operation of a service. Its calls share a limiter.
type Action struct {
	service, version, name string
	policy                 transport.Policy
}

// Action returns an action with its own limiter, because the vendor counts the calls of each action separately.
func (c *Client) Action(service, version, name string) Action {
	return Action{service: service, version: version, name: name, policy: transport.Policy{
		API:        service + " " + name,
		Memo:       c.config.Memo,
		Limiter:    transport.NewLimiter(Quota, c.config.QuotaShare),
		MaxRetries: c.config.MaxRetries,
		Prepare:    c.prepare,
	}}
}

// prepare requests keys if necessary, so that the attempt does not wait for them.
func (c *Client) prepare(ctx context.Context) error {
	_, err := c.config.Credentials.Credential(ctx)
	return err
}

// Unshared returns the action for calls whose answers cannot be shared.
func (a Action) Unshared() Action {
	a.policy.Memo = nil
	return a
}

// CheckFits returns an error if the rate limit does not let this many calls of the action start before the deadline of ctx.
// See transport.Policy.CheckFits.
func (a Action) CheckFits(ctx context.Context, calls int) error {
	return a.policy.CheckFits(ctx, calls)
}

// Request is a typed request that embeds the SDK's BaseRequest. The SDK changes it, so each attempt needs a new one.
type Request interface {
	tchttp.Request
	Init() *tchttp.BaseRequest
}

// Optional returns nil for an empty string, because the SDK would send an empty string.
func Optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Question is a request and the functions that read its response into a T.
type Question[T any] struct {
	// Region is not sent if it is empty.
	Region string
	// Build returns the request of an attempt.
	Build func() Request
	// Limits limits the response.
	Limits limit.Limits
	// Field reads the value of a field of the response. A field that it does not read is skipped.
	Field func(into *T, r *jsonread.Reader, name string) error
	// Finish completes the result after all fields have been read. Its error names what is missing. requestID may be empty.
	Finish func(into *T, requestID string) error
}

// Call calls an action. The error is a *transport.CallError that wraps an *APIError, a *CredentialError, a *limit.Error or
// an error of package transport.
func Call[T any](ctx context.Context, c *Client, a Action, q Question[T]) (*T, error) {
	request, err := json.Marshal(q.Build())
	if err != nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	return limit.Ask(ctx, a.policy, q.Region+string(request), q.Limits, func(ctx context.Context) (*T, error) {
		keys, err := c.config.Credentials.Credential(ctx)
		if err != nil {
			return nil, err
		}
		transport.Hide(ctx, keys.SecretKey, keys.Token)
		signed := signature{keys: keys, at: c.config.Clock.Now()}
		answer, err := c.send(ctx, a, q.Region, signed, q.Build())
		if err != nil {
			return nil, err
		}
		result, err := decode(ctx, c, answer, signed, q)
		if err := answer.CheckClock(c.config.Clock, signed.at, err); err != nil {
			return nil, err
		}
		return result, nil
	})
}

// signature contains the keys and the time of a signature.
type signature struct {
	keys Credential
	at   time.Time
}

// send signs and sends a request with the SDK. An SDK client has one region and one set of keys, so each attempt creates
// its own. All use the connections of the shared HTTP client.
func (c *Client) send(ctx context.Context, a Action, region string, signed signature, request Request) (*transport.Answer, error) {
	request.Init().WithApiInfo(a.service, a.version, a.name)
	request.SetContext(ctx)
	request.SetHeader(map[string]string{"X-TC-Timestamp": strconv.FormatInt(signed.at.Unix(), 10)})

	options := profile.NewClientProfile()
	options.Language = "en-US"
	options.HttpProfile.Scheme = c.scheme
	options.HttpProfile.Endpoint = c.host
	options.HttpProfile.ReqTimeout = 0 // The attempt's context limits it.
	recorder := &recorder{client: c.config.HTTP}
	client := common.NewCommonClient(signed.keys.snapshot(), region, options).WithHttpTransport(recorder)

	if err := client.Send(request, &discard{}); err != nil && recorder.err == nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	return recorder.answer, recorder.err
}

// recorder keeps the response for decode and returns an empty one to the SDK. The SDK would read a body of any size and
// parse it about five times: twice to find throttling, twice to find an error, and once for the result. The content type of
// the empty response prevents the first two, and discard prevents the next two.
type recorder struct {
	client *transport.Client
	answer *transport.Answer
	err    error
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.answer, r.err = r.client.Exchange(req.Clone(req.Context()))
	if r.err != nil {
		return nil, r.err
	}
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {"application/octet-stream"}},
		Body:       io.NopCloser(strings.NewReader("{}")),
		Request:    req,
	}, nil
}

// discard is the type that the SDK decodes the empty response into.
type discard struct{}

// ParseErrorFromHTTPResponse returns nil, because decode finds the errors.
func (*discard) ParseErrorFromHTTPResponse([]byte) error { return nil }
