// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "slices"

// cdnPlace is a district or a carrier by the vendor's code and name. Its share of the traffic is in thousandths of what the
// five busiest provinces and the three big carriers have.
type cdnPlace struct {
	id    int64
	name  string
	share int64
}

// cdnDistricts are the vendor's districts: first those of the mainland, then countries and regions elsewhere. See
// https://cloud.tencent.com/document/product/228/6316. The continents and service regions of that table are left out, because
// they are sums of others.
var (
	cdnMainland = []cdnPlace{
		{22, "北京", 190}, {86, "内蒙古", 20}, {146, "山西", 30}, {1069, "河北", 60}, {1177, "天津", 25}, {119, "宁夏", 8},
		{152, "陕西", 35}, {1208, "甘肃", 20}, {1467, "青海", 6}, {1468, "新疆", 22}, {145, "黑龙江", 28}, {1445, "吉林", 22},
		{1464, "辽宁", 40}, {2, "福建", 45}, {120, "江苏", 95}, {121, "安徽", 55}, {122, "山东", 150}, {1050, "上海", 210},
		{1442, "浙江", 85}, {182, "河南", 80}, {1135, "湖北", 55}, {1465, "江西", 42}, {1466, "湖南", 62}, {118, "贵州", 35},
		{153, "云南", 42}, {1051, "重庆", 32}, {1068, "四川", 120}, {1155, "西藏", 4}, {4, "广东", 330}, {173, "广西", 46},
		{1441, "海南", 10}, {0, "其他", 5}, {1, "港澳台", 5}, {-1, "境外", 5},
	}
	cdnAbroad = []cdnPlace{
		{35, "尼泊尔", 2}, {57, "泰国", 40}, {73, "印度", 35}, {144, "越南", 30}, {192, "法国", 12}, {207, "英国", 18},
		{208, "瑞典", 5}, {209, "德国", 16}, {213, "意大利", 9}, {214, "西班牙", 8}, {386, "阿联酋", 10}, {391, "以色列", 4},
		{397, "乌克兰", 3}, {417, "哈萨克斯坦", 3}, {428, "葡萄牙", 3}, {443, "希腊", 2}, {471, "沙特阿拉伯", 9}, {529, "丹麦", 3},
		{565, "伊朗", 2}, {578, "挪威", 3}, {669, "美国", 60}, {692, "叙利亚", 1}, {704, "塞浦路斯", 1}, {706, "捷克", 3},
		{707, "瑞士", 5}, {708, "伊拉克", 2}, {714, "荷兰", 10}, {717, "罗马尼亚", 3}, {721, "黎巴嫩", 1}, {725, "匈牙利", 2},
		{726, "格鲁吉亚", 1}, {731, "阿塞拜疆", 1}, {734, "奥地利", 3}, {736, "巴勒斯坦", 1}, {737, "土耳其", 8}, {759, "立陶宛", 1},
		{763, "阿曼", 1}, {765, "斯洛伐克", 1}, {766, "塞尔维亚", 1}, {770, "芬兰", 3}, {773, "比利时", 4}, {809, "保加利亚", 2},
		{811, "斯洛文尼亚", 1}, {812, "摩尔多瓦", 1}, {813, "马其顿", 1}, {824, "爱沙尼亚", 1}, {835, "克罗地亚", 1}, {837, "波兰", 6},
		{852, "拉脱维亚", 1}, {857, "约旦", 1}, {884, "吉尔吉斯斯坦", 1}, {896, "爱尔兰", 3}, {901, "利比亚", 1}, {904, "亚美尼亚", 1},
		{921, "也门", 1}, {926, "白俄罗斯", 2}, {971, "卢森堡", 1}, {1036, "新西兰", 4}, {1044, "日本", 55}, {1066, "巴基斯坦", 6},
		{1070, "马耳他", 1}, {1091, "巴哈马", 1}, {1129, "阿根廷", 5}, {1134, "孟加拉", 5}, {1158, "柬埔寨", 6}, {1159, "中国澳门", 12},
		{1176, "新加坡", 65}, {1179, "马尔代夫", 1}, {1180, "阿富汗", 1}, {1185, "斐济", 1}, {1186, "蒙古", 3}, {1195, "印度尼西亚", 45},
		{1200, "中国香港", 80}, {1233, "卡塔尔", 3}, {1255, "冰岛", 1}, {1289, "阿尔巴尼亚", 1}, {1353, "乌兹别克斯坦", 2},
		{1407, "圣马力诺", 1}, {1416, "科威特", 3}, {1417, "黑山", 1}, {1493, "塔吉克斯坦", 1}, {1501, "巴林", 2}, {1543, "智利", 4},
		{1559, "南非", 5}, {1567, "埃及", 5}, {1590, "肯尼亚", 3}, {1592, "尼日利亚", 4}, {1598, "坦桑尼亚", 2},
		{1611, "马达加斯加", 1}, {1613, "安哥拉", 1}, {1617, "科特迪瓦", 1}, {1620, "苏丹", 1}, {1681, "毛里求斯", 1}, {1693, "摩洛哥", 2},
		{1695, "阿尔及利亚", 2}, {1698, "几内亚", 1}, {1730, "塞内加尔", 1}, {1864, "突尼斯", 1}, {1909, "乌拉圭", 1}, {1916, "格陵兰", 1},
		{2026, "中国台湾", 50}, {2083, "缅甸", 8}, {2087, "文莱", 2}, {2094, "斯里兰卡", 2}, {2150, "巴拿马", 1}, {2175, "哥伦比亚", 4},
		{2273, "摩纳哥", 1}, {2343, "安道尔", 1}, {2421, "土库曼斯坦", 1}, {2435, "老挝", 4}, {2488, "东帝汶", 1}, {2490, "汤加", 1},
		{2588, "菲律宾", 25}, {2609, "委内瑞拉", 1}, {2612, "玻利维亚", 1}, {2613, "巴西", 14}, {2623, "哥斯达黎加", 1},
		{2626, "墨西哥", 8}, {2639, "洪都拉斯", 1}, {2645, "萨尔瓦多", 1}, {2647, "巴拉圭", 1}, {2661, "秘鲁", 3}, {2728, "尼加拉瓜", 1},
		{2734, "厄瓜多尔", 1}, {2768, "危地马拉", 1}, {2999, "阿鲁巴", 1}, {3058, "埃塞俄比亚", 1}, {3144, "波黑", 1},
		{3216, "多米尼加", 1}, {3379, "韩国", 48}, {3701, "马来西亚", 32}, {3839, "加拿大", 14}, {4450, "澳大利亚", 15},
		{4460, "中国大陆", 5}, {-15, "亚洲其他", 1}, {-14, "南美洲其他", 1}, {-13, "北美洲其他", 1}, {-12, "欧洲其他", 1},
		{-11, "非洲其他", 1}, {-10, "大洋洲其他", 1}, {-2, "境外其他", 1},
	}
)

// cdnISPs are the vendor's carriers. Those of the mainland have the traffic of its districts, and one code stands for all
// others.
var (
	cdnMainlandISPs = []cdnPlace{
		{2, "中国电信", 450}, {26, "中国联通", 250}, {38, "教育网", 12}, {43, "长城宽带", 10}, {1046, "中国移动", 300},
		{3947, "中国铁通", 8}, {0, "其他运营商", 15},
	}
	cdnISPsAbroad = []cdnPlace{{-1, "境外运营商", 1000}}
)

// cdnPair is a district and one of its carriers.
type cdnPair struct{ district, isp cdnPlace }

// cdnPairs returns the districts and carriers with the codes, in the order of the vendor's tables. No codes are all codes.
func cdnPairs(districts, isps []int64) []cdnPair {
	var pairs []cdnPair
	for _, half := range []struct{ districts, isps []cdnPlace }{{cdnMainland, cdnMainlandISPs}, {cdnAbroad, cdnISPsAbroad}} {
		for _, district := range chosen(half.districts, districts) {
			for _, isp := range chosen(half.isps, isps) {
				pairs = append(pairs, cdnPair{district, isp})
			}
		}
	}
	return pairs
}

// chosen returns the places with the codes, or all of them if there are no codes.
func chosen(places []cdnPlace, codes []int64) []cdnPlace {
	return slices.DeleteFunc(slices.Clone(places), func(p cdnPlace) bool {
		return len(codes) > 0 && !slices.Contains(codes, p.id)
	})
}
