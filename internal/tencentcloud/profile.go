// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// ProfilePath returns the file that holds the keys of a profile.
func ProfilePath(dir, profile string) string { return filepath.Join(dir, profile+".credential") }

// NewProfile returns a source of the keys in a profile's file, as tccli writes it: JSON with secretId, secretKey and
// token. Other members are ignored. The file is read once, and again if its temporary keys are refused.
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

func readProfile(path string) (Credential, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return Credential{}, pathError(err)
	}
	var file struct {
		SecretID  string `json:"secretId"`
		SecretKey string `json:"secretKey"`
		Token     string `json:"token"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return Credential{}, errors.New("the file is not JSON with the texts secretId, secretKey and token") // The cause quotes the file.
	}
	if file.SecretID == "" || file.SecretKey == "" {
		return Credential{}, errors.New("the file has no secretId or no secretKey")
	}
	return Credential(file), nil
}

// pathError returns the cause of an error about a file, whose path is told elsewhere.
func pathError(err error) error {
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		return cause.Err
	}
	return err
}
