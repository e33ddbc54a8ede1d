#!/bin/sh
# Copyright (c) edgestats contributors
# SPDX-License-Identifier: MPL-2.0
#
# Checks the spelling of everything that users read: pages, their templates, and docs/ for the descriptions in the schemas. Code and
# names with underscores are left out. Words that the dictionary lacks are in tools/words.pws, in alphabetical order.
set -eu
cd "$(dirname -- "$0")/.."

if ! command -v aspell >/dev/null || ! aspell dicts | grep -qx en_US; then
	echo 'aspell and its English dictionary are needed: apt-get install aspell aspell-en, or brew install aspell' >&2
	exit 1
fi

misspelled=$(
	git ls-files --cached --others --exclude-standard '*.md' '*.md.tmpl' '.github/ISSUE_TEMPLATE/*.yml' | while read -r page; do
		[ -e "$page" ] || continue
		sed "s/{{[^}]*}}//g; s/[[:alnum:]]*_[[:alnum:]_]*//g; s/'s\\([^[:alnum:]]\\)/\\1/g" "$page" |
			aspell list --mode=markdown --lang=en_US --encoding=utf-8 --ignore=2 --personal="$PWD/tools/words.pws" | sort -u |
			while read -r word; do printf '%s:%s: %s\n' "$page" "$(grep -nwF -m 1 -e "$word" "$page" | cut -d : -f 1)" "$word"; done
	done
)
[ -z "$misspelled" ] || {
	printf '%s\n\nCorrect them, or add words that are right to tools/words.pws.\n' "$misspelled" >&2
	exit 1
}
