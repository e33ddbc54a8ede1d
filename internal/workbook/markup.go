// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
)

// Limits of an XML part.
const (
	maxDepth      = 100
	maxAttributes = 100
	// maxToken is the maximum number of bytes of a tag, a comment or a text, because the decoder holds each in memory.
	maxToken = 1 << 20
	// maxCell is the maximum number of bytes of the text of a cell. Excel allows 32,767 characters.
	maxCell = 1 << 20
)

// Namespaces of the Transitional and the Strict format.
var (
	mainNamespaces = []string{
		"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
	}
	relationNamespaces = []string{
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
	}
)

const (
	packageNamespace = "http://schemas.openxmlformats.org/package/2006/relationships"
	macroNamespace   = "http://schemas.microsoft.com/office/excel/2006/main"
	whitespace       = " \t\r\n" // The white space of XML.
)

// element is the start of an element.
type element struct{ xml.StartElement }

// is reports whether the element has the name in one of the namespaces.
func (e element) is(name string, namespaces ...string) bool {
	return e.Name.Local == name && slices.Contains(namespaces, e.Name.Space)
}

// main returns the element's name, or "" if the element is not in one of mainNamespaces.
func (e element) main() string {
	if slices.Contains(mainNamespaces, e.Name.Space) {
		return e.Name.Local
	}
	return ""
}

// attribute returns the value of an attribute, or "". Attributes without a prefix are in no namespace.
func (e element) attribute(name string, namespaces ...string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && (len(namespaces) == 0 && a.Name.Space == "" || slices.Contains(namespaces, a.Name.Space)) {
			return a.Value
		}
	}
	return ""
}

// unexpected returns the error of an element that is not allowed in its place. Unknown elements among the data are errors,
// because they could contain data.
func (e element) unexpected() error {
	return fmt.Errorf("unexpected element %q of the namespace %q", shorten(e.Name.Local), shorten(e.Name.Space))
}

// markup reads the elements of a part.
type markup struct {
	decoder     *xml.Decoder
	input       *tokenReader
	maxElements int
	elements    int
	depth       int
	buffer      []byte
}

// newMarkup returns a reader of a part in UTF-8, in UTF-16 or in its declared encoding.
func newMarkup(part io.Reader, maxElements int) (*markup, error) {
	buffered := bufio.NewReaderSize(part, 32<<10)
	wide, err := skipMark(buffered)
	if err != nil {
		return nil, err
	}
	if wide != "" {
		decoded, err := charset.NewReaderLabel(wide, buffered)
		if err != nil {
			return nil, err
		}
		buffered = bufio.NewReaderSize(decoded, 32<<10)
	}
	m := &markup{input: &tokenReader{Reader: buffered}, maxElements: maxElements}
	m.decoder = xml.NewDecoder(m.input)
	m.decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		declared := strings.HasPrefix(strings.ToLower(label), "utf-16")
		switch {
		case declared != (wide != ""):
			return nil, errors.New("the part is not in the encoding that it declares")
		case declared:
			return input, nil // It is already decoded.
		}
		return charset.NewReaderLabel(label, input)
	}
	return m, nil
}

// skipMark skips the byte order mark. It returns the name of the encoding if it is UTF-16, or else "".
func skipMark(part *bufio.Reader) (string, error) {
	start, err := part.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	for _, mark := range []struct{ prefix, encoding string }{
		{"\xef\xbb\xbf", ""}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(start, []byte(mark.prefix)) {
			_, err := part.Discard(len(mark.prefix))
			return mark.encoding, err
		}
	}
	switch {
	case bytes.HasPrefix(start, []byte("<\x00")):
		return "utf-16le", nil
	case bytes.HasPrefix(start, []byte("\x00<")):
		return "utf-16be", nil
	}
	return "", nil
}

// tokenReader limits the length of a token.
type tokenReader struct {
	*bufio.Reader
	token int // Bytes since the last token.
}

var errToken = fmt.Errorf("a tag, a comment or a text is longer than %d MiB", maxToken>>20)

// ReadByte fails if the token is longer than maxToken.
func (r *tokenReader) ReadByte() (byte, error) {
	r.token++
	if r.token > maxToken {
		return 0, errToken
	}
	return r.Reader.ReadByte()
}

// Read fails if the token is longer than maxToken.
func (r *tokenReader) Read(p []byte) (int, error) {
	if r.token > maxToken {
		return 0, errToken
	}
	n, err := r.Reader.Read(p)
	r.token += n
	return n, err
}

// next returns the next start tag, end tag or text. The error is io.EOF at the end of the part.
func (m *markup) next() (xml.Token, error) {
	for {
		m.input.token = 0
		token, err := m.decoder.Token()
		if err != nil {
			return nil, malformed(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			m.elements++
			m.depth++
			return token, m.check(token)
		case xml.EndElement:
			m.depth--
			return token, nil
		case xml.CharData:
			return token, nil
		case xml.Directive:
			return nil, errors.New("there is a document type definition (DTD), which Excel files do not have")
		}
	}
}

// malformed shortens an error of the decoder, which may quote the part.
func malformed(err error) error {
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return fmt.Errorf("the XML is malformed on line %d: %q", syntax.Line, shorten(syntax.Msg))
	}
	if text := err.Error(); shorten(text) != text {
		return errors.New(shorten(text))
	}
	return err
}

// check returns an error for an element that exceeds a limit or repeats an attribute.
func (m *markup) check(start xml.StartElement) error {
	switch {
	case m.elements > m.maxElements:
		return fmt.Errorf("there are more than %d XML elements", m.maxElements)
	case m.depth > maxDepth:
		return fmt.Errorf("XML elements are nested more than %d deep", maxDepth)
	case len(start.Attr) > maxAttributes:
		return fmt.Errorf("an XML element has more than %d attributes", maxAttributes)
	}
	for i, a := range start.Attr {
		for _, b := range start.Attr[:i] {
			if a.Name == b.Name {
				return fmt.Errorf("an XML element has two attributes %q", shorten(a.Name.Local))
			}
		}
	}
	return nil
}

// document reads the root element and the rest of the part. It reads to the end, where package zip verifies the checksum.
func (m *markup) document(root func(element) error) error {
	found := false
	err := m.children(func(e element) error {
		if found {
			return errors.New("there is more than one root element")
		}
		found = true
		return root(e)
	})
	if errors.Is(err, io.EOF) {
		err = nil
		if !found {
			err = errors.New("there is no XML element in it")
		}
	}
	return err
}

// children reads the element whose start was read last. It calls child for each child element. child must read that element
// to its end.
func (m *markup) children(child func(element) error) error {
	for {
		token, err := m.next()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := child(element{token}); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text := bytes.Trim(token, whitespace); len(text) > 0 {
				return fmt.Errorf("unexpected text %q between XML elements", shorten(string(text)))
			}
		}
	}
}

// skip reads an element to its end. Sheets and cells in it are an error: they are alternatives for programs that support
// another namespace, and it is unclear which alternative a spreadsheet program would show.
func (m *markup) skip() error {
	for outside := m.depth - 1; m.depth > outside; {
		token, err := m.next()
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			if e := (element{start}); slices.Contains([]string{"sheets", "sheetData", "si"}, e.main()) {
				return e.unexpected()
			}
		}
	}
	return nil
}

// text reads the text of the element whose start was read last. The element has no children. Leading and trailing spaces are
// kept even without xml:space="preserve", and _xHHHH_ is decoded.
func (m *markup) text() (string, error) {
	m.buffer = m.buffer[:0]
	for {
		token, err := m.next()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			return "", element{token}.unexpected()
		case xml.CharData:
			if m.buffer = append(m.buffer, token...); len(m.buffer) > maxCell {
				return "", errCell
			}
		case xml.EndElement:
			return unescape(string(m.buffer)), nil
		}
	}
}
