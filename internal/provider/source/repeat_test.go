// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// clientsOfVendor returns clients whose clock shows noon, of an API whose clock is off.
func clientsOfVendor(t *testing.T, off time.Duration, body string) *settings.Clients {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", noon.Add(off).Format(http.TimeFormat))
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	block := tfsdk.State{Schema: settings.Schema(), Raw: nulls(t.Context(), settings.Schema().Type())}
	for at, value := range map[string]string{"secret_id": "an example id", "secret_key": "an example key"} {
		if diags := block.SetAttribute(t.Context(), path.Root(at), value); diags.HasError() {
			t.Fatal(diags)
		}
	}
	if diags := block.SetAttribute(t.Context(), path.Root("endpoints").AtName("mna"), server.URL); diags.HasError() {
		t.Fatal(diags)
	}
	clients, diags := settings.Configure(t.Context(), tfsdk.Config(block), clock.At(noon), "test", "1.0.0")
	if diags.HasError() {
		t.Fatal(diags)
	}
	return clients
}

// lastHours is a window that moves with the time, and fixed one that does not.
func lastHours(now time.Time) *arguments.Window {
	end := arguments.Hour.Floor(now)
	return &arguments.Window{Start: end.Add(-2 * time.Hour), End: end}
}

func fixed(time.Time) *arguments.Window { return lastHours(noon) }

const (
	someData = `{"Response": {"NetDetails": [], "RequestId": "r-1"}}`
	refusal  = `{"Response": {"Error": {"Code": "InvalidParameterValue.TimeFuture", "Message": "no"}, "RequestId": "r-2"}}`
)

func TestReadsAreRepeatedWhereTheWindowMoves(t *testing.T) {
	const asked, later, earlier = "18:00 to 20:00", "21:00 to 23:00", "15:00 to 17:00"
	for name, test := range map[string]struct {
		off    time.Duration
		window func(time.Time) *arguments.Window
		body   string
		want   []string
		says   string
	}{
		"right":                 {30 * time.Second, lastHours, someData, []string{asked}, ""},
		"within the period":     {10 * time.Minute, lastHours, someData, []string{asked}, ""},
		"behind":                {3 * time.Hour, lastHours, someData, []string{asked, later}, ""},
		"ahead":                 {-3 * time.Hour, lastHours, someData, []string{asked, earlier}, ""},
		"ahead and refused":     {-3 * time.Hour, lastHours, refusal, []string{asked, earlier}, "InvalidParameterValue.TimeFuture"},
		"a window of its own":   {3 * time.Hour, fixed, someData, []string{asked}, ""},
		"more than a day":       {30 * time.Hour, lastHours, someData, []string{asked}, "says 2026-01-15T12:00:00Z and the server's says 2026-01-16T18:00:00Z"},
		"more than a day ahead": {-30 * time.Hour, lastHours, refusal, []string{asked}, "says 2026-01-15T12:00:00Z and the server's says 2026-01-14T06:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			clients := clientsOfVendor(t, test.off, test.body)
			windows, problems := readWindows(t, clients, test.window)
			if diff := cmp.Diff(test.want, windows); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			var details []string
			for _, d := range problems.Errors() {
				details = append(details, d.Detail())
			}
			said := strings.Join(details, "\n")
			if !strings.Contains(said, test.says) || (said == "") != (test.says == "") {
				t.Errorf("%s, want %q in it", said, test.says)
			}
			if len(problems.Warnings()) != 1 {
				t.Errorf("%v, want the warning of the last window alone", problems)
			}
			// The next read knows the time.
			again, _ := readWindows(t, clients, test.window)
			if diff := cmp.Diff(test.want[len(test.want)-1:], again); diff != "" {
				t.Errorf("again: (-want +got)\n%s", diff)
			}
		})
	}
}

// readWindows reads a data source with the window and returns the windows that it asked for, in UTC+8.
func readWindows(t *testing.T, clients *settings.Clients, window func(time.Time) *arguments.Window) ([]string, diag.Diagnostics) {
	t.Helper()
	var asked []string
	d := DataSource[empty]{
		Schema: emptySchema,
		Window: func(_ *empty, now time.Time) (*arguments.Window, diag.Diagnostics) {
			return window(now), diag.Diagnostics{diag.NewWarningDiagnostic("Beware", "Of windows.")}
		},
		Read: func(ctx context.Context, c *settings.Clients, _ *empty, w *arguments.Window) diag.Diagnostics {
			asked = append(asked, w.Start.Format("15:04")+" to "+w.End.Format("15:04"))
			client, problem := c.MNA()
			if problem != nil {
				return diag.Diagnostics{problem}
			}
			_, err := client.GetFlowStatistic(ctx, mna.GetFlowStatisticRequest{
				FlowArguments: mna.FlowArguments{BeginTime: new(w.Start.Unix()), EndTime: new(w.LastSecond().Unix())},
			})
			return Operation{Noun: "Test", Action: "Test", Window: w}.Diagnostics(ctx, err)
		},
	}.New()
	problems := readData(t, d, clients)
	return asked, problems
}
