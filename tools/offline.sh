# shellcheck shell=sh
# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# The other scripts in this directory source this one. It builds the provider and the emulator in a temporary directory,
# starts the emulator, and configures Terraform to use both. The directory is removed at the end. If the variable archives
# is set to a directory, the provider and the emulator come from the release archives there instead.
# It sets root (the repository), work (the temporary directory), terraform (the program to run, from TF), version (of the
# provider) and color (an argument for terraform).

terraform=${TF:-terraform}
case $terraform in
/*) ;;
*/*) terraform=$PWD/$terraform ;; # The scripts change the directory.
esac
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck disable=SC2034 # The scripts use it.
color=
# shellcheck disable=SC2034
[ -t 1 ] || color=-no-color

work=$(mktemp -d "${TMPDIR:-/tmp}/edgestats.XXXXXX")
processes=
# stop ends the processes with the IDs in processes and removes the directory.
stop() {
	for process in $processes; do
		kill "$process" 2>/dev/null || :
		wait "$process" || :
	done
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# quietly runs a command and shows its output only if it fails.
quietly() {
	"$@" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		exit 1
	}
}

# The user's own settings must have no effect: no real key, endpoint, plugin cache or default argument.
for name in $(env | sed -n \
	-e 's/^\(TENCENTCLOUD_[A-Z_]*\)=.*/\1/p' \
	-e 's/^\(CDNETWORKS_[A-Z_]*\)=.*/\1/p' \
	-e 's/^\(EDGESTATS_[A-Z_]*\)=.*/\1/p' \
	-e 's/^\(TF_[A-Za-z0-9_]*\)=.*/\1/p'); do
	unset "$name"
done

# Terraform and OpenTofu find the provider in this mirror, each under its own registry.
cat >"$work/cli.tfrc" <<END
provider_installation {
  filesystem_mirror {
    path = "$work/mirror"
  }
}
END
export TF_CLI_CONFIG_FILE="$work/cli.tfrc" TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1

platform=$("$terraform" version | sed -n 's/^on \([a-z0-9]*_[a-z0-9]*\)$/\1/p')
if [ -n "${archives:-}" ]; then
	echo "Using the provider and the emulator from $archives."
	archive=$(echo "$archives"/terraform-provider-edgestats_*_"$platform.zip")
	version=${archive##*/terraform-provider-edgestats_}
	version=${version%"_$platform.zip"}
	for registry in registry.terraform.io registry.opentofu.org; do
		mkdir -p "$work/mirror/$registry/edgestats/edgestats"
		cp "$archive" "$work/mirror/$registry/edgestats/edgestats"
	done
	tar -xzf "$archives/edgestats-emulator_${version}_$platform.tar.gz" -C "$work" edgestats-emulator
else
	echo 'Building the provider and the emulator.'
	version=0.1.0
	for registry in registry.terraform.io registry.opentofu.org; do
		mkdir -p "$work/mirror/$registry/edgestats/edgestats/$version/$platform"
	done
	plugin=edgestats/edgestats/$version/$platform/terraform-provider-edgestats_v$version
	cd "$root" || exit
	GOOS=${platform%_*} GOARCH=${platform#*_} go build -o "$work/mirror/registry.terraform.io/$plugin" \
		-ldflags "-X main.version=$version" .
	ln "$work/mirror/registry.terraform.io/$plugin" "$work/mirror/registry.opentofu.org/$plugin"
	GOOS='' GOARCH='' go build -o "$work/edgestats-emulator" ./internal/cmd/edgestats-emulator
fi

# The emulator prints one line when it listens. If it fails, the pipe closes.
mkfifo "$work/endpoint"
"$work/edgestats-emulator" >"$work/endpoint" &
processes="$processes $!"
read -r endpoint <"$work/endpoint" || {
	echo 'The emulator did not start.' >&2
	exit 1
}
echo "The emulator answers at ${endpoint#*=}."

# The invented account of the emulator.
export EDGESTATS_ENDPOINT_URL="${endpoint#*=}"
export TENCENTCLOUD_SECRET_ID=AKIDexampleSecretID TENCENTCLOUD_SECRET_KEY=exampleSecretKey TENCENTCLOUD_REGION=ap-guangzhou
export CDNETWORKS_USERNAME=example_username CDNETWORKS_API_KEY=example_apikey
