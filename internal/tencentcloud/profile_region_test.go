// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"os"
	"strings"
	"testing"
)

func TestProfileRegion(t *testing.T) {
	for name, test := range map[string]struct{ content, want, problem string }{
		"as tccli writes it": {`{"_sys_param": {"arrayCount": "1", "region": "ap-guangzhou", "timeout": 60}, "cvm": {}}`, "ap-guangzhou", ""},
		"byte order mark":    {"\xef\xbb\xbf" + `{"_sys_param": {"region": "ap-guangzhou"}}`, "ap-guangzhou", ""},
		"no region":          {`{"_sys_param": {"output": "json"}}`, "", ""},
		"null":               {`{"_sys_param": {"region": null}}`, "", ""},
		"another object":     {`{"cvm": {"region": "ap-guangzhou"}}`, "", ""},
		"not JSON":           {"region = canary", "", "the file is not a JSON object with the string _sys_param.region"},
		"a number":           {`{"_sys_param": {"region": 1}}`, "", "the file is not a JSON object with the string _sys_param.region"},
		"a list":             {`["canary"]`, "", "the file is not a JSON object"},
		"too large":          {strings.Repeat(" ", 1<<20) + "{}", "", "the file is larger than 1 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			path := ProfileSettingsPath(t.TempDir(), "default")
			if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			region, err := ProfileRegion(path)
			if region != test.want || (err != nil) != (test.problem != "") {
				t.Errorf("%q, %v", region, err)
			}
			if err != nil && (!strings.Contains(err.Error(), test.problem) || strings.Contains(err.Error(), "canary")) {
				t.Errorf("got %v, want %s", err, test.problem)
			}
		})
	}
	if region, err := ProfileRegion(ProfileSettingsPath(t.TempDir(), "absent")); region != "" || err != nil {
		t.Errorf("without a file: %q, %v", region, err)
	}
	if _, err := ProfileRegion(t.TempDir()); err == nil {
		t.Error("a directory has a region")
	}
}
