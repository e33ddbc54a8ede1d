// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/prometheus/common/model"

	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

// isLookback accepts durations longer than zero.
func isLookback() TextRule {
	return Text("a duration", func(text string) error {
		_, err := times.ParsePositiveDuration(text)
		return err
	})
}

// isOffset accepts durations, zero among them.
func isOffset() TextRule {
	return Text("a duration, or 0s", func(text string) error {
		_, err := times.ParseDuration(text)
		return err
	})
}

// durations returns lookback and offset, zero where they are null, or what is wrong with them.
func (a WindowArguments) durations(p Period) (lookback, offset time.Duration, problem diag.Diagnostic) {
	lookback, problem = p.duration(lookbackName, a.Lookback, isLookback(), "set "+a.Names.Start+" instead")
	if problem != nil {
		return 0, 0, problem
	}
	offset, problem = p.duration(offsetName, a.Offset, isOffset(), "set "+a.Names.Start+" and "+a.Names.End+" instead")
	return lookback, offset, problem
}

// durationsProblem is what durations finds wrong that no other validator does.
func (a WindowArguments) durationsProblem(p Period) diag.Diagnostic {
	for _, arg := range []struct {
		value *types.String
		rule  TextRule
	}{{&a.Lookback, isLookback()}, {&a.Offset, isOffset()}} {
		if !IsGiven(*arg.value) || arg.rule.check(arg.value.ValueString()) != nil {
			*arg.value = types.StringNull()
		}
	}
	_, _, problem := a.durations(p)
	return problem
}

// duration reads a duration of whole periods, zero for null. instead says what to set by month.
func (p Period) duration(name string, v types.String, rule TextRule, instead string) (time.Duration, diag.Diagnostic) {
	if v.IsNull() {
		return 0, nil
	}
	text, at := v.ValueString(), path.Root(name)
	if err := rule.check(text); err != nil {
		return 0, Invalid(at, err)
	}
	if p.length == 0 {
		return 0, Invalid(at, errors.New("cannot be used with months, whose length varies; "+instead))
	}
	d, err := times.ParseDuration(text)
	if err != nil {
		return 0, Invalid(at, err)
	}
	if d%p.length != 0 {
		shorter, longer := d.Truncate(p.length), d.Truncate(p.length)+p.length
		choice := fmt.Sprintf("%q or %q", durationLike(text, shorter), durationLike(text, longer))
		if shorter == 0 && name == lookbackName {
			choice = strconv.Quote(durationLike(text, longer))
		}
		return 0, Invalid(at, fmt.Errorf("must be a whole number of %ss, got %q; write %s", p, text, choice))
	}
	return d, nil
}

// durationLike writes a duration in the units of a text: with days where it has days, and in hours otherwise.
func durationLike(text string, d time.Duration) string {
	if strings.ContainsAny(text, "dwy") {
		return model.Duration(d).String()
	}
	hours, rest := d/time.Hour, d%time.Hour
	switch {
	case d == 0:
		return "0s"
	case rest == 0:
		return fmt.Sprintf("%dh", hours)
	case hours == 0:
		return model.Duration(rest).String()
	}
	return fmt.Sprintf("%dh%s", hours, model.Duration(rest))
}
