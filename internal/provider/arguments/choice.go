// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Option is one value of a Choice.
type Option struct {
	// Word is what users write. It may be empty in a table of codes.
	Word string
	// Code is what the API is sent, unless the choice is of words only.
	Code int64
	// Name explains an option without a word, such as a province. It is not accepted as a value.
	Name string
	// Near are other words for the option. They are refused, and the error names the option.
	Near []string
}

// Choice is the values of an argument. Users write a word or, where there are codes, the API's code.
type Choice struct {
	options []Option
	// words says that there are no codes.
	words bool
	// other accepts more than the options, and otherName says what that is.
	other     func(text string) bool
	otherName string
}

// Codes returns a choice whose options have the API's codes.
func Codes(options ...Option) Choice { return Choice{options: options} }

// Words returns a choice of plain words, which the API is sent as they are.
func Words(words ...string) Choice {
	options := make([]Option, len(words))
	for i, word := range words {
		options[i].Word = word
	}
	return Choice{options: options, words: true}
}

// WordOptions returns a choice of plain words that have near misses of their own.
func WordOptions(options ...Option) Choice { return Choice{options: options, words: true} }

// Or returns a choice that accepts more than its options. The name says what that is, such as "a status code such as 404".
func (c Choice) Or(name string, accepts func(text string) bool) Choice {
	c.other, c.otherName = accepts, name
	return c
}

// find returns the option that a text stands for, or nil.
func (c Choice) find(text string) *Option {
	for i, option := range c.options {
		if text != "" && (text == option.Word || !c.words && text == strconv.FormatInt(option.Code, 10)) {
			return &c.options[i]
		}
	}
	return nil
}

// Code returns the API's code of a value, and nil for null, for anything refused, and where there are no codes.
func (c Choice) Code(v types.String) *int64 {
	option := c.find(v.ValueString())
	if option == nil || c.words {
		return nil
	}
	return new(option.Code)
}

// Word returns the word of a value, which may be the code. It is empty for null and for anything refused.
func (c Choice) Word(v types.String) string {
	option := c.find(v.ValueString())
	if option == nil {
		return ""
	}
	return option.Word
}

// Description lists the words with their codes.
func (c Choice) Description(context.Context) string { return "must be " + c.list(strconv.Quote) }

// MarkdownDescription lists the words with their codes.
func (c Choice) MarkdownDescription(context.Context) string {
	list := c.list(markdownCode)
	return strings.ToUpper(list[:1]) + list[1:]
}

// markdownCode formats a word as code.
func markdownCode(word string) string { return "`" + word + "`" }

// list names the options.
func (c Choice) list(quote func(string) string) string {
	names := make([]string, len(c.options))
	for i, option := range c.options {
		code := strconv.FormatInt(option.Code, 10)
		switch {
		case c.words:
			names[i] = quote(option.Word)
		case option.Word != "":
			names[i] = quote(option.Word) + " (or " + code + ")"
		case option.Name != "":
			names[i] = code + " (" + option.Name + ")"
		default:
			names[i] = code
		}
	}
	list := names[0]
	if len(names) > 1 {
		list = "one of " + strings.Join(names, ", ")
	}
	if c.otherName != "" {
		list += ", or " + c.otherName
	}
	return list
}

// ValidateString refuses what is neither a word nor a code.
func (c Choice) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	validate(c, req.Path, req.ConfigValue, &resp.Diagnostics)
}

func (c Choice) checkValue(v attr.Value) error { return checkText(v, c.check) }

// check names the options where a text is none of them, and the one that is meant where it is nearly one.
func (c Choice) check(text string) error {
	if c.find(text) != nil || c.other != nil && c.other(text) {
		return nil
	}
	return c.refuse("must be "+c.list(strconv.Quote), text)
}

// refuse returns an error that quotes a text and names the option that is meant by it.
func (c Choice) refuse(must, text string) error {
	const shown = 40
	if option := c.nearest(text); option != nil {
		return fmt.Errorf("%s, got %.*q. Did you mean %s?", must, shown, text, option.value())
	}
	return fmt.Errorf("%s, got %.*q", must, shown, text)
}

// value is what to write for the option. A code is followed by its name.
func (o *Option) value() string {
	switch code := strconv.FormatInt(o.Code, 10); {
	case o.Word != "":
		return strconv.Quote(o.Word)
	case o.Name != "":
		return code + " (" + o.Name + ")"
	default:
		return code
	}
}

// key is the same for all texts that stand for one option, so that an option given twice can be told.
func (c Choice) key(text string) string {
	if option := c.find(text); option != nil && !c.words {
		return strconv.FormatInt(option.Code, 10)
	}
	return text
}
