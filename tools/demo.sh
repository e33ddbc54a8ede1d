#!/bin/sh
# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# Applies a copy of examples/quickstart against the emulator, in a temporary directory that is removed at the end.
# TF names the program that applies: terraform (the default) or tofu.
set -eu

terraform=${TF:-terraform}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
version=0.1.0
color=
[ -t 1 ] || color=-no-color

work=$(mktemp -d "${TMPDIR:-/tmp}/edgestats-demo.XXXXXX")
emulator=
stop() {
	if [ -n "$emulator" ]; then
		kill "$emulator" 2>/dev/null || :
		wait "$emulator" || :
	fi
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# quietly runs a command and shows what it wrote only if it fails.
quietly() {
	"$@" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		exit 1
	}
}

# Nothing of the user's own settings may reach the demo: no real key, endpoint, plugin cache or default argument.
for name in $(env | sed -n \
	-e 's/^\(TENCENTCLOUD_[A-Z_]*\)=.*/\1/p' \
	-e 's/^\(CDNETWORKS_[A-Z_]*\)=.*/\1/p' \
	-e 's/^\(EDGESTATS_[A-Z_]*\)=.*/\1/p' \
	-e 's/^\(TF_[A-Za-z0-9_]*\)=.*/\1/p'); do
	unset "$name"
done

# Terraform and OpenTofu find the provider in this directory, each under the address of its own registry.
cat >"$work/cli.tfrc" <<EOF
provider_installation {
  filesystem_mirror {
    path = "$work/mirror"
  }
}
EOF
export TF_CLI_CONFIG_FILE="$work/cli.tfrc" TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1

echo 'Building the provider and the emulator.'
platform=$("$terraform" version | sed -n 's/^on \([a-z0-9]*_[a-z0-9]*\)$/\1/p')
for registry in registry.terraform.io registry.opentofu.org; do
	mkdir -p "$work/mirror/$registry/edgestats/edgestats/$version/$platform"
done
plugin=edgestats/edgestats/$version/$platform/terraform-provider-edgestats_v$version
cd "$root"
GOOS=${platform%_*} GOARCH=${platform#*_} go build -o "$work/mirror/registry.terraform.io/$plugin" \
	-ldflags "-X main.version=$version" .
ln "$work/mirror/registry.terraform.io/$plugin" "$work/mirror/registry.opentofu.org/$plugin"
GOOS='' GOARCH='' go build -o "$work/edgestats-emulator" ./internal/cmd/edgestats-emulator

# The emulator writes one line once it listens; if it cannot, the pipe closes.
mkfifo "$work/endpoint"
"$work/edgestats-emulator" >"$work/endpoint" &
emulator=$!
read -r endpoint <"$work/endpoint" || {
	echo 'The emulator did not start.' >&2
	exit 1
}
echo "The emulator answers at ${endpoint#*=}."

# The invented account of the emulator.
export EDGESTATS_ENDPOINT_URL="${endpoint#*=}"
export TENCENTCLOUD_SECRET_ID=AKIDexampleSecretID TENCENTCLOUD_SECRET_KEY=exampleSecretKey TENCENTCLOUD_REGION=ap-guangzhou
export CDNETWORKS_USERNAME=example_username CDNETWORKS_API_KEY=example_apikey

mkdir "$work/quickstart"
cp "$root"/examples/quickstart/*.tf "$work/quickstart"
cd "$work/quickstart"
echo "Applying a copy of examples/quickstart with $("$terraform" version | head -n 1)."
quietly "$terraform" init -input=false $color
quietly "$terraform" plan -input=false $color -out=plan
"$terraform" apply -input=false $color plan

cat <<'EOF'

To go on: `go run ./internal/cmd/edgestats-emulator` prints the endpoint to export, and -help lists the keys it accepts.
examples/ has a configuration for every data source; docs/ explains them.
EOF
