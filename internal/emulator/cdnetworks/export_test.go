// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

// Types and codes of answers, for the tests that talk to a whole emulator.
type (
	Answer = answer
	Data   = data
	Report = relayReport
)

const (
	CodeMissing    = codeMissing
	CodeFormat     = codeFormat
	CodeRange      = codeRange
	CodeNotAllowed = codeNotAllowed
	CodeTooMuch    = codeTooMuch
	CodeNoDomain   = codeNoDomain
	CodeBadDomain  = codeBadDomain
	CodeBadRegion  = codeBadRegion
	CodeBadValue   = codeBadValue
)
