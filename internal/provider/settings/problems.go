// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/sts"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

const tencent = "Tencent Cloud"

// problem reports credentials that cannot work, or returns nil. It makes no call.
func (c credentials) problem(e endpoints) diag.Diagnostic {
	if d := unknownProblem(c.needed(e)...); d != nil {
		return d
	}
	if c.kind == byWebIdentity && c.assumed != nil {
		return diag.NewErrorDiagnostic("Conflicting Provider Arguments", fmt.Sprintf(
			"assume_role goes on top of keys, and there are none but a web identity's, from %s, %s or %s. Unset these, or set "+
				"assume_role_with_web_identity instead of assume_role.", EnvProviderID, EnvWebIdentityToken, EnvWebIdentityTokenFile))
	}
	if d := c.kindProblem(); d != nil || c.assumed == nil {
		return d
	}
	return c.assumed.problem()
}

// needed returns the arguments that must be known before keys can be requested.
func (c credentials) needed(e endpoints) []argument {
	var needed []argument
	switch c.kind {
	case byKey:
		needed = []argument{c.secretID, c.secretKey, c.token}
	case byProfile:
		needed = []argument{c.profile, c.dir}
	case byMachineRole:
		needed = []argument{c.machineRole, {"endpoints.metadata", EnvEndpointURL, e.metadata}}
	case byWebIdentity:
		needed = slices.Concat(c.webRole.arguments(e), []argument{c.providerID, c.webToken, c.webTokenFile})
	}
	if c.assumed != nil {
		needed = slices.Concat(needed, c.assumed.arguments(e))
	}
	return needed
}

func (r role) arguments(e endpoints) []argument {
	return []argument{r.arn, r.sessionName, r.sessionDuration, r.externalID, r.policy, {"endpoints.sts", EnvEndpointURL, e.sts}}
}

func (c credentials) kindProblem() diag.Diagnostic {
	switch c.kind {
	case byProfile:
		return c.profileProblem()
	case byMachineRole:
		return c.machineRole.problem(checkRoleName)
	case byWebIdentity:
		return c.webIdentityProblem()
	case byKey:
	}
	return credentialProblem(tencent, []argument{c.secretID, c.secretKey}, c.token)
}

func (c credentials) webIdentityProblem() diag.Diagnostic {
	if d := c.webRole.problem(); d != nil {
		return d
	}
	text, file := !c.webToken.missing(), !c.webTokenFile.missing()
	switch {
	case !text && !file:
		return missingProblem(tencent, []argument{{
			name: c.webToken.name + " or web_identity_token_file", variable: EnvWebIdentityToken + " or " + EnvWebIdentityTokenFile,
		}}, nil)
	case text && file:
		return diag.NewErrorDiagnostic("Conflicting Environment Variables", fmt.Sprintf(
			"Both %s and %s are set. Unset one of them.", EnvWebIdentityToken, EnvWebIdentityTokenFile))
	}
	if d := sendableProblem(tencent, c.webToken); d != nil {
		return d
	}
	return shortProblem(tencent, c.webToken)
}

// profileProblem reports an invalid profile. A missing default profile that was not configured counts as having no
// credentials.
func (c credentials) profileProblem() diag.Diagnostic {
	configured := !c.profile.missing()
	c.profile = c.profile.or(defaultProfile)
	if d := c.profile.problem(checkProfile); d != nil {
		return d
	}
	path := tencentcloud.ProfilePath(c.sharedDir(), c.profile.value)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !configured {
		d := missingProblem(tencent, []argument{c.secretID, c.secretKey}, nil)
		return diag.NewErrorDiagnostic(d.Summary(), d.Detail()+" A profile, cam_role_name or assume_role_with_web_identity can "+
			"replace the key: see the guide Authentication.")
	}
	return nil
}

// problem reports what is wrong with the role's arguments.
func (r role) problem() diag.Diagnostic {
	if r.arn.missing() {
		return missingProblem(tencent, []argument{r.arn}, nil)
	}
	for _, d := range []diag.Diagnostic{
		r.arn.problem(checkRoleARN), r.sessionName.problem(checkSessionName), r.sessionDuration.problem(checkSessionDuration),
	} {
		if d != nil {
			return d
		}
	}
	return nil
}

var (
	sessionName = regexp.MustCompile(`^[\w+=,.@-]{2,128}$`)
	roleName    = regexp.MustCompile(`^[\w+=,.@-]{1,128}$`)
)

func checkRoleARN(arn string) error {
	if !strings.HasPrefix(arn, "qcs:") {
		return fmt.Errorf(`must be a role's ARN such as "qcs::cam::uin/100000000001:roleName/example", got: %q`, arn)
	}
	return nil
}

func checkSessionName(name string) error {
	if !sessionName.MatchString(name) {
		return fmt.Errorf("must be 2 to 128 letters, digits and =,.@_-+, got: %q", name)
	}
	return nil
}

func checkRoleName(name string) error {
	if !roleName.MatchString(name) {
		return fmt.Errorf("must be a role's name, of letters, digits and =,.@_-+, got: %q", name)
	}
	return nil
}

func checkSessionDuration(seconds string) error {
	if n, err := strconv.Atoi(seconds); err != nil || n < 1 || n > maxSessionDuration {
		return fmt.Errorf("must be a whole number of seconds from 1 to %d, got: %q", maxSessionDuration, seconds)
	}
	return nil
}

func checkProfile(profile string) error {
	if strings.ContainsAny(profile, `/\`) {
		return fmt.Errorf("must be a name without slashes, the file's without .credential, got: %q", profile)
	}
	return nil
}

func checkPolicy(policy string) error {
	if !sts.IsPolicy(policy) {
		return errors.New("must be a JSON object, such as jsonencode() makes")
	}
	return nil
}

// unknownProblem says which of the arguments has no value before apply.
func unknownProblem(arguments ...argument) diag.Diagnostic {
	for _, a := range arguments {
		if a.unknown {
			detail := fmt.Sprintf("The provider argument %s is not wrong but not known yet: it depends on something that is "+
				"created during apply. Apply that first, with -target", a.name)
			if a.variable != "" {
				detail += "; or take the argument out of the provider block, credentials as a whole set, and set " + a.variable +
					" in the environment"
			}
			return diag.NewErrorDiagnostic("Unknown Provider Argument", detail+".")
		}
	}
	return nil
}

// credentialProblem reports which credentials are missing, cannot be sent or are too short. The first of the required ones
// is the ID; the others are secrets.
func credentialProblem(vendor string, required []argument, optional ...argument) diag.Diagnostic {
	for _, d := range []diag.Diagnostic{
		sendableProblem(vendor, slices.Concat(required, optional)...),
		missingProblem(vendor, required, optional),
		shortProblem(vendor, slices.Concat(required[1:], optional)...),
	} {
		if d != nil {
			return d
		}
	}
	return nil
}

// sendableProblem reports which of the values cannot be sent.
func sendableProblem(vendor string, arguments ...argument) diag.Diagnostic {
	for _, a := range arguments {
		if !transport.IsSendable(a.value) {
			return diag.NewErrorDiagnostic("Invalid "+vendor+" Credentials", fmt.Sprintf(
				"%s (or %s) begins or ends with white space, such as the line break at the end of a file, or has a control character "+
					"in it. Remove it; trimspace() removes white space.", a.name, a.variable))
		}
	}
	return nil
}

// shortProblem reports which of the secrets is too short to be masked, which also means that it cannot be a real one.
func shortProblem(vendor string, secrets ...argument) diag.Diagnostic {
	for _, a := range secrets {
		if !a.missing() && !transport.IsMaskable(a.value) {
			return diag.NewErrorDiagnostic("Invalid "+vendor+" Credentials", fmt.Sprintf(
				"%s (or %s) has fewer than %d characters. Check that it was copied completely.", a.name, a.variable, transport.MinSecret))
		}
	}
	return nil
}

// missingProblem reports which credentials have no value.
func missingProblem(vendor string, arguments, optional []argument) diag.Diagnostic {
	var names, variables []string
	for _, a := range arguments {
		if a.missing() {
			names, variables = append(names, a.name), append(variables, a.variable)
		}
	}
	if names == nil {
		return nil
	}
	advice := "Set %s in the provider block, or %s in the environment."
	alone := slices.ContainsFunc(optional, func(a argument) bool { return !a.missing() })
	if len(names) < len(arguments) || alone {
		advice = "The rest of the set was found. Set %s beside it if that is the provider block, or %s if it is the environment: " +
			"a set comes from one place."
	}
	return diag.NewErrorDiagnostic("Missing "+vendor+" Credentials", fmt.Sprintf("Reading this needs %s credentials. "+advice,
		vendor, strings.Join(names, " and "), strings.Join(variables, " and ")))
}
