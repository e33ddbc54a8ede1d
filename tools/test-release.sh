#!/bin/sh
# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# Tests a release for this platform: builds and signs the archives, installs the provider from its archive in a filesystem
# mirror, and plans a copy of examples/quickstart against the emulator from its archive.
# TF is the program to use: terraform (the default) or tofu.
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
# Snapshots are pre-releases, which Terraform installs only if the exact version is required.
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

echo 'Checking the versions of both programs.'
curl --silent --show-error --fail --noproxy '*' "$EDGESTATS_ENDPOINT_URL/_emulator/calls" >calls.json
jq -e --arg agent "terraform-provider-edgestats/$version" \
	'length > 0 and all(.user_agent | endswith(" " + $agent))' calls.json >/dev/null ||
	fail "The provider's calls do not name $version: $(jq -c 'map(.user_agent) | unique' calls.json)"
emulator=$("$work/edgestats-emulator" -version)
[ "$emulator" = "edgestats-emulator $version" ] || fail "The emulator is $emulator, not edgestats-emulator $version."
