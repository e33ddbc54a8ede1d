// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// maxIndex is the maximum number of elements in a part that lists other parts.
const maxIndex = 2000

// contents names the parts of an Excel file that contain data.
type contents struct {
	sheets []entry
	// texts is the name of the part with the shared texts. It is empty if there is none.
	texts string
}

// entry is a sheet in the list of sheets.
type entry struct{ name, part string }

// contents finds the parts of an Excel file by their relations, like spreadsheet programs.
func (a *archive) contents() (contents, error) {
	if err := a.otherFormat(); err != nil {
		return contents{}, err
	}
	file, err := a.relations("/")
	if err != nil {
		return contents{}, err
	}
	workbook, err := file.only("officeDocument")
	if err != nil {
		return contents{}, err
	}
	switch {
	case workbook == "":
		return contents{}, errors.New("the Excel file does not say which part is its workbook")
	case path.Ext(workbook) == ".bin":
		return contents{}, errors.New("this is a binary Excel file (.xlsb); only xlsx is read")
	}
	related, err := a.relations(workbook)
	if err != nil {
		return contents{}, err
	}
	texts, err := related.only("sharedStrings")
	if err != nil {
		return contents{}, err
	}
	sheets, err := a.sheets(workbook, related)
	return contents{sheets: sheets, texts: texts}, err
}

// otherFormat returns an error for a zip archive that is not an Excel file.
func (a *archive) otherFormat() error {
	switch {
	case a.parts["/_rels/.rels"] != nil:
		return nil
	case a.parts["/mimetype"] != nil && a.parts["/content.xml"] != nil:
		return errors.New("this is an OpenDocument file (.ods); only xlsx is read")
	}
	return errors.New("this is a zip archive without an Excel file in it")
}

// relation is a reference to a part. Its target is the name of the part, or empty if it is outside the file.
type relation struct{ id, kind, target string }

type relations []relation

// relations reads the relations of a part, or those of the file for "/".
func (a *archive) relations(name string) (relations, error) {
	folder, base := path.Split(name)
	var list relations
	err := a.read(path.Join(folder, "_rels", base+".rels"), maxIndex, func(m *markup, root element) error {
		if !root.is("Relationships", packageNamespace) {
			return root.unexpected()
		}
		return m.children(func(e element) error {
			if !e.is("Relationship", packageNamespace) {
				return e.unexpected()
			}
			r := relation{id: e.attribute("Id")}
			if e.attribute("TargetMode") != "External" {
				r.target = partName(folder, e.attribute("Target"))
			}
			for _, namespace := range relationNamespaces {
				if kind, ok := strings.CutPrefix(e.attribute("Type"), namespace+"/"); ok {
					r.kind = kind
				}
			}
			list = append(list, r)
			return m.skip()
		})
	})
	return list, err
}

// only returns the target of the only relation of a kind, or "" if there is none.
func (l relations) only(kind string) (string, error) {
	target := ""
	for _, r := range l {
		if r.kind != kind {
			continue
		}
		if target != "" || r.target == "" {
			return "", fmt.Errorf("the Excel file needs exactly one part as its %s", kind)
		}
		target = r.target
	}
	return target, nil
}

// sheet returns the target of the relation with the given ID. It returns an error unless there is exactly one.
func (l relations) sheet(id string) (string, error) {
	with := slices.DeleteFunc(slices.Clone(l), func(r relation) bool { return r.id != id })
	if len(with) != 1 || id == "" || with[0].target == "" {
		return "", fmt.Errorf("the Excel file does not say which part is the sheet with the relation %q", shorten(id))
	}
	return with[0].target, nil
}

// sheets reads the list of sheets.
func (a *archive) sheets(workbook string, related relations) ([]entry, error) {
	var list []entry
	found := false
	err := a.read(workbook, maxIndex, func(m *markup, root element) error {
		if root.main() != "workbook" {
			return fmt.Errorf("this is not an Excel file: %w", root.unexpected())
		}
		return m.children(func(e element) (err error) {
			if e.main() != "sheets" {
				return m.skip()
			}
			if found {
				return e.unexpected()
			}
			found = true
			list, err = m.entries(related)
			return err
		})
	})
	if err == nil && len(list) == 0 {
		err = errors.New("the Excel file has no sheet")
	}
	return list, err
}

// entries reads the elements of the list of sheets. Two sheets that refer to the same part are an error.
func (m *markup) entries(related relations) ([]entry, error) {
	var list []entry
	owners := map[string]int{}
	err := m.children(func(e element) error {
		if e.main() != "sheet" {
			return e.unexpected()
		}
		part, err := related.sheet(e.attribute("id", relationNamespaces...))
		if err != nil {
			return err
		}
		list = append(list, entry{name: unescape(e.attribute("name")), part: part})
		if owners[part] > 0 {
			return fmt.Errorf("sheets %d and %d are the same part", owners[part], len(list))
		}
		owners[part] = len(list)
		return m.skip()
	})
	return list, err
}
