#!/bin/sh
# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# Builds the files of a release in dist/, signs them, and verifies the checksums and signatures. The argument is one of:
#   snapshot  builds the current checkout
#   host      builds the current checkout for this platform only
#   publish   builds the tag of the current commit and publishes it on GitHub; needs GITHUB_TOKEN
# GPG_PRIVATE_KEY and PASSPHRASE are the signing key. Without it, snapshots are signed with a temporary key. gpg uses a
# temporary directory, so the user's keyring is not changed.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

fail() {
	printf '%s\n' "$1" >&2
	exit 1
}

# GoReleaser needs a remote, or it does not find the commit.
if ! git ls-remote --get-url >/dev/null 2>&1; then
	count=${GIT_CONFIG_COUNT:-0}
	export GIT_CONFIG_COUNT=$((count + 1)) "GIT_CONFIG_KEY_$count=remote.origin.url" \
		"GIT_CONFIG_VALUE_$count=https://github.com/edgestats/terraform-provider-edgestats.git"
fi

goreleaser() {
	go tool -modfile=tools/release/go.mod goreleaser "$@"
}

case ${1:-} in
snapshot | host) ;;
publish)
	[ -n "${GPG_PRIVATE_KEY:-}" ] || fail 'GPG_PRIVATE_KEY must be the key that signs the release.'
	tag=$(git describe --tags --exact-match) || fail 'Only a commit with a tag can be released.'
	;;
*) fail "Usage: $0 snapshot|host|publish" ;;
esac
command -v gpg >/dev/null || fail 'gpg is needed on PATH: https://gnupg.org/download/'

work=$(mktemp -d "${TMPDIR:-/tmp}/edgestats.XXXXXX")
export GNUPGHOME="$work/gnupg"
stop() {
	gpgconf --kill all || :
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -m 700 "$GNUPGHOME"
export PASSPHRASE="${PASSPHRASE:-}"
if [ -n "${GPG_PRIVATE_KEY:-}" ]; then
	printf '%s\n' "$GPG_PRIVATE_KEY" | gpg --batch --quiet --import
	# Later programs do not need it.
	unset GPG_PRIVATE_KEY
else
	# Like a release key, this is an RSA key with a passphrase.
	PASSPHRASE='thrown away'
	printf '%s\n' "$PASSPHRASE" | gpg --batch --quiet --pinentry-mode loopback --passphrase-fd 0 \
		--quick-generate-key 'Snapshot of edgestats' rsa3072 sign 1d
fi
GPG_FINGERPRINT=$(gpg --batch --quiet --list-secret-keys --with-colons | awk -F : '$1 == "fpr" { print $10; exit }')
export GPG_FINGERPRINT

case $1 in
snapshot)
	goreleaser release --snapshot --clean
	;;
host)
	# Only the configuration of goreleaser can restrict a whole release to some targets.
	awk -v target="$(go env GOHOSTOS)_$(go env GOHOSTARCH)" \
		'{ print } /^    mod_timestamp:/ { print "    targets: [" target "]" }' .goreleaser.yml |
		goreleaser release --snapshot --clean --config -
	;;
publish)
	# The release notes are the version's section of the changelog.
	awk -v heading="## ${tag#v} (" '/^## / { found = index($0, heading) == 1 && !/Unreleased/ } found' CHANGELOG.md >"$work/notes"
	[ -s "$work/notes" ] || fail "CHANGELOG.md has no dated section \"## ${tag#v} (…)\"."
	goreleaser release --clean --release-notes "$work/notes"
	;;
esac

echo 'Verifying checksums and signatures.'
cd dist
sums=$(echo terraform-provider-edgestats_*_SHA256SUMS)
cp ../terraform-registry-manifest.json "${sums%SHA256SUMS}manifest.json"
if command -v sha256sum >/dev/null; then
	sha256sum --check --strict "$sums"
else
	shasum --algorithm 256 --check --strict "$sums"
fi
for signature in *.sig; do
	gpg --batch --quiet --verify "$signature" "${signature%.sig}" 2>"$work/log" || fail "$signature: $(cat "$work/log")"
	echo "$signature: good"
done
