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

// HasErrors says whether there are more than warnings.
func (p Problems) HasErrors() bool {
	return slices.ContainsFunc(p, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

// String prints each as Terraform would: where, what, why.
func (p Problems) String() string {
	var b strings.Builder
	for _, d := range p {
		fmt.Fprintf(&b, "[%s] %s: %s\n", Attribute(d), d.Summary, d.Detail)
	}
	return b.String()
}

// Attribute returns where a diagnostic points, as configurations write it: device_list[0]. It is empty for one that
// is about a whole block.
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
