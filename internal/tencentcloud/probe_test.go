// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/leaktest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

const (
	secretID  = "AKIDexample"
	secretKey = "example-secret-key"
)

// noon is the time in the tests.
var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

type probeRequest struct {
	*tchttp.BaseRequest

	Name  *string   `json:"Name,omitnil,omitempty" name:"Name"`
	Count *int64    `json:"Count,omitnil,omitempty" name:"Count"`
	List  []*string `json:"List,omitnil,omitempty" name:"List"`
}

func newProbe() Request { return &probeRequest{BaseRequest: &tchttp.BaseRequest{}} }

type probeResult struct {
	Values    []decimal.Decimal
	RequestID string
}

func (p *probeResult) field(r *jsonread.Reader, name string) (err error) {
	if name == "Values" {
		p.Values, err = jsonread.Numbers(r)
	}
	return err
}

func (p *probeResult) finish(requestID string) error {
	p.RequestID = requestID
	return nil
}

// asking returns a question whose requests build returns.
func asking(region string, build func() Request) Question[probeResult] {
	return Question[probeResult]{Region: region, Build: build, Field: (*probeResult).field, Finish: (*probeResult).finish}
}

// received is a request that the server received.
type received struct {
	*http.Request
	body string
}

// server returns one answer after the other, then always the last one, and keeps the requests.
type server struct {
	answers []answer
	// respond replaces the answers. The first request has the number 1.
	respond func(number int) answer

	mu       sync.Mutex
	requests []received
}

type answer struct {
	status  int
	body    string
	headers map[string]string
}

func ok(body string) answer { return answer{status: http.StatusOK, body: body} }

const empty = `{"Response":{"RequestId":"r-1"}}`

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.requests = append(s.requests, received{r, string(body)})
	number := len(s.requests)
	s.mu.Unlock()
	a := s.answer(number)
	w.Header()["Date"] = nil // Only the answer's own Date is sent.
	for name, value := range a.headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, a.body)
}

func (s *server) answer(number int) answer {
	if s.respond != nil {
		return s.respond(number)
	}
	return s.answers[min(number, len(s.answers))-1]
}

// newConfig returns the configuration of a client whose server returns these answers.
func newConfig(t *testing.T, answers ...answer) (Config, *server) {
	t.Helper()
	s := &server{answers: answers}
	listening := httptest.NewServer(s)
	t.Cleanup(listening.Close)
	client := transport.NewClient("test")
	t.Cleanup(client.Close)
	return Config{
		Endpoint:    listening.URL,
		Credentials: Static{SecretID: secretID, SecretKey: secretKey},
		HTTP:        client,
		Clock:       clock.NewCorrected(clock.At(noon)),
		MaxRetries:  2,
		QuotaShare:  1,
	}, s
}

// probe calls an action of a service once.
func probe(t *testing.T, config Config, region string) (*probeResult, error) {
	t.Helper()
	client := New(config)
	return Call(t.Context(), client, client.Action("probe", "2026-01-15", "DescribeProbe"), asking(region, newProbe))
}
