// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/textfile"
)

// ProfilePath returns the path of a profile's file.
func ProfilePath(dir, profile string) string { return filepath.Join(dir, profile+".credential") }

// ProfileSettingsPath returns the path of the file in which tccli stores the settings of a profile other than the keys.
func ProfileSettingsPath(dir, profile string) string { return filepath.Join(dir, profile+".configure") }

// NewProfile returns a source of the keys in a profile's file. The file is JSON with secretId, secretKey and token, as
// tccli writes it. Other members are ignored. The source reads the file once, and again when the vendor refuses temporary
// keys from it. Errors name the file.
func NewProfile(dir, profile string, c clock.Clock) *Temporary {
	path := ProfilePath(dir, profile)
	return NewTemporary(SharedProfile, profile, c, func(context.Context) (Issued, error) {
		keys, err := readProfile(path)
		if err != nil {
			return Issued{}, fmt.Errorf("%s: %w", path, err)
		}
		return Issued{Credential: keys}, nil
	})
}

// readProfile reads the keys from a file. Its errors do not quote the content of the file.
func readProfile(path string) (Credential, error) {
	content, err := textfile.Read(path)
	if err != nil {
		return Credential{}, err
	}
	var file struct {
		SecretID  string `json:"secretId"`
		SecretKey string `json:"secretKey"`
		Token     string `json:"token"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return Credential{}, errors.New("the file is not a JSON object with the strings secretId, secretKey and token")
	}
	if file.SecretID == "" || file.SecretKey == "" {
		return Credential{}, errors.New("the file has no secretId or no secretKey")
	}
	return Credential(file), Credential(file).check()
}

// ProfileRegion returns the region in a file that tccli writes for a profile: JSON with _sys_param.region. It is empty if
// the file or the member does not exist. Errors do not quote the content of the file.
func ProfileRegion(path string) (string, error) {
	content, err := textfile.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var file struct {
		Parameters struct {
			Region string `json:"region"`
		} `json:"_sys_param"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return "", errors.New("the file is not a JSON object with the string _sys_param.region")
	}
	return file.Parameters.Region, nil
}
