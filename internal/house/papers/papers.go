// Package papers reads the documents of this repository for the tests that keep
// them true: where their links lead, which commands they show. Everything is
// read by a Markdown parser, so that what a test sees is what a reader sees.
package papers

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// A Paper is one document.
type Paper struct {
	Path    string          // from the root of the repository, with slashes
	Links   []string        // what links and pictures lead to, as written
	Anchors map[string]bool // what a link may name behind #, as the public host makes it of headings
	Blocks  []Block
	Spans   []string   // code within a sentence
	Rows    [][]string // the code of each row of a table, only of its first cell

	Stressed []string // what is in italics
}

// A Block is a fenced block of code.
type Block struct {
	Language string
	Lines    []string
}

// All reads every document below root, but for hidden folders and what is built.
func All(root string) ([]Paper, error) {
	var all []Paper
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name := e.Name(); path != root && (strings.HasPrefix(name, ".") || name == "bin" || name == "dist") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".md") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		all = append(all, Read(rel, raw))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the documents: %w", err)
	}
	return all, nil
}

// Read reads one document.
func Read(path string, raw []byte) Paper {
	p := Paper{Path: filepath.ToSlash(path), Anchors: map[string]bool{}}
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(raw))
	seen := map[string]int{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			p.take(n, raw, seen)
		}
		return ast.WalkContinue, nil
	})
	return p
}

// take keeps what a node of the document says.
func (p *Paper) take(n ast.Node, raw []byte, seen map[string]int) {
	switch n := n.(type) {
	case *ast.Link:
		p.Links = append(p.Links, string(n.Destination))
	case *ast.Image:
		p.Links = append(p.Links, string(n.Destination))
	case *ast.Heading:
		p.anchor(plain(n, raw), seen)
	case *ast.FencedCodeBlock:
		p.Blocks = append(p.Blocks, block(n, raw))
	case *ast.CodeSpan:
		p.Spans = append(p.Spans, plain(n, raw))
	case *ast.Emphasis:
		if n.Level == 1 {
			p.Stressed = append(p.Stressed, plain(n, raw))
		}
	}
	if kind := n.Kind().String(); kind == "TableRow" {
		p.Rows = append(p.Rows, codes(n.FirstChild(), raw))
	}
}

// anchor keeps the name of a heading; a second heading of one name gets a number.
func (p *Paper) anchor(heading string, seen map[string]int) {
	name := Anchor(heading)
	if n := seen[name]; n > 0 {
		p.Anchors[fmt.Sprintf("%s-%d", name, n)] = true
	}
	p.Anchors[name] = true
	seen[name]++
}

// Anchor is the name that GitHub gives to a heading: lower case, without
// punctuation, blanks as hyphens.
func Anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case r == ' ':
			b.WriteRune('-')
		case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 127:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func block(n *ast.FencedCodeBlock, raw []byte) Block {
	b := Block{Language: string(n.Language(raw))}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Lines = append(b.Lines, strings.TrimRight(string(line.Value(raw)), "\n"))
	}
	return b
}

// plain is the text below a node, without marks.
func plain(n ast.Node, raw []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, is := n.(*ast.Text); is && entering {
			b.Write(t.Segment.Value(raw))
			if t.SoftLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// codes are the code spans below a node. A bar in a table is written \|.
func codes(n ast.Node, raw []byte) []string {
	var all []string
	if n == nil {
		return nil
	}
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if span, is := n.(*ast.CodeSpan); is && entering {
			all = append(all, strings.ReplaceAll(plain(span, raw), `\|`, "|"))
		}
		return ast.WalkContinue, nil
	})
	return all
}
