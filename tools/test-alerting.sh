#!/bin/sh
# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# Tests examples/alerting and examples/fleet against the emulator, and checks the output of the former with promtool, Alertmanager
# and amtool. It uses copies in a temporary directory and needs no network.
# TF is the program to use: terraform (the default) or tofu.
set -eu

alertmanager=$(command -v prometheus-alertmanager || command -v alertmanager || :)
if [ -z "$alertmanager" ] || ! command -v promtool >/dev/null || ! command -v amtool >/dev/null ||
	! command -v curl >/dev/null || ! command -v jq >/dev/null; then
	cat >&2 <<'END'
promtool, alertmanager, amtool, curl and jq are needed on PATH. On Debian and Ubuntu:
  apt-get install --no-install-recommends prometheus prometheus-alertmanager curl jq
Elsewhere: https://prometheus.io/download/
END
	exit 1
fi

# shellcheck source=tools/offline.sh
. "$(dirname -- "$0")/offline.sh"

fail() {
	printf '%s\n' "$1" >&2
	exit 1
}

cp -R "$root/examples/alerting" "$root/examples/fleet" "$work"
cd "$work/alerting"

echo 'The first example: a breach warns, and with strict exits 1.'
quietly "$terraform" -chdir=first init -input=false $color
quietly "$terraform" -chdir=first plan -input=false $color -out=plan
grep -q 'relay is above 1:' "$work/log" || fail "There was no warning: $(cat "$work/log")"
"$terraform" -chdir=first show -json plan >plan.json
if jq -e 'all(.checks[]?; .status == "pass")' plan.json >/dev/null; then
	fail "All checks of the plan passed: $(jq -c .checks plan.json)"
fi
sed -i.before 's/strict *= false/strict = true/' first/main.tf
status=0
"$terraform" -chdir=first plan -input=false -no-color >"$work/log" 2>&1 || status=$?
if [ "$status" -ne 1 ] || ! grep -q '^Error: Module output value precondition failed' "$work/log"; then
	fail "The plan ended with $status: $(cat "$work/log")"
fi

# This threshold causes an alert, because the emulator's sessions are never this good.
echo 'Applying the configuration.'
quietly "$terraform" init -input=false $color
quietly "$terraform" apply -input=false $color -auto-approve -var 'thresholds={"good_sessions":{"critical":100.5,"direction":"below"}}'
"$terraform" output -raw alertmanager_alerts_json >alerts.json
quietly "$terraform" apply -input=false $color -auto-approve
"$terraform" output -raw prometheus_textfile >edgestats.prom
"$terraform" output -raw prometheus_rules_yaml >tests/rules.yaml

echo 'Sending an alert to Alertmanager.'
printf 'route: {receiver: nobody}\nreceivers: [{name: nobody}]\n' >alertmanager.yaml
"$alertmanager" --config.file=alertmanager.yaml --storage.path="$work/alertmanager" --cluster.listen-address= \
	--web.listen-address=127.0.0.1:0 >"$work/alertmanager.log" 2>&1 &
processes="$processes $!"
address=
for _ in $(seq 600); do
	address=$(sed -n 's/.*[Ll]istening.*address=\(127\.0\.0\.1:[0-9]*\).*/\1/p' "$work/alertmanager.log" | head -n 1)
	[ -z "$address" ] || break
	sleep 0.1
done
[ -n "$address" ] || fail "Alertmanager did not start: $(cat "$work/alertmanager.log")"
curl --silent --show-error --fail --noproxy '*' -H 'Content-Type: application/json' -d @alerts.json "http://$address/api/v2/alerts"
NO_PROXY=127.0.0.1 amtool --alertmanager.url="http://$address" alert query alertname=EdgestatsBreach measurement=good_sessions \
	-o json >"$work/log"
listed=$(jq -r '.[] | "\(.labels.alertname) \(.labels.measurement) \(.labels.severity)"' "$work/log")
[ "$listed" = 'EdgestatsBreach good_sessions critical' ] || fail "amtool listed: $(cat "$work/log")"
NO_PROXY=127.0.0.1 amtool --alertmanager.url="http://$address" alert query

echo 'Comparing alerts that are sent directly with those of the rules, behind two exporters that add instance and job.'
cd tests/one-alert
quietly "$terraform" init -input=false $color
quietly "$terraform" apply -input=false $color -auto-approve
"$terraform" output -raw alertmanager_alerts_json >alerts.json
"$terraform" output -raw prometheus_textfile >edgestats.prom
"$terraform" output -raw prometheus_rules_yaml >rules.yaml
jq -n --rawfile metrics edgestats.prom --slurpfile alerts alerts.json '{
  rule_files: ["rules.yaml"], evaluation_interval: "1h",
  tests: [{
    interval: "1h",
    input_series: [
      $metrics | split("\n")[] | select(test("^[^#]")) | capture("^(?<series>.*)} (?<value>.*)$") |
      {series: (.series + ",instance=\"" + ("a:9100", "b:9100") + "\",job=\"node\"}"), values: (.value + "+0x49")}
    ],
    alert_rule_test: [
      ("EdgestatsBreach", "EdgestatsMissing", "EdgestatsStale") as $name | {
        eval_time: "49h", alertname: $name,
        exp_alerts: [
          $alerts[0][] | select(.labels.alertname == $name) | {exp_labels: (.labels | del(.alertname)), exp_annotations: .annotations}
        ]
      }
    ]
  }]
}' >rules.test.yaml
[ "$(jq '[.tests[].alert_rule_test[].exp_alerts | length] == [3, 1, 2]' rules.test.yaml)" = true ] ||
	fail "Other alerts were sent: $(cat alerts.json)"
promtool check rules rules.yaml
promtool test rules rules.test.yaml
cd ../..

promtool check metrics <edgestats.prom
promtool check rules tests/rules.yaml
promtool test rules tests/rules.test.yaml
"$terraform" test $color

echo 'The fleet.'
cd ../fleet
quietly "$terraform" init -input=false $color
"$terraform" test $color
