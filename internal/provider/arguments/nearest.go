// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// nearest returns the option that a refused text nearly is: another spelling of it, one of its near misses, the same
// length of time, its name, or a typing error away. It is nil where no option or more than one is meant.
func (c Choice) nearest(text string) *Option {
	const longest = 40
	if text = plain(text); text == "" || len(text) > longest {
		return nil
	}
	for _, isMeant := range []func(*Option) bool{
		func(o *Option) bool { return plain(o.Word) == text },
		func(o *Option) bool {
			return slices.ContainsFunc(o.Near, func(near string) bool { return plain(near) == text })
		},
		func(o *Option) bool { return plain(o.Name) == text },
		func(o *Option) bool { return lengthOfTime(o.Word) != "" && lengthOfTime(o.Word) == lengthOfTime(text) },
		func(o *Option) bool { return isTypingError(plain(o.Word), text) },
	} {
		if option := c.only(isMeant); option != nil {
			return option
		}
	}
	return nil
}

// only returns the one option for which something is true.
func (c Choice) only(isMeant func(*Option) bool) *Option {
	var found *Option
	for i := range c.options {
		if !isMeant(&c.options[i]) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &c.options[i]
	}
	return found
}

// plain returns a text without the differences that writers do not see: case, spaces, underscores, hyphens and quotes.
func plain(text string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", `"`, "", "'", "").Replace(strings.ToLower(text))
}

// isTypingError reports whether two words differ by a letter, or by two if they are long.
func isTypingError(word, text string) bool {
	const long, short = 8, 4
	distance := levenshtein.Distance(word, text, nil)
	return distance == 1 && len(word) >= short || distance == 2 && len(word) >= long
}

// lengthOfTime returns one text for all common words of a length of time, and nothing for other texts.
func lengthOfTime(text string) string {
	switch plain(text) {
	case "m", "1m", "min", "1min", "mins", "minute", "1minute", "minutes", "minutely", "60", "60s":
		return "minute"
	case "5m", "5min", "5mins", "5minute", "5minutes", "fiveminute", "fiveminutes", "300", "300s":
		return "5 minutes"
	case "h", "1h", "hr", "1hr", "hour", "1hour", "hours", "hourly", "60m", "60min", "60minutes", "3600", "3600s":
		return "hour"
	case "d", "1d", "day", "1day", "days", "daily", "date", "24h", "24hours", "86400", "86400s":
		return "day"
	case "mo", "1mo", "mon", "month", "1month", "months", "monthly", "30d", "p1m":
		return "month"
	}
	return ""
}
