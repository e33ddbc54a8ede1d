// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Override writes a response instead of the emulator; see emulator.Options.
type Override = func(emulator.API, http.ResponseWriter, *http.Request) bool

// TencentError returns an Override that sends an error of API 3.0.
func TencentError(code, message string) Override {
	return acctest.Answer(tencentError(code, message, "r-1"))
}

// RelayError returns an Override that sends an error of CDNetworks.
func RelayError(code, message string) Override { return acctest.Answer(relayError(code, message)) }

// LegacyError returns an Override that sends an error of the legacy API with the CDN module's code.
func LegacyError(code, module int) Override {
	return acctest.Answer(fmt.Sprintf(`{"code": %d, "message": "(%d)no", "codeDesc": %d}`, code, module, module))
}

func tencentError(code, message, requestID string) string {
	return fmt.Sprintf(`{"Response": {"Error": {"Code": %s, "Message": %s}, "RequestId": %q}}`, quote(code), quote(message), requestID)
}

func relayError(code, message string) string {
	return fmt.Sprintf(`{"code": %s, "message": %s}`, quote(code), quote(message))
}

func quote(text string) []byte {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // Strings can always be encoded as JSON.
	}
	return quoted
}

// vendor contains what the data sources of one vendor's API have in common.
type vendor struct {
	// keys are the environment variables for the credentials. missing are texts in the error if they are missing.
	keys, missing []string
	// otherKeys are the environment variables for other vendors' credentials.
	otherKeys []string
	// refused is the code of an error about the request's arguments.
	refused string
	// refusal is the body of that error.
	refusal func(message string) string
	// failure returns a transient error. failed is a text in the provider's error after three attempts if the request ID is
	// last-1.
	failure func(requestID string) emulator.Fault
	failed  string
	// malformed maps malformed responses to the error with its place.
	malformed map[string]string
}

var (
	tencentKeys    = []string{"TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"}
	cdnetworksKeys = []string{"CDNETWORKS_USERNAME", "CDNETWORKS_API_KEY"}
	tencentMissing = []string{
		"Missing Tencent Cloud Credentials", "secret_id and secret_key", "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY",
		"Or use a profile, cam_role_name or assume_role_with_web_identity",
	}
)

// vendorOf returns the vendor of an API. Most are Tencent Cloud's API 3.0.
func vendorOf(api emulator.API) vendor {
	switch api {
	case emulator.CDNetworks:
		return cdnetworks()
	case emulator.CDNLegacy:
		return legacy()
	default:
		return tencent()
	}
}

func tencent() vendor {
	return vendor{
		keys: tencentKeys, missing: tencentMissing, otherKeys: cdnetworksKeys,
		refused: "InvalidParameter",
		refusal: func(message string) string { return tencentError("InvalidParameter", message, "r-1") },
		failure: func(id string) emulator.Fault {
			return emulator.Fault{Kind: emulator.FaultAnswer, Body: tencentError("InternalError", "no", id)}
		},
		failed: "InternalError: no.\nRequest ID last-1, 3 attempts in ",
		malformed: map[string]string{
			`[]`: "$: unexpected array", `{"Response":7}`: "$.Response: unexpected number",
			`{"Response":{"Error":7}}`: "$.Response.Error: unexpected number",
		},
	}
}

func cdnetworks() vendor {
	return vendor{
		keys: cdnetworksKeys, otherKeys: tencentKeys, missing: []string{
			"Missing CDNetworks Credentials", "cdnetworks.username and cdnetworks.api_key", "CDNETWORKS_USERNAME and CDNETWORKS_API_KEY",
		},
		refused: "24001129",
		refusal: func(message string) string { return relayError("24001129", message) },
		failure: func(id string) emulator.Fault {
			return emulator.Fault{
				API: emulator.CDNetworks, Kind: emulator.FaultError, Code: "24002001", Message: "no",
				Header: map[string]string{"X-Cnc-Request-Id": id},
			}
		},
		failed:    "code 24002001: no.\nRequest ID last-1, 3 attempts in ",
		malformed: codedMalformed(),
	}
}

func legacy() vendor {
	return vendor{
		keys: tencentKeys, missing: tencentMissing, otherKeys: cdnetworksKeys,
		refused: "4000",
		refusal: func(message string) string { return fmt.Sprintf(`{"code": 4000, "message": %s}`, quote(message)) },
		failure: func(string) emulator.Fault { // The legacy API has no request IDs.
			return emulator.Fault{API: emulator.CDNLegacy, Kind: emulator.FaultError, Code: "6000", Message: "no"}
		},
		failed:    "code 6000: no.\n3 attempts in ",
		malformed: codedMalformed(),
	}
}

// codedMalformed returns malformed responses of APIs with code, message and data at the top level.
func codedMalformed() map[string]string {
	return map[string]string{
		`[]`: "$: unexpected array", `{"code":0,"message":[]}`: "$.message: unexpected array",
		`{"code":0,"data":"x"}`: "$.data: unexpected string",
	}
}
