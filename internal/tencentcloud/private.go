// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"errors"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
)

const (
	// undocumented replaces an undocumented code, which could be a key.
	undocumented = "an undocumented code"
	// concealed replaces a message.
	concealed = "the vendor's message is not shown, because it may contain keys"
)

// documentedCodes are the codes of STS and the common codes of API 3.0. Errors in private responses show only these codes.
// See https://www.tencentcloud.com/document/product/1150/49450.
var documentedCodes = strings.Fields(`
	ActionOffline AuthFailure AuthFailure.InvalidAuthorization AuthFailure.InvalidSecretId AuthFailure.MFAFailure
	AuthFailure.SecretIdNotFound AuthFailure.SignatureExpire AuthFailure.SignatureFailure AuthFailure.TokenFailure
	AuthFailure.UnauthorizedOperation DryRunOperation FailedOperation
	InternalError InternalError.DbError InternalError.EncryptError InternalError.GetAppIdError InternalError.GetRoleError
	InternalError.GetSeedTokenError InternalError.IllegalRole InternalError.PbSerializeError InternalError.SystemError
	InternalError.UnknownError InvalidAction
	InvalidParameter InvalidParameter.AccountNotAvaliable InvalidParameter.ExtendStrategyOverSize
	InvalidParameter.GrantOtherResource InvalidParameter.OverLimit InvalidParameter.OverTimeError
	InvalidParameter.ParamError InvalidParameter.PolicyTooLong InvalidParameter.ResouceError
	InvalidParameter.StrategyFormatError InvalidParameter.StrategyInvalid InvalidParameter.TempCodeNotAvaliable
	InvalidParameter.WebIdentityTokenError InvalidParameterValue InvalidRequest IpInBlacklist IpNotInWhitelist
	LimitExceeded LimitExceeded.RateLimitExceeded MissingParameter NoSuchProduct NoSuchVersion
	OperationDenied OperationDenied.InsufficientBalance OperationDenied.NotAllowedToPay OperationDenied.UnauthorizedUser
	OperationDenied.VendorNotRegister RequestLimitExceeded RequestLimitExceeded.GlobalRegionUinLimitExceeded
	RequestLimitExceeded.IPLimitExceeded RequestLimitExceeded.UinLimitExceeded RequestSizeLimitExceeded
	ResourceInUse ResourceInsufficient ResourceNotFound ResourceNotFound.RoleNotFound ResourceUnavailable
	ResponseSizeLimitExceeded ServiceUnavailable UnauthorizedOperation UnauthorizedOperation.OperationTooOften
	UnknownParameter UnsupportedOperation UnsupportedProtocol UnsupportedRegion
`)

// conceal removes everything that could contain a key from an error in a private response. It keeps the documented part of
// the code.
func (e *APIError) conceal() {
	code := undocumented
	for _, documented := range documentedCodes {
		if e.HasCode(documented) && (code == undocumented || len(documented) > len(code)) {
			code = documented
		}
	}
	e.Code, e.Message = code, concealed
}

// Expiry reads the expiry of keys in unix seconds. Its error does not quote the value.
func Expiry(value jsonread.Value) (time.Time, error) {
	expires, err := Time(value)
	if err != nil {
		return time.Time{}, errors.New("ExpiredTime is missing or not a time in unix seconds")
	}
	return expires, nil
}
