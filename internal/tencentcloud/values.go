// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// Time reads unix seconds, given as a JSON number or as a string of digits, and returns UTC. A missing time, a
// fraction and milliseconds are errors.
func Time(value decimal.JSON) (time.Time, error) {
	number, err := value.Decimal()
	if err != nil {
		return time.Time{}, err
	}
	if number.IsNull() {
		return time.Time{}, errors.New("there is no time")
	}
	seconds, err := strconv.ParseUint(number.String(), 10, 63)
	if err != nil {
		return time.Time{}, fmt.Errorf("%.40s is not a time in unix seconds", number)
	}
	if seconds > 9_999_999_999 {
		return time.Time{}, fmt.Errorf("%d is not a time in unix seconds; it looks like milliseconds", seconds)
	}
	return time.Unix(int64(seconds), 0).UTC(), nil
}

// Number is a member of an answer and where it goes.
type Number struct {
	Name  string
	Value decimal.JSON
	Into  *decimal.Decimal
}

// Numbers reads members; a null or missing one becomes null. The error names the member that is no number.
func Numbers(members ...Number) error {
	for _, m := range members {
		value, err := m.Value.Decimal()
		if err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		*m.Into = value
	}
	return nil
}
