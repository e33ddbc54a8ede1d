// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/sts"
)

var (
	sessionName = regexp.MustCompile(`^[\w+=,.@-]{2,128}$`)
	regionName  = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)
	roleName    = regexp.MustCompile(`^[\w+=,.@-]{1,128}$`)
	// pathVariable is an environment variable at the beginning of a path, as shells of Unix and Windows write it.
	pathVariable = regexp.MustCompile(`^(\$\w+|\$\{\w+\}|%\w+%)`)
)

func checkRoleARN(arn string) error {
	if !strings.HasPrefix(arn, "qcs:") {
		return fmt.Errorf(`must be a role's ARN such as "qcs::cam::uin/100000000001:roleName/example", got %q`, arn)
	}
	return nil
}

func checkSessionName(name string) error {
	if !sessionName.MatchString(name) {
		return fmt.Errorf("must be 2 to 128 letters, digits and =,.@_-+, got %q", name)
	}
	return nil
}

func checkRoleName(name string) error {
	if !roleName.MatchString(name) {
		return fmt.Errorf("must be a role's name of letters, digits and =,.@_-+, got %q", name)
	}
	return nil
}

func checkSessionDuration(seconds string) error {
	if n, err := strconv.Atoi(seconds); err != nil || n < 1 || n > maxSessionDuration {
		return fmt.Errorf("must be a whole number of seconds from 1 to %d, got %q", maxSessionDuration, seconds)
	}
	return nil
}

func checkProfile(profile string) error {
	if strings.ContainsAny(profile, `/\`) {
		return fmt.Errorf("must be the name of a profile, without slashes, got %q", profile)
	}
	return nil
}

func checkPolicy(policy string) error {
	if !sts.IsPolicy(policy) {
		return errors.New("must be a JSON object; jsonencode() makes one")
	}
	return nil
}

// checkRegion reports whether a text can be a region.
func checkRegion(region string) error {
	if !regionName.MatchString(region) {
		return fmt.Errorf("must be a region such as \"ap-guangzhou\", got %.80q", region)
	}
	return nil
}

// checkPath reports a path that begins with an environment variable, which only shells expand.
func checkPath(path string) error {
	variable := pathVariable.FindString(path)
	if variable == "" {
		return nil
	}
	rest := path[len(variable):]
	switch strings.ToUpper(strings.Trim(variable, "${}%")) {
	case "HOME", "USERPROFILE":
		return fmt.Errorf("must be a path without environment variables, got %s; write %.200s", variable, "~"+rest)
	}
	return fmt.Errorf("must be a path without environment variables, got %s; write the directory itself, or ~ for your home directory", variable)
}
