// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// region resolves the region: the block's, else the variable's, else that of the profile whose keys are used.
func (m model) region(c credentials) setting {
	region := given(m.Region, EnvRegion).checked(EnvRegion, checkRegion)
	if !region.missing() || c.kind != byProfile || c.profile.unknown || c.dir.unknown || c.profileProblem() != nil {
		return region
	}
	path := tencentcloud.ProfileSettingsPath(c.sharedDir(), c.profileName().value)
	value, err := tencentcloud.ProfileRegion(path)
	if err == nil && value != "" {
		err = checkRegion(value)
	}
	region.value = value
	if err != nil {
		region.invalid = diag.NewErrorDiagnostic("Invalid Profile", fmt.Sprintf(
			"Cannot read the region of the profile %s: %s: %v. Correct it, or set region or %s.", c.profileName().value, path, err, EnvRegion))
	}
	return region
}
