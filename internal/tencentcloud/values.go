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

// Time reads unix seconds from a JSON number or a string of digits. It returns UTC. A missing time, a fraction and
// milliseconds are errors.
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
	if seconds > 9_999_999_999 {
		return time.Time{}, fmt.Errorf("%d is not a time in unix seconds; it looks like milliseconds", seconds)
	}
	return time.Unix(int64(seconds), 0).UTC(), nil
}
