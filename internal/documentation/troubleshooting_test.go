// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package documentation_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

const troubleshooting = "templates/guides/troubleshooting.md"

// The page about errors has every summary of an error or a warning.
func TestTroubleshootingHasEverySummary(t *testing.T) {
	spans := normalized(codeSpans(read(t, troubleshooting)))
	program := parseProgram(t)
	for place, summaries := range program.summaries {
		for _, summary := range summaries {
			if summary == hole { // It is that of another error.
				continue
			}
			if !slices.ContainsFunc(spans, func(span string) bool { return says(span, normalize(summary)) }) {
				t.Errorf("%s: the page does not have %q", place, summary)
			}
		}
	}
	if len(program.summaries) < 25 {
		t.Errorf("only %d calls make errors or warnings", len(program.summaries))
	}
}

// The page about errors has every code that the provider gives advice about. After the first code of a family, the others may be
// written without it: `AuthFailure.SecretIdNotFound`, `.InvalidSecretId`.
func TestTroubleshootingHasEveryCode(t *testing.T) {
	spans := codeSpans(read(t, troubleshooting))
	codes := parseProgram(t).codes
	for _, code := range codes {
		_, last, _ := strings.Cut(code, ".")
		if !slices.ContainsFunc(spans, func(span string) bool {
			return strings.HasPrefix(strings.Trim(span, "()"), code) || last != "" && span == "."+last
		}) {
			t.Errorf("the page does not have the code %s", code)
		}
	}
	if len(codes) < 60 {
		t.Errorf("only %d codes were found", len(codes))
	}
}

// Every message on the page about errors is one of the program, or of a library it is made with.
func TestTroubleshootingQuotesTheProgram(t *testing.T) {
	program := parseProgram(t)
	program.texts = append(normalized(program.texts), normalized(otherMessages)...)
	checked := 0
	for _, row := range errorRows(read(t, troubleshooting)) {
		for _, message := range codeSpans(row) {
			if strings.HasPrefix(message, "$.") { // It is a place in a response.
				continue
			}
			checked++
			if !program.hasMessage(message) {
				t.Errorf("the program does not say %q", message)
			}
		}
	}
	if checked < 250 {
		t.Errorf("only %d messages were checked", checked)
	}
}

// In each table of the page about errors, every row has its own cause and solution. Two equal ones are those of one error,
// written at another one too.
func TestTroubleshootingAnswersEachErrorOnce(t *testing.T) {
	answers := map[string]string{}
	for _, cells := range rows(read(t, troubleshooting)) {
		if len(cells) != 3 || cells[2] == "The same." {
			continue
		}
		if cells[2] == "solution" {
			clear(answers)
		}
		answer := cells[1] + " " + cells[2]
		if earlier, found := answers[answer]; found {
			t.Errorf("%s has the cause and the solution of %s", cells[0], earlier)
		}
		answers[answer] = cells[0]
	}
}

// errorRows returns the first cell of every row about an error of the provider.
func errorRows(page string) []string {
	const others = "## Terraform itself"
	before, after, _ := strings.Cut(page, others)
	_, after, _ = strings.Cut(after, "\n## ")
	var first []string
	header := ""
	for _, cells := range rows(before + "\n## " + after) {
		if slices.Contains([]string{"error", "warning", "code", "you see"}, cells[0]) {
			header = cells[0]
		} else if header != "you see" {
			first = append(first, cells[0])
		}
	}
	return first
}

// otherMessages are those of Terraform, its plugin framework, Go and the operating system.
var otherMessages = []string{
	"Invalid provider configuration", "requires explicit configuration", "Invalid function argument",
	"while calling provider::edgestats::…", "argument must not be null", "no such file or directory", "permission denied",
	"connection refused", "connection reset by peer", "no route to host", "i/o timeout", "proxyconnect tcp: …", "unknown authority",
	"certificate has expired", "is valid for …, not …", "first record does not look like a TLS handshake",
}

// code is an error code of Tencent Cloud. Those below another have its advice.
var code = regexp.MustCompile(`^[A-Z]\w+\.[A-Z][\w.]+$`)

// joints are where a message may be made of several texts of the program.
var joints = regexp.MustCompile(`"?` + hole + `"?|[,:;] `)

// hasMessage reports whether one text contains the message, or whether each of its parts is in one.
func (p *program) hasMessage(message string) bool {
	if p.says(message) {
		return true
	}
	if code.MatchString(message) {
		return p.hasMessage(message[:strings.LastIndex(message, ".")])
	}
	for _, part := range joints.Split(message, -1) {
		if strings.Trim(part, punctuation) != "" && !p.says(part) {
			return false
		}
	}
	return true
}

func (p *program) says(message string) bool {
	message = normalize(message)
	return slices.ContainsFunc(p.texts, func(text string) bool { return says(text, message) })
}

const punctuation = ` .,:;()"+-`

// values are what is formatted into a text, numbers, and names of arguments and variables.
var values = regexp.MustCompile(`%[-+.#\d\[\]*]*[a-zA-Z]|"` + hole + `"|\d[\d.]*|\b(?:[a-z]+[_.][a-z_.]+|[A-Z]+_[A-Z_]+)\b`)

// normalize replaces values by holes.
func normalize(text string) string { return values.ReplaceAllString(text, hole) }

func normalized(texts []string) []string {
	result := make([]string, len(texts))
	for i, text := range texts {
		result[i] = normalize(text)
	}
	return result
}

// says reports whether a normalized text contains the parts of a normalized message in their order, or is the frame around one
// part of it, as in "Missing … Credentials".
func says(text, message string) bool {
	if before, after, found := strings.Cut(text, hole); found && before != "" && after != "" && !strings.Contains(after, hole) &&
		strings.HasPrefix(message, before) && strings.HasSuffix(message, after) {
		return true
	}
	for part := range strings.SplitSeq(message, hole) {
		_, rest, found := strings.Cut(text, strings.Trim(part, punctuation))
		if !found {
			return false
		}
		text = rest
	}
	return true
}
