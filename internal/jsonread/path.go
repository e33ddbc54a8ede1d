// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package jsonread

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

// step is a step of a path: the index in a list or the name of a member.
type step struct {
	inList bool
	index  int
	name   string
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// maxName is the maximum number of characters of a name in a path.
const maxName = 255

// place returns the path in the notation of JSONPath, such as $.rows[3]["-1"].
func (r *Reader) place() string {
	var place strings.Builder
	place.WriteByte('$')
	for _, s := range r.path {
		switch {
		case s.inList:
			fmt.Fprintf(&place, "[%d]", s.index)
		case len(s.name) <= maxName && identifier.MatchString(s.name):
			place.WriteString("." + s.name)
		default:
			fmt.Fprintf(&place, "[%q]", excerpt.Cut(s.name, maxName))
		}
	}
	return place.String()
}
