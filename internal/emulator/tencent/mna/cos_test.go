// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"net/http"
	"testing"
)

func TestPublishedVectorsHaveTheirSignatures(t *testing.T) {
	tests := []struct {
		name, method, keyTime string
		params, headers       map[string]string
		want                  string
	}{
		{
			name: "upload", method: http.MethodPut, keyTime: "1557989151;1557996351",
			headers: map[string]string{
				"content-length":   "13",
				"content-md5":      "mQ/fVh815F3k6TAUm8m0eg==",
				"content-type":     "text/plain",
				"date":             "Thu, 16 May 2019 06:45:51 GMT",
				"host":             "examplebucket-1250000000.cos.ap-beijing.myqcloud.com",
				"x-cos-acl":        "private",
				"x-cos-grant-read": `uin="100000000011"`,
			},
			want: "3b8851a11a569213c17ba8fa7dcf2abec6935172",
		},
		{
			name: "download", method: http.MethodGet, keyTime: "1557989753;1557996953",
			params: map[string]string{
				"response-cache-control": "max-age=600",
				"response-content-type":  "application/octet-stream",
			},
			headers: map[string]string{
				"date": "Thu, 16 May 2019 06:55:53 GMT",
				"host": "examplebucket-1250000000.cos.ap-beijing.myqcloud.com",
			},
			want: "01681b8c9d798a678e43b685a9f1bba0f6c0e012",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := cosSignature("BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz", test.keyTime, test.method,
				"/exampleobject(腾讯云)", test.params, test.headers)
			if got != test.want {
				t.Errorf("signature %s, want %s", got, test.want)
			}
		})
	}
}
