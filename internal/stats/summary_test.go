// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// samples reads "minute=value" pairs separated by spaces. Minutes count from midnight.
func samples(tb testing.TB, text string) []Sample {
	tb.Helper()
	var series []Sample
	for field := range strings.FieldsSeq(text) {
		minute, value, _ := strings.Cut(field, "=")
		offset, err := time.ParseDuration(minute + "m")
		if err != nil {
			tb.Fatal(err)
		}
		series = append(series, Sample{Time: midnight.Add(offset), Value: number(tb, strings.TrimPrefix(value, "null"))})
	}
	return series
}

var midnight = time.Date(2025, 3, 1, 0, 0, 0, 0, time.FixedZone("", 8*60*60))

func at(minute int) time.Time { return midnight.Add(time.Duration(minute) * time.Minute) }

func summarize(t testing.TB, samples []Sample, kind Kind) Summary {
	t.Helper()
	summary, err := Summarize(t.Context(), samples, kind)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// ending is a context that ends after its Err was called a number of times.
type ending struct {
	base

	asked, until int
}

// base is the rest of the context.
type base interface{ context.Context }

func (c *ending) Err() error {
	c.asked++
	if c.asked > c.until {
		return context.Canceled
	}
	return nil
}

func TestSummarizeEndsWithTheContext(t *testing.T) {
	series := make([]Sample, 100_000)
	for i := range series {
		n := int64(i * 7919 % len(series))
		series[i] = Sample{Time: time.Unix(n, 0), Value: decimal.FromInt(n)}
	}
	for _, until := range []int{0, 1, 1000, 2_000_000} {
		ctx := &ending{base: t.Context(), until: until}
		summary, err := Summarize(ctx, series, Amounts)
		if !errors.Is(err, context.Canceled) || summary.Count != 0 || !summary.Max.IsNull() {
			t.Errorf("asked %d times: %+v, %v", ctx.asked, summary, err)
		}
		if more := ctx.asked - until; more > 1_000_000 {
			t.Errorf("%d more steps after the end", more)
		}
	}
}

func TestSummarize(t *testing.T) {
	tests := map[string]struct {
		samples string
		want    Summary
	}{
		"nothing":    {"", Summary{}},
		"only nulls": {"0=null 5=null", Summary{}},
		"one": {"5=0", Summary{
			Count: 1, Min: number(t, "0"), Max: number(t, "0"), MaxTime: at(5), Average: number(t, "0"), Total: number(t, "0"),
			P95: number(t, "0"), Latest: number(t, "0"), FirstTime: at(5), LastTime: at(5),
		}},
		"regular": {"0=3 5=9007199254740993 10=0.001", Summary{
			Count: 3, Min: number(t, "0.001"), Max: number(t, "9007199254740993"), MaxTime: at(5),
			Average: number(t, "3002399751580332.000333"), Total: number(t, "9007199254740996.001"),
			P95: number(t, "9007199254740993"), Latest: number(t, "0.001"), FirstTime: at(0), LastTime: at(10),
			IntervalSeconds: new(int64(300)), LargestGapSeconds: new(int64(300)),
		}},
		"nulls at the ends and a gap": {"0=null 5=1 10=2 15=null 20=2 25=null", Summary{
			Count: 3, Min: number(t, "1"), Max: number(t, "2"), MaxTime: at(10), Average: number(t, "1.666667"), Total: number(t, "5"),
			P95: number(t, "2"), Latest: number(t, "2"), FirstTime: at(5), LastTime: at(20),
			LargestGapSeconds: new(int64(600)),
		}},
		"unsorted with duplicates": {"10=4 0=-2 10=5 5=5 10=-3 0=-2", Summary{
			Count: 6, Min: number(t, "-3"), Max: number(t, "5"), MaxTime: at(5), Average: number(t, "1.166667"), Total: number(t, "7"),
			P95: number(t, "5"), Latest: number(t, "-3"), FirstTime: at(0), LastTime: at(10),
			IntervalSeconds: new(int64(300)), LargestGapSeconds: new(int64(300)),
		}},
		"one time twice": {"5=1 5=2", Summary{
			Count: 2, Min: number(t, "1"), Max: number(t, "2"), MaxTime: at(5), Average: number(t, "1.5"), Total: number(t, "3"),
			P95: number(t, "2"), Latest: number(t, "2"), FirstTime: at(5), LastTime: at(5),
		}},
		"a shorter distance last": {"0=-1 10=-1 15=-1", Summary{
			Count: 3, Min: number(t, "-1"), Max: number(t, "-1"), MaxTime: at(0), Average: number(t, "-1"), Total: number(t, "-3"),
			P95: number(t, "-1"), Latest: number(t, "-1"), FirstTime: at(0), LastTime: at(15),
			LargestGapSeconds: new(int64(600)),
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			series := samples(t, test.samples)
			if diff := cmp.Diff(test.want, summarize(t, series, Amounts)); diff != "" {
				t.Errorf("amounts (-want +got):\n%s", diff)
			}
			test.want.Total = decimal.Decimal{}
			if diff := cmp.Diff(test.want, summarize(t, series, Levels)); diff != "" {
				t.Errorf("levels (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(samples(t, test.samples), series); diff != "" {
				t.Errorf("the samples were changed:\n%s", diff)
			}
		})
	}
}

func TestSummarizeRoundsAverageHalfAwayFromZero(t *testing.T) {
	for text, want := range map[string]string{
		"0=0.000001 5=0":         "0.000001",
		"0=-0.000001 5=0":        "-0.000001",
		"0=0.000000999999 5=0":   "0",
		"0=0.1 5=0.2 10=0.3":     "0.2",
		"0=1e300 5=1e-300 10=-1": number(t, "1e300").DivRound(number(t, "3"), 6).Add(number(t, "-0.333333")).String(),
	} {
		if got := summarize(t, samples(t, text), Levels).Average.String(); got != want {
			t.Errorf("average of %s = %s, want %s", text, got, want)
		}
	}
}

func TestSummarizeKeepsLocations(t *testing.T) {
	series := samples(t, "0=1 5=2 10=1")
	series[1].Time, series[2].Time = series[1].Time.UTC(), series[2].Time.UTC()
	summary := summarize(t, series, Levels)
	got := []string{
		summary.FirstTime.Format(time.RFC3339), summary.MaxTime.Format(time.RFC3339), summary.LastTime.Format(time.RFC3339),
	}
	want := []string{"2025-03-01T00:00:00+08:00", "2025-02-28T16:05:00Z", "2025-02-28T16:10:00Z"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSummarizeMeasuresCenturies(t *testing.T) {
	series := samples(t, "0=1 5=2")
	series[0].Time = time.Date(1025, 3, 1, 0, 0, 0, 0, time.UTC)
	want := series[1].Time.Unix() - series[0].Time.Unix()
	if got := summarize(t, series, Levels).LargestGapSeconds; got == nil || *got != want {
		t.Errorf("largest gap = %v, want %d", got, want)
	}
}

func TestSummarizeAgreesWithReference(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		series := make([]Sample, random.IntN(60))
		for i := range series {
			series[i] = Sample{Time: at(5 * random.IntN(8)), Value: randomValue(t, random)}
		}
		if diff := cmp.Diff(referenceSummary(t, series), summarize(t, series, Amounts)); diff != "" {
			t.Fatalf("summary of %v (-want +got):\n%s", series, diff)
		}
	}
}

// referenceSummary follows the definitions literally, with rational numbers.
func referenceSummary(t *testing.T, series []Sample) Summary {
	t.Helper()
	var s Summary
	var rationals []*big.Rat
	total := new(big.Rat)
	for _, sample := range series {
		if sample.Value.IsNull() {
			continue
		}
		value := rat(t, sample.Value)
		rationals, total = append(rationals, value), total.Add(total, value)
		if s.Count == 0 || value.Cmp(rat(t, s.Min)) < 0 {
			s.Min = sample.Value
		}
		if s.Count == 0 || value.Cmp(rat(t, s.Max)) > 0 || value.Cmp(rat(t, s.Max)) == 0 && sample.Time.Before(s.MaxTime) {
			s.Max, s.MaxTime = sample.Value, sample.Time
		}
		if s.Count == 0 || sample.Time.Before(s.FirstTime) {
			s.FirstTime = sample.Time
		}
		if s.Count == 0 || !sample.Time.Before(s.LastTime) {
			s.Latest, s.LastTime = sample.Value, sample.Time
		}
		s.Count++
	}
	if s.Count == 0 {
		return s
	}
	s.Total = number(t, total.FloatString(10))
	s.Average = number(t, new(big.Rat).Quo(total, big.NewRat(s.Count, 1)).FloatString(6))
	s.P95 = number(t, referencePercentile(rationals, big.NewRat(95, 1)).FloatString(10))
	s.IntervalSeconds, s.LargestGapSeconds = referenceGaps(series)
	return s
}

func referenceGaps(series []Sample) (interval, largest *int64) {
	var seconds []int64
	for _, sample := range series {
		if !sample.Value.IsNull() && !slices.Contains(seconds, sample.Time.Unix()) {
			seconds = append(seconds, sample.Time.Unix())
		}
	}
	slices.Sort(seconds)
	var distances []int64
	for i := range len(seconds) - 1 {
		distances = append(distances, seconds[i+1]-seconds[i])
	}
	if len(distances) == 0 {
		return nil, nil
	}
	if len(slices.Compact(slices.Clone(distances))) == 1 {
		interval = &distances[0]
	}
	return interval, new(slices.Max(distances))
}

func BenchmarkSummarize(b *testing.B) {
	random := rand.New(rand.NewPCG(9, 10))
	series := make([]Sample, 100_000)
	for i := range series {
		series[i] = Sample{Time: at(5 * i), Value: number(b, fmt.Sprintf("%d.%02d", random.Int64N(1e12), random.IntN(100)))}
	}
	shuffled := slices.Clone(series)
	random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for name, input := range map[string][]Sample{"sorted": series, "shuffled": shuffled} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				summarize(b, input, Amounts)
			}
		})
	}
}

func BenchmarkSparkline(b *testing.B) {
	values := make([]decimal.Decimal, 50_000)
	for i := range values {
		values[i] = decimal.FromInt(int64(i) * 7919 % 104729)
	}
	for b.Loop() {
		Sparkline(values)
	}
}
