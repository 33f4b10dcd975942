package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Lines that nothing should be above.
const (
	maxFunction = 60
	maxFile     = 300

	// A package of more files than this keeps its comment in doc.go, where a
	// newcomer looks first.
	maxUnsigned = 3
)

// A Room is one package. Lines are those of its code without tests; comments
// and empty lines count, since a reader meets them too.
type Room struct {
	Path                 string
	Files, Lines         int
	LongestFile          int
	Functions            []int // lines of each
	Exported, Documented int
	TestLines, Examples  int
	HasDoc               bool // a comment says what the package is for
	DocFile              bool // that comment stands in doc.go
	Program              bool // it is a command, explained in main.go
	Finds                []Find
}

// A Find is something above a line.
type Find struct {
	Where string // a file, a file and a function, or a package
	What  string
}

// String is the sentence about it.
func (f Find) String() string { return f.Where + " " + f.What }

// measure reads the packages below root, sorted by path.
func measure(root string) ([]Room, error) {
	rooms := map[string]*Room{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name := e.Name(); path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "bin" || name == "dist") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		return take(rooms, root, path)
	})
	if err != nil {
		return nil, fmt.Errorf("read the source: %w", err)
	}
	var all []Room
	for _, r := range rooms {
		all = append(all, *r)
	}
	slices.SortFunc(all, func(a, b Room) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

func take(rooms map[string]*Room, root, path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, raw, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil || ast.IsGenerated(file) {
		return err
	}
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return err
	}
	rel = filepath.ToSlash(rel)
	dir := filepath.ToSlash(filepath.Dir(rel))
	r := rooms[dir]
	if r == nil {
		r = &Room{Path: dir}
		rooms[dir] = r
	}
	r.file(files, file, rel, bytes.Count(raw, []byte("\n")))
	return nil
}

func (r *Room) file(files *token.FileSet, file *ast.File, path string, lines int) {
	test := strings.HasSuffix(path, "_test.go")
	if lines > maxFile {
		r.find(path, "has %d lines", lines)
	}
	if test {
		r.TestLines += lines
	} else {
		r.Files, r.Lines, r.LongestFile = r.Files+1, r.Lines+lines, max(r.LongestFile, lines)
		r.HasDoc = r.HasDoc || file.Doc != nil
		r.DocFile = r.DocFile || file.Doc != nil && strings.HasSuffix(path, "/doc.go")
		r.Program = file.Name.Name == "main"
	}
	for _, d := range file.Decls {
		if f, is := d.(*ast.FuncDecl); is {
			r.function(files, f, path, test)
		} else if g, is := d.(*ast.GenDecl); is && !test {
			r.names(g, path)
		}
	}
}

func (r *Room) function(files *token.FileSet, f *ast.FuncDecl, path string, test bool) {
	lines := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1
	if lines > maxFunction {
		r.find(path+" "+f.Name.Name, "has %d lines", lines)
	}
	if test {
		if strings.HasPrefix(f.Name.Name, "Example") {
			r.Examples++
		}
		return
	}
	r.Functions = append(r.Functions, lines)
	if f.Name.IsExported() && seen(f.Recv) {
		r.exported(path+" "+f.Name.Name, f.Doc != nil)
	}
}

// seen tells whether others can name the type that a method belongs to.
func seen(recv *ast.FieldList) bool {
	if recv == nil {
		return true
	}
	t := recv.List[0].Type
	for {
		switch u := t.(type) {
		case *ast.StarExpr:
			t = u.X
		case *ast.IndexExpr:
			t = u.X
		case *ast.IndexListExpr:
			t = u.X
		case *ast.Ident:
			return u.IsExported()
		default:
			return true
		}
	}
}

// names counts exported types, constants and variables. A comment above a group
// is for all of it; a remark behind a name counts as well.
func (r *Room) names(g *ast.GenDecl, path string) {
	for _, spec := range g.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				r.exported(path+" "+s.Name.Name, g.Doc != nil || s.Doc != nil || s.Comment != nil)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() {
					r.exported(path+" "+name.Name, g.Doc != nil || s.Doc != nil || s.Comment != nil)
				}
			}
		}
	}
}

func (r *Room) exported(where string, documented bool) {
	r.Exported++
	if documented {
		r.Documented++
		return
	}
	r.find(where, "has no comment")
}

func (r *Room) find(where, what string, args ...any) {
	r.Finds = append(r.Finds, Find{where, fmt.Sprintf(what, args...)})
}

func (r *Room) add(o Room) {
	r.Files, r.Lines, r.LongestFile = r.Files+o.Files, r.Lines+o.Lines, max(r.LongestFile, o.LongestFile)
	r.Functions = append(r.Functions, o.Functions...)
	r.Exported, r.Documented = r.Exported+o.Exported, r.Documented+o.Documented
	r.TestLines, r.Examples = r.TestLines+o.TestLines, r.Examples+o.Examples
}
