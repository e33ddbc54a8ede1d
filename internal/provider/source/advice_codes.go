// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
)

// Advice that several codes share.
const (
	checkKeys = "Check secret_id and secret_key, or " + settings.EnvSecretID + " and " + settings.EnvSecretKey +
		", or the profile: the API key must exist and be enabled. A mainland account also needs domain = \"tencentcloudapi.com\" in the provider block."
	checkCDNetworks = "Check cdnetworks.username and cdnetworks.api_key, or " + settings.EnvCDNetworksUsername + " and " +
		settings.EnvCDNetworksAPIKey + ", and the clock of this machine: the signature contains the date."
	checkClock     = "Check the clock of this machine."
	checkArguments = "Check the arguments: the vendor does not accept one of them, or it names something that does not exist in this account."
	checkNames     = "Check the names and IDs: one of them does not exist in the account that the keys belong to."
	checkEndpoints = "The vendor does not offer this action at this endpoint: check domain, endpoints and region, and whether there is a newer version of the provider."
	checkRegion    = "The service is not available in this region: set another region."
	allowAction    = "In CAM, allow the user or role of the keys to call this action."
	allowAddress   = "The account accepts API calls from certain IP addresses only: run from one of them, or allow this address in the CAM console."
	narrowRead     = "Read less at once: a shorter window, or fewer devices or domains."
	shortenWindow  = "Choose a shorter window: the vendor does not return so much at once."
	moveWindow     = "Choose a later start: the vendor has no data that old."
	endEarlier     = "Choose an earlier end: the window must not be in the future."
	changeWindow   = "Choose another window: the vendor does not accept this one."
	renewKeys      = "The temporary key has expired, or its token is missing: set a new key with its token in secret_id, secret_key and security_token, " +
		"or in the profile's file."
	useOtherKeys = "The account requires multi-factor authentication: use a role, or the keys of a user without it."

	verifyIdentity = "The account's identity is not verified: complete identity verification in the Tencent Cloud console."
	payBills       = "The account's balance is too low: pay its bills in the Tencent Cloud console."
	allowPayment   = "The key's user is not allowed to pay: allow it in CAM, or use the keys of a user who is allowed to."
	registerVendor = "The account is not registered as an MNA vendor: register it in the MNA console, or use the keys of one that is."
	enableService  = "The service is not enabled for this account: enable it in the Tencent Cloud console, or use the keys of the account that has it."
	enableCDN      = "CDN is not enabled for this account: enable it in the CDN console, or use the keys of the account that has it."
	resumeCDN      = "The vendor has suspended CDN for this account: check the account's status and bills in the Tencent Cloud console."
	movedToEdgeOne = "The vendor has moved this account from CDN to EdgeOne, which this API does not cover: ask its support."
	askAllowlist   = "The vendor offers this API only to accounts on its allowlist: ask its support to add this account."
	askAboutLimits = "The vendor has restricted this account: ask its support."

	useSuccessor = "The vendor has shut this API down: use the data source edgestats_cdn_district_isp_data. " +
		"If your account is not on that API's allowlist, the vendor's action DescribeCdnData has the same figures by domain and region."
)

// tencentAdvice is the advice on the codes of Tencent Cloud API 3.0.
var tencentAdvice = codes.Table[string]{
	"AuthFailure":                       checkKeys,
	"AuthFailure.MFAFailure":            useOtherKeys,
	"AuthFailure.SignatureExpire":       "Set the clock of this machine: it is more than five minutes off.",
	"AuthFailure.TokenFailure":          renewKeys,
	"AuthFailure.UnauthorizedOperation": allowAction,
	"IpInBlacklist":                     allowAddress,
	"IpNotInWhitelist":                  allowAddress,

	"UnauthorizedOperation":                      allowAction,
	"UnauthorizedOperation.CdnInvalidUserStatus": resumeCDN,
	"UnauthorizedOperation.CdnUserAuthFail":      verifyIdentity,
	"UnauthorizedOperation.CdnUserAuthWait":      verifyIdentity,
	"UnauthorizedOperation.CdnUserIsIsolated":    payBills,
	"UnauthorizedOperation.CdnUserIsSuspended":   resumeCDN,
	"UnauthorizedOperation.CdnUserNoWhitelist":   askAllowlist,
	"UnauthorizedOperation.UnopenedLiveService":  enableService,

	"OperationDenied":                     checkArguments,
	"OperationDenied.InsufficientBalance": payBills,
	"OperationDenied.NotAllowedToPay":     allowPayment,
	"OperationDenied.ProductUpdating":     movedToEdgeOne,
	"OperationDenied.ProductUpgraded":     movedToEdgeOne,
	"OperationDenied.UnauthorizedUser":    verifyIdentity,
	"OperationDenied.UserMigrating":       movedToEdgeOne,
	"OperationDenied.VendorNotRegister":   registerVendor,

	"InvalidParameter":                       checkArguments,
	"InvalidParameter.CdnInterfaceError":     "", // An internal error despite its name.
	"InvalidParameter.CdnStatInvalidDate":    changeWindow,
	"InvalidParameter.EcdnInterfaceError":    "",
	"InvalidParameterValue":                  checkArguments,
	"InvalidParameterValue.TimeFuture":       endEarlier,
	"InvalidParameterValue.TimeSpanExceeded": shortenWindow,
	"InvalidParameterValue.TimeTooEarly":     moveWindow,
	"MissingParameter":                       checkArguments,
	"OperationDenied.DeviceNotFound":         checkNames,
	"ResourceNotFound":                       checkNames,
	"ResourceNotFound.CdnUserNotExists":      enableCDN,
	"ResourceUnavailable.CheckUserHighRisk":  askAboutLimits,
	"RequestSizeLimitExceeded":               narrowRead,
	"ResponseSizeLimitExceeded":              narrowRead,

	"ActionOffline":       checkEndpoints,
	"InvalidAction":       checkEndpoints,
	"NoSuchProduct":       checkEndpoints,
	"NoSuchVersion":       checkEndpoints,
	"UnknownParameter":    checkEndpoints,
	"UnsupportedProtocol": checkEndpoints,
	"UnsupportedRegion":   checkRegion,
}

// cdnetworksAdvice is the advice on the codes of CDNetworks.
var cdnetworksAdvice = codes.Table[string]{
	"24001121":                 checkArguments,
	"24001122":                 checkArguments,
	"24001123":                 checkArguments,
	"24001124":                 checkArguments,
	cdnetworks.CodeTooMuchData: "If the account has more than 2000 domains, list those to read in domains. Otherwise read fewer days or fewer domains.",
	"24001126":                 checkNames,
	"24001127":                 checkNames,
	"24001128":                 checkNames,
	"24001129":                 checkArguments,
	"24001130":                 checkNames,
}

// legacyAdvice is the advice on the codes of the legacy CDN API, those of its CDN module included.
var legacyAdvice = codes.Table[string]{
	"4000": checkArguments,
	"4100": checkKeys,
	"4101": allowAction,
	"4102": allowAction,
	"4103": allowAction,
	"4104": checkKeys,
	"4105": renewKeys,
	"4106": useOtherKeys,
	"4110": allowAction,
	"4200": checkClock,
	"4300": allowAction,
	"4500": checkClock,
	"5000": checkArguments,
	"5300": payBills,
	"5500": verifyIdentity,
	"6100": useSuccessor,

	"1001":  verifyIdentity,
	"1002":  verifyIdentity,
	"9000":  "", // The CDN module failed, so the API's own code does not count.
	"9105":  checkNames,
	"9110":  checkNames,
	"9111":  enableCDN,
	"23103": allowAction,
	"25002": allowAction,
	"25010": allowAction,
}
