// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
)

var missingISPDetails = points.NewObjects(
	"What was asked for by name and did not come back: the API leaves out what has no data.",
	map[string]schema.Attribute{
		"date":    arguments.ComputedText("The day, `yyyy-MM-dd` in GMT+8."),
		"host":    arguments.ComputedText("The host."),
		"prov_id": arguments.ComputedInteger("Code of the region; null where `provs` is not given."),
		"isp_id":  arguments.ComputedInteger("Code of the carrier; null where `isps` is not given."),
	})

// detailKey is what can be asked for by name. The codes are null where none were.
type detailKey struct {
	date, host    string
	provID, ispID types.Int64
}

func (k detailKey) object() points.Object {
	return points.Object{
		"date":    points.Text(k.date),
		"host":    points.Text(k.host),
		"prov_id": points.IntegerOrNull(k.provID.ValueInt64Pointer()),
		"isp_id":  points.IntegerOrNull(k.ispID.ValueInt64Pointer()),
	}
}

// missing lists what was asked for by name and is not among the series. Host names do not distinguish case.
func (m *overseaISPDetailModel) missing(w *arguments.Window, series []qcloud.Series) []detailKey {
	returned := make(map[detailKey]bool)
	for _, s := range series {
		key := detailKey{s.Date, arguments.ComparableDomain(s.Host), types.Int64Null(), types.Int64Null()}
		if m.Provs != nil {
			key.provID = types.Int64Value(s.ProvID)
		}
		if m.ISPs != nil {
			key.ispID = types.Int64PointerValue(s.ISPID)
		}
		returned[key] = true
	}
	var missing []detailKey
	for _, day := range w.Days().All() {
		for _, host := range arguments.Strings(m.Hosts) {
			for _, prov := range orNull(m.Provs) {
				for _, isp := range orNull(m.ISPs) {
					key := detailKey{arguments.Date(day), arguments.ComparableDomain(host), prov, isp}
					if !returned[key] {
						key.host = host
						missing = append(missing, key)
					}
				}
			}
		}
	}
	return missing
}

// orNull returns the codes asked for, or one null where none were.
func orNull(codes []types.Int64) []types.Int64 {
	if codes == nil {
		return []types.Int64{types.Int64Null()}
	}
	return codes
}
