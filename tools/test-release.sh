#!/bin/sh
# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# Tests a release of this platform before there is one: makes and signs its archives, installs the provider from a
# filesystem mirror with its archive, and plans a copy of examples/quickstart against the emulator from its archive.
# TF names the program that plans: terraform (the default) or tofu.
set -eu

if ! command -v curl >/dev/null || ! command -v jq >/dev/null; then
	echo 'curl and jq are needed on PATH.' >&2
	exit 1
fi

tools=$(dirname -- "$0")
sh "$tools/release.sh" host
# shellcheck disable=SC2034 # offline.sh uses it.
archives=$tools/../dist
# shellcheck source=tools/offline.sh
. "$tools/offline.sh"

fail() {
	printf '%s\n' "$1" >&2
	exit 1
}

mkdir "$work/quickstart"
cp "$root"/examples/quickstart/*.tf "$work/quickstart"
cd "$work/quickstart"
# Snapshots are pre-releases, which are only installed if they are asked for by name.
cat >override.tf <<END
terraform {
  required_providers {
    edgestats = {
      source  = "edgestats/edgestats"
      version = "$version"
    }
  }
}
END
quietly "$terraform" init -input=false $color
grep "Installed edgestats/edgestats v$version " "$work/log" || fail "Something else was installed: $(cat "$work/log")"
quietly "$terraform" plan -input=false $color
grep 'Changes to Outputs' "$work/log" || fail "The plan has no outputs: $(cat "$work/log")"

echo 'Asking both programs which release they are.'
curl --silent --show-error --fail --noproxy '*' "$EDGESTATS_ENDPOINT_URL/_emulator/calls" >calls.json
jq -e --arg agent "terraform-provider-edgestats/$version" \
	'length > 0 and all(.user_agent | endswith(" " + $agent))' calls.json >/dev/null ||
	fail "The provider's calls do not name $version: $(jq -c 'map(.user_agent) | unique' calls.json)"
emulator=$("$work/edgestats-emulator" -version)
[ "$emulator" = "edgestats-emulator $version" ] || fail "The emulator says that it is $emulator."
