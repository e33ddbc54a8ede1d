// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

const tencent = "Tencent Cloud"

// problem reports credentials that cannot work, or returns nil. It makes no call.
func (c credentials) problem(e endpoints) diag.Diagnostic {
	if d := unusable(c.needed(e)...); d != nil {
		return d
	}
	if c.kind == byWebIdentity && c.assumed != nil {
		return diag.NewErrorDiagnostic("Conflicting Provider Arguments", fmt.Sprintf(
			"assume_role requires keys, but the environment has only a web identity, in %s, %s or %s. Unset these variables, or set "+
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
		needed = []argument{c.machineRole, e.metadata}
	case byWebIdentity:
		needed = slices.Concat(c.webRole.arguments(e), []argument{c.providerID, c.webToken, c.webTokenFile})
	}
	if c.assumed != nil {
		needed = slices.Concat(needed, c.assumed.arguments(e))
	}
	return needed
}

func (r role) arguments(e endpoints) []argument {
	return []argument{r.arn, r.sessionName, r.sessionDuration, r.externalID, r.policy, e.sts}
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
		}})
	case text && file:
		return diag.NewErrorDiagnostic("Conflicting Environment Variables", fmt.Sprintf(
			"Both %s and %s are set. Unset one of them.", EnvWebIdentityToken, EnvWebIdentityTokenFile))
	}
	for _, d := range []diag.Diagnostic{
		sendableProblem(tencent, c.webToken), shortProblem(tencent, c.webToken), c.webTokenFile.problem(checkPath),
	} {
		if d != nil {
			return d
		}
	}
	return nil
}

// profileProblem reports an invalid profile. A missing default profile counts as having no credentials, unless its
// directory was given.
func (c credentials) profileProblem() diag.Diagnostic {
	if d := c.profileName().problem(checkProfile); d != nil {
		return d
	}
	if d := c.dir.problem(checkPath); d != nil {
		return d
	}
	path := tencentcloud.ProfilePath(c.sharedDir(), c.profileName().value)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && c.profile.missing() && c.dir.missing() {
		d := missingProblem(tencent, []argument{c.secretID, c.secretKey})
		return diag.NewErrorDiagnostic(d.Summary(), d.Detail()+" Or use a profile, cam_role_name or "+
			"assume_role_with_web_identity: see the guide Authentication.")
	}
	return nil
}

// problem reports what is wrong with the role's arguments.
func (r role) problem() diag.Diagnostic {
	if r.arn.missing() {
		return missingProblem(tencent, []argument{r.arn})
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

// unusable reports the first argument that has no value before apply, or an invalid one from the environment.
func unusable(arguments ...argument) diag.Diagnostic {
	for _, a := range arguments {
		switch {
		case a.invalid != nil:
			return a.invalid
		case a.unknown:
			return a.unknownProblem()
		}
	}
	return nil
}

func (a argument) unknownProblem() diag.Diagnostic {
	detail := fmt.Sprintf("The value of the provider argument %s is not known yet, because it depends on something that is "+
		"created during apply. Apply that first, with -target", a.name)
	if a.variable != "" {
		detail += ". Or remove it from the provider block (of credentials: all of them) and set " + a.variable + " in the environment"
	}
	return diag.NewErrorDiagnostic("Unknown Provider Argument", detail+".")
}

// credentialProblem reports which credentials are missing, cannot be sent or are too short. The first of the required ones
// is the ID; the others are secrets.
func credentialProblem(vendor string, required []argument, optional ...argument) diag.Diagnostic {
	for _, d := range []diag.Diagnostic{
		sendableProblem(vendor, slices.Concat(required, optional)...),
		missingProblem(vendor, required, optional...),
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
				"%s begins or ends with white space, such as the line break at the end of a file, or contains a control character. "+
					"Remove it; trimspace() removes white space.", a))
		}
	}
	return nil
}

// shortProblem reports which of the secrets is too short to be masked, which also means that it cannot be a real one.
func shortProblem(vendor string, secrets ...argument) diag.Diagnostic {
	for _, a := range secrets {
		if !a.missing() && !transport.IsMaskable(a.value) {
			return diag.NewErrorDiagnostic("Invalid "+vendor+" Credentials", fmt.Sprintf(
				"%s has fewer than %d characters. Check that it was copied completely.", a, transport.MinSecret))
		}
	}
	return nil
}

// missingProblem reports which of the required credentials have no value. If others of the set do, it says which and where.
func missingProblem(vendor string, required []argument, optional ...argument) diag.Diagnostic {
	var missing, found []argument
	for _, a := range required {
		if a.missing() {
			missing = append(missing, a)
		} else {
			found = append(found, a)
		}
	}
	if missing == nil {
		return nil
	}
	for _, a := range optional {
		if !a.missing() {
			found = append(found, a)
		}
	}
	names, variables := joined(missing, argument.argumentName), joined(missing, argument.variableName)
	advice := fmt.Sprintf("Set %s in the provider block, or %s in the environment.", names, variables)
	switch {
	case found == nil:
	case found[0].inBlock:
		advice = fmt.Sprintf("The provider block sets %s but not %s; an empty string counts as not set. Set all of them there: "+
			"credentials must all come from one place, so %s is not used.", joined(found, argument.argumentName), names, variables)
	default:
		advice = fmt.Sprintf("The environment has %s but not %s. Set all of them there, or set %s in the provider block instead: "+
			"credentials must all come from one place.", joined(found, argument.variableName), variables, joined(required, argument.argumentName))
	}
	return diag.NewErrorDiagnostic("Missing "+vendor+" Credentials",
		fmt.Sprintf("This requires %s credentials. %s", vendor, advice))
}

// joined returns one name of each argument, with "and" between.
func joined(arguments []argument, name func(argument) string) string {
	var names []string
	for _, a := range arguments {
		names = append(names, name(a))
	}
	return strings.Join(names, " and ")
}
