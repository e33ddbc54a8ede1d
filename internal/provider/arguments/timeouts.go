// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	ephemeraltimeouts "github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// DefaultTimeout is how long a read, or the opening of an ephemeral resource, may take where timeouts does not say.
const DefaultTimeout = 10 * time.Minute

const timeoutDescription = "Maximum total time, including waits for rate limits and retries: a duration such as `30s` or `2m`. " +
	"Defaults to `10m`."

// TimeoutsAttribute describes timeouts of a data source. Its values are timeouts.Value of the framework's library.
func TimeoutsAttribute(ctx context.Context) schema.Attribute {
	nested, ok := timeouts.Attributes(ctx).(schema.SingleNestedAttribute)
	if !ok {
		return timeouts.Attributes(ctx)
	}
	nested.MarkdownDescription = "How long a read may take."
	// The library's own validator gives examples such as "-1.5h", which are no timeouts.
	nested.Attributes = map[string]schema.Attribute{"read": schema.StringAttribute{
		MarkdownDescription: timeoutDescription, Optional: true, Validators: []validator.String{isTimeout()},
	}}
	return nested
}

// OpenTimeoutsAttribute describes timeouts of an ephemeral resource.
func OpenTimeoutsAttribute(ctx context.Context) ephemeralschema.Attribute {
	nested, ok := ephemeraltimeouts.Attributes(ctx).(ephemeralschema.SingleNestedAttribute)
	if !ok {
		return ephemeraltimeouts.Attributes(ctx)
	}
	nested.MarkdownDescription = "How long opening the resource may take."
	nested.Attributes = map[string]ephemeralschema.Attribute{"open": ephemeralschema.StringAttribute{
		MarkdownDescription: timeoutDescription, Optional: true, Validators: []validator.String{isTimeout()},
	}}
	return nested
}

var plainNumber = regexp.MustCompile(`^[0-9]+$`)

// ParseTimeout reads a positive duration in the form of Go, which is what the framework's library reads.
func ParseTimeout(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	switch {
	case plainNumber.MatchString(text):
		return 0, fmt.Errorf("must be a duration with a unit: %ss, got %q", text, text)
	case text == "":
		return 0, errors.New(`must be a duration with a unit: 30s, got ""`)
	case err != nil:
		return 0, fmt.Errorf(`must be a duration with a unit: 30s or 1h30m, got %.40q`, text)
	case d <= 0:
		return 0, fmt.Errorf(`must be a positive duration such as "30s", got %.40q`, text)
	}
	return d, nil
}

// isTimeout accepts what ParseTimeout reads.
func isTimeout() TextRule {
	return Text("a positive duration", func(text string) error {
		_, err := ParseTimeout(text)
		return err
	})
}
