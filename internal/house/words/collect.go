package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// places say which arguments of a function are sentences that the window shows.
// The name of a package before a function is left out in the package itself.
var places = map[string][]int{
	"lang.L": {0}, "lang.X": {0}, "say.Plural": {1, 2}, "Plural": {1, 2}, "sayWord": {0},
}

// explained are the functions of package fault, with the place of the sentence.
var explained = map[string]int{"fault.Say": 1, "fault.Wrong": 1, "fault.Unclear": 1, "fault.Text": 0, "fault.Tell": 0, "said": 0}

// folders are where sentences of the window and about errors are.
var folders = []string{"ui", "cmd/stratosdrive", "internal/app", "internal/sds", "internal/desktop", "internal/update", "network", "player", "sync", "wallet"}

// toolkit are the words that the toolkit's own widgets ask for.
var toolkit = []string{"Copy", "Cut", "Paste", "Quit", "Redo", "Select all", "Undo"}

// Found is what the source says to people.
type Found struct {
	Words  map[string]string // where a sentence of the window is, by the sentence
	Errors map[string]string // where a sentence about an error is
}

// collect reads the source below root.
func collect(root string) (Found, error) {
	f := Found{Words: map[string]string{}, Errors: map[string]string{}}
	for _, word := range toolkit {
		f.Words[word] = "the toolkit"
	}
	for _, dir := range folders {
		if err := walk(filepath.Join(root, dir), f.node); err != nil {
			return f, err
		}
	}
	return f, nil
}

// walk visits all nodes of the source below a folder, without its tests.
func walk(dir string, visit func(n ast.Node, where func() string)) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() && elsewhere[e.Name()] {
			return skip(err)
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return fmt.Errorf("read the source: %w", err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			visit(n, func() string { return files.Position(n.Pos()).String() })
			return true
		})
		return nil
	})
}

// elsewhere are folders whose sentences the window never says: sample data, and
// the demo of the command line.
var elsewhere = map[string]bool{"fake": true, "demo": true}

// skip goes past a folder, or ends with an error.
func skip(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}

func (f Found) node(n ast.Node, where func() string) {
	switch n := n.(type) {
	case *ast.CallExpr:
		name := named(n.Fun)
		for _, i := range places[name] {
			f.word(n.Args, i, where)
		}
		if i, is := explained[name]; is && i < len(n.Args) {
			if text, ok := literal(n.Args[i]); ok && !ofCommandLine(text) {
				f.Errors[text] = where()
			}
		}
	case *ast.CompositeLit:
		f.facts(n, where)
	case *ast.ValueSpec:
		f.table(n, where)
		f.reason(n, where)
	}
}

// ofCommandLine tells whether a sentence about an error names a command or a
// flag. Such a one is about how the program was called, which cannot happen in
// the window, and stays English like all of the command line.
func ofCommandLine(text string) bool {
	return slices.ContainsFunc([]string{" --", " stos drive ", " stos net ", " stos sync ", " stos wallet "}, func(part string) bool { return strings.Contains(text, part) })
}

// facts finds the names of facts in a preview: the first part of a PreviewLine.
func (f Found) facts(c *ast.CompositeLit, where func() string) {
	if named(c.Type) == "PreviewLine" {
		f.word(c.Elts, 0, where)
	}
	if list, ok := c.Type.(*ast.ArrayType); ok && named(list.Elt) == "PreviewLine" {
		for _, each := range c.Elts {
			if line, ok := each.(*ast.CompositeLit); ok {
				f.word(line.Elts, 0, where)
			}
		}
	}
}

// table finds the sentences of the wallet's history: the values of its table
// called words.
func (f Found) table(v *ast.ValueSpec, where func() string) {
	if len(v.Names) != 1 || len(v.Values) != 1 || v.Names[0].Name != "words" {
		return
	}
	if c, ok := v.Values[0].(*ast.CompositeLit); ok {
		for _, e := range c.Elts {
			if pair, ok := e.(*ast.KeyValueExpr); ok {
				f.word([]ast.Expr{pair.Value}, 0, where)
			}
		}
	}
}

// reason finds why no space is freed: the constants of type Why.
func (f Found) reason(v *ast.ValueSpec, where func() string) {
	if named(v.Type) != "Why" || len(v.Values) != 1 {
		return
	}
	if text, ok := literal(v.Values[0]); ok && text != "" {
		f.Errors[text] = where()
	}
}

func (f Found) word(list []ast.Expr, i int, where func() string) {
	if i < len(list) {
		if text, ok := literal(list[i]); ok {
			f.Words[text] = where()
		}
	}
}

// named is what is called, with the package before it.
func named(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			return x.Name + "." + e.Sel.Name
		}
	}
	return ""
}

// literal is a text that stands in the source, maybe in several pieces.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.ParenExpr:
		return literal(e.X)
	case *ast.BinaryExpr:
		left, one := literal(e.X)
		right, two := literal(e.Y)
		return left + right, one && two && e.Op == token.ADD
	}
	return "", false
}
