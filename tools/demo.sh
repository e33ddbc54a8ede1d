#!/bin/sh
# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# Applies a copy of examples/quickstart against the emulator, in a temporary directory that is removed at the end.
# TF names the program that applies: terraform (the default) or tofu.
set -eu

# shellcheck source=tools/offline.sh
. "$(dirname -- "$0")/offline.sh"

mkdir "$work/quickstart"
cp "$root"/examples/quickstart/*.tf "$work/quickstart"
cd "$work/quickstart"
echo "Applying a copy of examples/quickstart with $("$terraform" version | head -n 1)."
quietly "$terraform" init -input=false $color
quietly "$terraform" plan -input=false $color -out=plan
"$terraform" apply -input=false $color plan

cat <<'EOF'

Next: docs/guides/getting-started.md writes a first configuration of your own, in ten minutes and without an account.
examples/ has a configuration for every data source; docs/ explains them.
EOF
