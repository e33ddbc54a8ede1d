// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// Every data source has a suite.Description in the tests of its service's package, which runs the suite.
func TestEveryDataSourceIsDescribed(t *testing.T) {
	files, err := filepath.Glob("*/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	packages := make(map[string]*described)
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Dir(file)
		if packages[dir] == nil {
			packages[dir] = &described{texts: make(map[string]string)}
		}
		ast.Inspect(parsed, packages[dir].visit)
	}
	var names []string
	for dir, p := range packages {
		if len(p.names) > 0 && !p.runs {
			t.Errorf("the tests of %s describe data sources and do not call described.Run", dir)
		}
		for _, name := range p.names {
			text, err := strconv.Unquote(p.text(name))
			if err != nil {
				t.Errorf("in %s a Name is neither a text nor a constant of the package", dir)
			}
			names = append(names, text)
		}
	}
	slices.Sort(names)
	if want := acctest.NewServer(t).DataSources(); !slices.Equal(names, want) {
		t.Errorf("described are %v, want each of %v once", names, want)
	}
}

// described is what the tests of one package describe.
type described struct {
	// names are the values of Name in the descriptions that are added to the package's set.
	names []ast.Expr
	// texts are the constants of the package.
	texts map[string]string
	runs  bool
}

func (d *described) visit(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.ValueSpec:
		for i, value := range node.Values {
			if literal, ok := value.(*ast.BasicLit); ok {
				d.texts[node.Names[i].Name] = literal.Value
			}
		}
	case *ast.CallExpr:
		switch {
		case isSelector(node.Fun, "described", "Run"):
			d.runs = true
		case isSelector(node.Fun, "described", "Add"):
			d.names = append(d.names, nameIn(node.Args[0]))
		}
	}
	return true
}

func (d *described) text(name ast.Expr) string {
	switch name := name.(type) {
	case *ast.BasicLit:
		return name.Value
	case *ast.Ident:
		return d.texts[name.Name]
	}
	return ""
}

// nameIn returns the value of Name in a description.
func nameIn(description ast.Expr) ast.Expr {
	if literal, ok := description.(*ast.CompositeLit); ok {
		for _, element := range literal.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Name" {
					return pair.Value
				}
			}
		}
	}
	return nil
}

func isSelector(expression ast.Expr, receiver, method string) bool {
	selector, ok := expression.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != method {
		return false
	}
	name, ok := selector.X.(*ast.Ident)
	return ok && name.Name == receiver
}
