// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package documentation_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// hole stands for what a text of the program does not say itself: a value that is formatted into it, or a number.
const hole = "…"

// program is what the code of the provider says to its users.
type program struct {
	// texts are the program's strings. Strings that are joined with + are one.
	texts []string
	// summaries are the summaries of errors and warnings, by the places that make them.
	summaries map[string][]string
	// codes are the vendors' codes that there is advice about.
	codes []string
}

// parseProgram parses the code of the provider, without the emulator and what is there for tests only.
func parseProgram(t *testing.T) *program {
	t.Helper()
	packages := make(map[string][]*ast.File)
	set := token.NewFileSet()
	for _, name := range filesBelow(t, "internal", ".go") {
		part := strings.Split(name, "/")[1]
		if strings.HasSuffix(name, "_test.go") || slices.Contains([]string{"acctest", "benchmark", "cmd", "emulator"}, part) {
			continue
		}
		file, err := parser.ParseFile(set, filepath.Join(root, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		packages[path.Dir(name)] = append(packages[path.Dir(name)], file)
	}
	p := &program{summaries: make(map[string][]string)}
	for _, files := range packages {
		constants := constantsOf(files)
		for _, file := range files {
			p.addFile(t, set, constants, file)
		}
	}
	return p
}

// constantsOf returns the constants of a package that are one string.
func constantsOf(files []*ast.File) map[string]string {
	constants := make(map[string]string)
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
				for i, name := range spec.Names {
					if text, ok := literal(spec.Values[i]); ok {
						constants[name.Name] = text
					}
				}
			}
			return true
		})
	}
	return constants
}

func (p *program) addFile(t *testing.T, set *token.FileSet, constants map[string]string, file *ast.File) {
	t.Helper()
	for _, declaration := range file.Decls {
		assigned := assignments(declaration)
		ast.Inspect(declaration, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				p.codes = append(p.codes, codesOf(n)...)
			case *ast.BasicLit, *ast.BinaryExpr:
				if text := join(n, constants); strings.Trim(text, hole) != "" {
					p.texts = append(p.texts, text)
				}
			case *ast.CallExpr:
				if summary := summaryOf(n); summary != nil {
					place := set.Position(n.Pos()).String()
					p.summaries[place] = append(p.summaries[place], possible(summary, constants, assigned)...)
				}
			}
			return true
		})
	}
}

// codesOf returns the keys of a table of advice, and none of other literals.
func codesOf(table *ast.CompositeLit) []string {
	generic, ok := table.Type.(*ast.IndexExpr)
	if !ok {
		return nil
	}
	name, isSelector := generic.X.(*ast.SelectorExpr)
	value, isName := generic.Index.(*ast.Ident)
	if !isSelector || name.Sel.Name != "Table" || !isName || value.Name != "string" {
		return nil
	}
	var keys []string
	for _, element := range table.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := literal(pair.Key); ok {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// assignments returns what variables of a function are assigned, by their names.
func assignments(declaration ast.Decl) map[string][]ast.Expr {
	assigned := make(map[string][]ast.Expr)
	ast.Inspect(declaration, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == len(a.Rhs) {
			for i, left := range a.Lhs {
				if name, ok := left.(*ast.Ident); ok {
					assigned[name.Name] = append(assigned[name.Name], a.Rhs[i])
				}
			}
		}
		return true
	})
	return assigned
}

// summaryPositions are the positions of the summary among the arguments of the calls that make errors and warnings.
var summaryPositions = map[string]int{
	"AddError": 0, "AddWarning": 0, "NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0,
	"AddAttributeError": 1, "AddAttributeWarning": 1, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1,
}

// summaryOf returns the summary of the error or warning that a call makes, and nil for other calls.
func summaryOf(call *ast.CallExpr) ast.Expr {
	function, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if position, ok := summaryPositions[function.Sel.Name]; ok && position < len(call.Args) {
		return call.Args[position]
	}
	return nil
}

// possible returns the texts that an expression can have. It is hole alone where they come from another function.
func possible(e ast.Expr, constants map[string]string, assigned map[string][]ast.Expr) []string {
	if name, ok := e.(*ast.Ident); ok && assigned[name.Name] != nil {
		var texts []string
		for _, value := range assigned[name.Name] {
			texts = append(texts, join(value, constants))
		}
		return texts
	}
	return []string{join(e, constants)}
}

// join returns the text of an expression, with holes for what is not a string or a constant.
func join(n ast.Node, constants map[string]string) string {
	switch n := n.(type) {
	case *ast.BasicLit:
		if text, ok := literal(n); ok {
			return text
		}
	case *ast.Ident:
		if text, ok := constants[n.Name]; ok {
			return text
		}
	case *ast.ParenExpr:
		return join(n.X, constants)
	case *ast.BinaryExpr:
		if n.Op == token.ADD {
			return join(n.X, constants) + join(n.Y, constants)
		}
	}
	return hole
}

func literal(e ast.Expr) (string, bool) {
	basic, ok := e.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}
