// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package tencentcloud calls Tencent Cloud API 3.0. The vendor SDK's common module marshals and signs typed requests;
// what it does badly under faults (retries, envelopes, body sizes, redirects) is done here and in transport.
package tencentcloud

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
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
	Clock       *clock.Corrected
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

// Envelope holds what the results of all actions share. Results embed it.
type Envelope struct {
	Error *struct {
		Code    string `json:"Code"`
		Message string `json:"Message"`
	} `json:"Error"`
	RequestID string `json:"RequestId"`
}

func (e *Envelope) envelope() *Envelope { return e }

// result is a pointer to a struct that embeds Envelope.
type result[W any] interface {
	*W
	envelope() *Envelope
}

// Call runs an action: build makes the request of each attempt, convert turns the decoded result W into what the
// caller wants and reports what is malformed in it. An empty region is not sent. The error is a *transport.CallError
// around an *APIError or one of transport's errors.
func Call[W, T any, P result[W]](
	ctx context.Context, c *Client, a Action, region string, build func() Request, convert func(P) (T, error),
) (T, error) {
	question, err := json.Marshal(build())
	if err != nil {
		var none T
		return none, fmt.Errorf("request cannot be built: %w", err)
	}
	return transport.Ask(ctx, a.policy, region+string(question), func(ctx context.Context) (T, error) {
		var none T
		keys, err := c.config.Credentials.Credential(ctx)
		if err != nil {
			return none, err
		}
		transport.Hide(ctx, keys.SecretKey, keys.Token)
		signed := signature{keys: keys, at: c.config.Clock.Now()}
		answer, err := c.send(ctx, a, region, signed, build())
		if err != nil {
			return none, err
		}
		decoded, err := decode[W, P](c, answer, signed)
		if err != nil {
			return none, err
		}
		converted, err := convert(decoded)
		if err != nil {
			return none, &transport.ContentError{Host: answer.Host, Problem: "unexpected value", Err: err}
		}
		return converted, nil
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

// discard is the response that the SDK fills: with nothing.
type discard struct{}

// ParseErrorFromHTTPResponse finds no error, since the answer is looked at elsewhere.
func (*discard) ParseErrorFromHTTPResponse([]byte) error { return nil }

// decode returns the result, or the error that the envelope, the status or the body stands for.
func decode[W any, P result[W]](c *Client, answer *transport.Answer, signed signature) (P, error) {
	response, err := parse[W, P](answer)
	if err == nil && response.envelope().Error != nil {
		return nil, c.apiError(answer, response.envelope(), signed)
	}
	if answer.Status != http.StatusOK {
		return nil, answer.StatusError(c.config.Clock.Now())
	}
	if err != nil {
		return nil, err
	}
	envelope := response.envelope()
	envelope.RequestID = requestID(answer, envelope)
	return response, nil
}

// parse reads the body once, envelope and result together.
func parse[W any, P result[W]](answer *transport.Answer) (P, error) {
	body, err := answer.JSON()
	if err != nil {
		return nil, err
	}
	var document struct {
		Response P `json:"Response"`
	}
	if err := json.Unmarshal(body, &document); err != nil {
		return nil, &transport.ContentError{Host: answer.Host, Problem: "not the JSON that is documented", Err: jsonError(answer, err)}
	}
	if document.Response == nil {
		return nil, &transport.ContentError{Host: answer.Host, Problem: `there is no "Response" in it`}
	}
	if reflect.ValueOf(document.Response).Elem().IsZero() {
		return nil, &transport.ContentError{Host: answer.Host, Problem: `its "Response" has no documented field`}
	}
	if failed := document.Response.envelope().Error; failed != nil && failed.Code == "" {
		return nil, &transport.ContentError{Host: answer.Host, Problem: `its "Error" has no "Code"` + answer.Quote(": "+failed.Message)}
	}
	return document.Response, nil
}

// jsonError leaves the names of Go types out of an error, the embedded Envelope's too. Of a private answer it tells nothing.
func jsonError(answer *transport.Answer, err error) error {
	if answer.Private {
		return nil
	}
	if typed, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		place := strings.Replace("."+typed.Field, ".Envelope.", ".", 1)
		return fmt.Errorf("unexpected %s at $%s", typed.Value, strings.TrimSuffix(place, "."))
	}
	return err
}

// requestID returns the vendor's id of the call, from the body or else from the header; it may be empty.
func requestID(answer *transport.Answer, envelope *Envelope) string {
	return answer.QuoteID(cmp.Or(envelope.RequestID, answer.Header.Get("X-TC-RequestId")))
}
