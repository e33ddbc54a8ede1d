// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Problems are diagnostics.
type Problems []*tfprotov6.Diagnostic

// HasErrors reports whether there is an error, not only warnings.
func (p Problems) HasErrors() bool {
	return slices.ContainsFunc(p, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

// String returns the attribute, summary and detail of each diagnostic.
func (p Problems) String() string {
	var b strings.Builder
	for _, d := range p {
		fmt.Fprintf(&b, "[%s] %s: %s\n", Attribute(d), d.Summary, d.Detail)
	}
	return b.String()
}

// Attribute returns the path of a diagnostic as written in configurations, such as device_list[0]. It is empty if the
// diagnostic is about a whole block.
func Attribute(d *tfprotov6.Diagnostic) string {
	var b strings.Builder
	for i, step := range d.Attribute.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(string(step))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&b, "[%d]", int64(step))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&b, "[%q]", string(step))
		default:
			fmt.Fprintf(&b, "[%v]", step)
		}
	}
	return b.String()
}
