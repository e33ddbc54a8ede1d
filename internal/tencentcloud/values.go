// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
)

const (
	// maxSeconds is the greatest number that is read as unix seconds, a time in the year 2286. Greater numbers are
	// milliseconds.
	maxSeconds      = 9_999_999_999
	maxMilliseconds = maxSeconds*1000 + 999
)

// Time reads unix seconds from a JSON number or a string of digits. It returns UTC. A missing time, a fraction or
// milliseconds are an error.
func Time(value jsonread.Value) (time.Time, error) {
	number, err := value.Number()
	if err != nil {
		return time.Time{}, err
	}
	if number.IsNull() {
		return time.Time{}, errors.New("there is no time")
	}
	seconds, err := strconv.ParseUint(number.String(), 10, 63)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is not a time in unix seconds", excerpt.Of(number.String()))
	}
	if seconds > maxSeconds {
		return time.Time{}, fmt.Errorf("%d is not a time in unix seconds; it looks like milliseconds", seconds)
	}
	return time.Unix(int64(seconds), 0).UTC(), nil
}

// Moment reads the time of an event as unix seconds, unix milliseconds or RFC 3339. The vendor uses all three, and its
// examples do not always match its documentation. It returns UTC. Null, "" and 0 mean that the event has not happened yet
// and are the zero time.
func Moment(r *jsonread.Reader) (time.Time, error) {
	text, err := r.Scalar()
	if err != nil || text == "" {
		return time.Time{}, err
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.UTC(), nil
	}
	unix, err := strconv.ParseUint(text, 10, 63)
	switch {
	case err != nil || unix > maxMilliseconds:
		return time.Time{}, fmt.Errorf("%s is not a time in unix seconds, unix milliseconds or RFC 3339", excerpt.Quote(text))
	case unix == 0:
		return time.Time{}, nil
	case unix > maxSeconds:
		return time.UnixMilli(int64(unix)).UTC(), nil
	}
	return time.Unix(int64(unix), 0).UTC(), nil
}
