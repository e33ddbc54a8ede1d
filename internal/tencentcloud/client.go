// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package tencentcloud calls Tencent Cloud API 3.0. The vendor SDK's common module marshals and signs typed requests.
// Retries, envelopes, body sizes and redirects, which it handles badly, are handled here and in transport.
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

// Quota is the documented rate of every action used here.
var Quota = transport.Quota{Calls: 20, Window: time.Second}

// Config is what a Client needs.
type Config struct {
	// Endpoint is scheme://host[:port].
	Endpoint    string
	Credentials CredentialSource
	HTTP        *transport.Client
	// Clock learns the vendor's time from every response.
	Clock *clock.Corrected
	// MaxRetries is the number of tries after the first.
	MaxRetries int
	// Memo keeps answers; if it is nil, every call is made. It belongs to one set of credentials.
	Memo *transport.Memo
	// QuotaShare is the part of Quota that may be used, above 0 up to 1.
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

// Action returns an action with a limiter of its own: the vendor counts each action by itself.
func (c *Client) Action(service, version, name string) Action {
	return Action{service: service, version: version, name: name, policy: transport.Policy{
		API:        service + " " + name,
		Memo:       c.config.Memo,
		Limiter:    transport.NewLimiter(Quota, c.config.QuotaShare),
		MaxRetries: c.config.MaxRetries,
		Prepare:    c.prepare,
	}}
}

// prepare gets keys, which the attempt then finds at hand.
func (c *Client) prepare(ctx context.Context) error {
	_, err := c.config.Credentials.Credential(ctx)
	return err
}

// EveryTime returns the action for calls of which no two are the same question.
func (a Action) EveryTime() Action {
	a.policy.Memo = nil
	return a
}

// CheckFits refuses a read whose calls of the action cannot all start before the context's deadline. The error is a
// *transport.TooSlowError.
func (a Action) CheckFits(ctx context.Context, calls int) error {
	return a.policy.CheckFits(ctx, calls)
}

// Request is a typed request that embeds the SDK's BaseRequest. The SDK writes into it, so it serves one attempt.
type Request interface {
	tchttp.Request
	Init() *tchttp.BaseRequest
}

// Question is a request and how its answer is read into a T.
type Question[T any] struct {
	// Region is not sent where it is empty.
	Region string
	// Build returns the request of an attempt.
	Build func() Request
	// Limits bound the answer.
	Limits limit.Limits
	// Field reads the value of a field of the answer. A field that it does not read is skipped.
	Field func(into *T, r *jsonread.Reader, name string) error
	// Finish completes the result when all fields are read, and reports what is missing in it. The vendor's id of the
	// call may be empty.
	Finish func(into *T, requestID string) error
}

// Call runs an action. The error is a *transport.CallError around an *APIError, a *limit.Error or one of transport's
// errors.
func Call[T any](ctx context.Context, c *Client, a Action, q Question[T]) (*T, error) {
	request, err := json.Marshal(q.Build())
	if err != nil {
		return nil, fmt.Errorf("request cannot be built: %w", err)
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

// signature is what an attempt is signed with.
type signature struct {
	keys Credential
	at   time.Time
}

// send signs and sends through the SDK. A client of the SDK holds one region and one set of keys, so each attempt has
// its own; the connections are those of the shared HTTP client.
func (c *Client) send(ctx context.Context, a Action, region string, signed signature, request Request) (*transport.Answer, error) {
	request.Init().WithApiInfo(a.service, a.version, a.name)
	request.SetContext(ctx)
	request.SetHeader(map[string]string{"X-TC-Timestamp": strconv.FormatInt(signed.at.Unix(), 10)})

	options := profile.NewClientProfile()
	options.Language = "en-US"
	options.HttpProfile.Scheme = c.scheme
	options.HttpProfile.Endpoint = c.host
	options.HttpProfile.ReqTimeout = 0 // The attempt's context bounds it.
	recorder := &recorder{client: c.config.HTTP}
	client := common.NewCommonClient(signed.keys.snapshot(), region, options).WithHttpTransport(recorder)

	if err := client.Send(request, &discard{}); err != nil && recorder.err == nil {
		return nil, fmt.Errorf("request cannot be built: %w", err)
	}
	return recorder.answer, recorder.err
}

// recorder keeps the answer for decode and shows the SDK an empty one. Left to itself the SDK would read any body
// without bound and parse it about five times: twice to look for throttling, twice for an error, once for the result.
// The content type makes it skip the first two, discard the next two, and the last finds nothing.
type recorder struct {
	client *transport.Client
	answer *transport.Answer
	err    error
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	hideSignature(req)
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

// hideSignature masks the signature of a request, which the answer may echo.
func hideSignature(req *http.Request) {
	if _, signature, ok := strings.Cut(req.Header.Get("Authorization"), "Signature="); ok {
		transport.Hide(req.Context(), signature, strings.ToUpper(signature))
	}
}

// discard is the response that the SDK fills with nothing.
type discard struct{}

// ParseErrorFromHTTPResponse finds no error, because decode reads the answer.
func (*discard) ParseErrorFromHTTPResponse([]byte) error { return nil }
