// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// MaxExportDevices is the maximum length of DeviceList in GetStatisticDataByNameRequest.
const MaxExportDevices = 10

// GetStatisticDataByNameRequest asks for an Excel file with the traffic of devices, a group or an application.
type GetStatisticDataByNameRequest struct {
	*tchttp.BaseRequest

	// DeviceName is required. It must be NoDevice for a request that does not name a single device.
	DeviceName *string `json:"DeviceName,omitnil,omitempty" name:"DeviceName"`
	// BeginTime and EndTime are unix seconds.
	BeginTime *int64 `json:"BeginTime,omitnil,omitempty" name:"BeginTime"`
	EndTime   *int64 `json:"EndTime,omitnil,omitempty" name:"EndTime"`
	// TimeGranularity is Hour, Day, Minute or FiveMinutes.
	TimeGranularity *int64 `json:"TimeGranularity,omitnil,omitempty" name:"TimeGranularity"`
	// AccessRegion is MC, AP, EU or AM; nil means all.
	AccessRegion *string `json:"AccessRegion,omitnil,omitempty" name:"AccessRegion"`
	// GatewayType is PublicGateway (the vendor's default) or PrivateGateway.
	GatewayType *int64 `json:"GatewayType,omitnil,omitempty" name:"GatewayType"`
	// DeviceList has at most MaxExportDevices names, not IDs.
	DeviceList      []*string `json:"DeviceList,omitnil,omitempty" name:"DeviceList"`
	GroupID         *string   `json:"GroupId,omitnil,omitempty" name:"GroupId"`
	MpApplicationID *string   `json:"MpApplicationId,omitnil,omitempty" name:"MpApplicationId"`
}

func (r GetStatisticDataByNameRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

// StatisticData is an Excel file that the vendor has generated.
type StatisticData struct {
	// FilePath is a presigned URL of the file. It is a secret until it expires.
	FilePath string
	// ExpiresAt is when the URL's signature expires, in UTC. It is zero if the URL does not say.
	ExpiresAt time.Time
	RequestID string
}

// GetStatisticDataByName makes the vendor generate an Excel file and returns its URL. Every call generates another file.
// See https://www.tencentcloud.com/document/api/1305/79763.
func (c *Client) GetStatisticDataByName(ctx context.Context, r GetStatisticDataByNameRequest) (*StatisticData, error) {
	return tencentcloud.Call(ctx, c.api, c.statisticByName, tencentcloud.Question[StatisticData]{
		Build: r.fresh, Field: (*StatisticData).field, Finish: (*StatisticData).finish,
	})
}

func (d *StatisticData) field(r *jsonread.Reader, name string) (err error) {
	if name == "FilePath" {
		d.FilePath, err = r.Text()
	}
	return err
}

func (d *StatisticData) finish(requestID string) (err error) {
	d.RequestID = requestID
	switch {
	case d.FilePath == "":
		err = errors.New("there is no URL")
	case d.FilePath != transport.Visible(d.FilePath):
		err = errNotURL
	default:
		d.ExpiresAt, err = expiry(d.FilePath)
	}
	return jsonread.At("FilePath", err)
}

var errNotURL = errors.New("not a URL")

// expiry returns the end of the validity of a COS signature, q-sign-time=<start>;<end>. Its errors do not quote the URL,
// which is a secret.
func expiry(address string) (time.Time, error) {
	u, err := url.Parse(address)
	if err != nil {
		return time.Time{}, errNotURL
	}
	// url.ParseQuery would refuse an unescaped semicolon.
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		value, ok := strings.CutPrefix(pair, "q-sign-time=")
		if !ok {
			continue
		}
		times, err := url.QueryUnescape(value)
		if err != nil {
			return time.Time{}, errors.New("its q-sign-time is not properly escaped")
		}
		_, end, _ := strings.Cut(times, ";")
		seconds, err := strconv.ParseInt(end, 10, 64)
		if err != nil || seconds < 0 || seconds > 9_999_999_999 {
			return time.Time{}, errors.New("its q-sign-time has no end in unix seconds")
		}
		return time.Unix(seconds, 0).UTC(), nil
	}
	return time.Time{}, nil
}
