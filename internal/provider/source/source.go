// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package source is the frame of all data sources and ephemeral resources: what each would otherwise repeat, and diagnostics with
// advice for the errors of calls. Code for one vendor's API belongs in the package of its service.
package source

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
)

// DataSource describes one data source. Its model M embeds Timeouts.
type DataSource[M any] struct {
	// Name is the name of the type without the provider's prefix.
	Name string
	// Schema describes everything but the argument timeouts, which the frame adds.
	Schema     func(context.Context) schema.Schema
	Validators []datasource.ConfigValidator
	// Vendor is whose time windows are about.
	Vendor settings.Vendor
	// Window resolves the window of the arguments, before any call. It is nil where a data source has none.
	Window func(m *M, now time.Time) (*arguments.Window, diag.Diagnostics)
	// Read calls the vendor and fills the model. The context ends when the time of the argument timeouts is over. It is
	// called again where the vendor's clock turns out to be so different that the window is another one.
	Read func(ctx context.Context, c *settings.Clients, m *M, w *arguments.Window) diag.Diagnostics
}

// Timeouts is the part of a data source's model that the frame uses.
type Timeouts struct {
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// New makes the framework's type of a data source.
func (d DataSource[M]) New() datasource.DataSource { return &dataSource[M]{description: d} }

type dataSource[M any] struct {
	description DataSource[M]
	clients     *settings.Clients
}

// Model returns an empty model, so that tests can compare it with the schema.
func (d *dataSource[M]) Model() any { return new(M) }

func (d *dataSource[M]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.description.Name
}

func (d *dataSource[M]) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.description.Schema(ctx)
	resp.Schema.Attributes["timeouts"] = arguments.TimeoutsAttribute(ctx)
}

func (d *dataSource[M]) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return d.description.Validators
}

func (d *dataSource[M]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.clients = clientsOf(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource[M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	r := reading[M]{
		clients: d.clients, timeout: "read", vendor: d.description.Vendor, window: d.description.Window, read: d.description.Read,
	}
	resp.Diagnostics = r.run(ctx, req.Config, func(m *M) diag.Diagnostics { return resp.State.Set(ctx, m) })
}

// clientsOf returns the provider's clients. They are nil while Terraform validates, before it configures the provider.
func clientsOf(providerData any, diags *diag.Diagnostics) *settings.Clients {
	c, ok := providerData.(*settings.Clients)
	if !ok && providerData != nil {
		diags.AddError("Unexpected Provider Data",
			fmt.Sprintf("The provider handed over %T. This is a bug in the provider; please report it.", providerData))
	}
	return c
}

// reading is one read of a data source, or the opening of an ephemeral resource.
type reading[M any] struct {
	clients *settings.Clients
	// timeout is the member of timeouts that bounds the reading.
	timeout string
	vendor  settings.Vendor
	window  func(*M, time.Time) (*arguments.Window, diag.Diagnostics)
	read    func(context.Context, *settings.Clients, *M, *arguments.Window) diag.Diagnostics
}

// run fills a model from the configuration and from the vendor, and keeps it if there is no error. A panic is an error. The
// diagnostics hold no secrets.
func (r reading[M]) run(ctx context.Context, config tfsdk.Config, keep func(*M) diag.Diagnostics) diag.Diagnostics {
	return guarded(ctx, r.clients, func(ctx context.Context) diag.Diagnostics {
		m, diags := r.fill(ctx, config)
		if !diags.HasError() {
			diags.Append(keep(m)...)
		}
		return diags
	})
}

// fill reads within the time limit, and once more if the window has moved with what was learned of the vendor's clock.
func (r reading[M]) fill(ctx context.Context, config tfsdk.Config) (*M, diag.Diagnostics) {
	limit, diags := timeLimit(ctx, config, r.timeout)
	if diags.HasError() {
		return nil, diags
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	m, w, diags := r.once(ctx, config)
	if w != nil && ctx.Err() == nil {
		if moved, _ := r.window(m, r.clients.Now(r.vendor)); !moved.Equal(w) {
			m, _, diags = r.once(ctx, config)
		}
	}
	return m, diags
}

// once reads once, and returns the window that was read. It is nil if none was.
func (r reading[M]) once(ctx context.Context, config tfsdk.Config) (m *M, w *arguments.Window, diags diag.Diagnostics) {
	m = new(M)
	diags = config.Get(ctx, m)
	if diags.HasError() {
		return m, nil, diags
	}
	if r.window != nil {
		w, diags = r.window(m, r.clients.Now(r.vendor))
		if diags.HasError() {
			return m, nil, diags
		}
	}
	return m, w, append(diags, r.read(ctx, r.clients, m, w)...)
}

// timeLimit returns the duration that the configuration gives a member of timeouts, or else the default.
func timeLimit(ctx context.Context, config tfsdk.Config, name string) (time.Duration, diag.Diagnostics) {
	at := path.Root("timeouts").AtName(name)
	var text types.String
	diags := config.GetAttribute(ctx, at, &text)
	if diags.HasError() || !arguments.IsGiven(text) {
		return arguments.DefaultTimeout, diags
	}
	limit, err := arguments.ParseTimeout(text.ValueString())
	if err != nil {
		diags.Append(arguments.Invalid(at, err))
	}
	return limit, diags
}
