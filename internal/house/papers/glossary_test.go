package papers

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shunned reads the words that docs/glossary.md gives up, as one expression.
func shunned(t *testing.T) *regexp.Regexp {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, "docs/glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(raw), "## One word for one thing")
	var all []string
	for _, span := range Read("docs/glossary.md", []byte(table)).Spans {
		all = append(all, strings.ReplaceAll(regexp.QuoteMeta(span), " ", `\s+`))
	}
	if !found || len(all) < 5 {
		t.Fatalf("only %d words were found in docs/glossary.md", len(all))
	}
	return regexp.MustCompile(`(?i)\b(` + strings.Join(all, "|") + `)s?\b`)
}

// TestGlossaryOfDocuments looks through everything that is written for readers.
func TestGlossaryOfDocuments(t *testing.T) {
	bad := shunned(t)
	for _, p := range read(t) {
		raw, err := os.ReadFile(filepath.Join(root, p.Path))
		if err != nil {
			t.Fatal(err)
		}
		if word := bad.FindString(string(raw)); word != "" && p.Path != "docs/glossary.md" {
			t.Errorf("%s says %q; docs/glossary.md has the word for it", p.Path, word)
		}
	}
}

// TestGlossaryOfTheWindow looks through the sentences of the window.
func TestGlossaryOfTheWindow(t *testing.T) {
	bad := shunned(t)
	raw, err := os.ReadFile(filepath.Join(root, "ui/language/words/en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sentences map[string]any
	if err := json.Unmarshal(raw, &sentences); err != nil || len(sentences) < 100 {
		t.Fatalf("%d sentences: %v", len(sentences), err)
	}
	for sentence := range sentences {
		if word := bad.FindString(sentence); word != "" {
			t.Errorf("the window says %q in %q; docs/glossary.md has the word for it", word, sentence)
		}
	}
}

// TestGlossaryOfComments looks through the comments of the source.
func TestGlossaryOfComments(t *testing.T) {
	bad, files := shunned(t), token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && path != root && (strings.HasPrefix(e.Name(), ".") || slices.Contains([]string{"testdata", "bin", "dist"}, e.Name())) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.Contains(path, ".pb.") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, c := range file.Comments {
			if word := bad.FindString(c.Text()); word != "" {
				t.Errorf("%s: a comment says %q; docs/glossary.md has the word for it", files.Position(c.Pos()), word)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestShunnedFinds(t *testing.T) {
	bad := shunned(t)
	for _, text := range []string{"a storage\nprovider", "Chunkservers", "your seed phrase"} {
		if bad.FindString(text) == "" {
			t.Errorf("%q is not found", text)
		}
	}
	for _, text := range []string{"sharded", "a storage node", "the words", "slices"} {
		if word := bad.FindString(text); word != "" {
			t.Errorf("%q is found in %q", word, text)
		}
	}
}

// TestTheGuideNamesWhatTheWindowShows looks up what the guide writes in italics:
// buttons, pages and states, as the window has them in English.
func TestTheGuideNamesWhatTheWindowShows(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root, "ui/language/words/en.json"))
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile(filepath.Join(root, "docs/guide.md"))
	if err != nil {
		t.Fatal(err)
	}
	var window map[string]any
	if err := json.Unmarshal(raw, &window); err != nil {
		t.Fatal(err)
	}
	names := Read("docs/guide.md", guide).Stressed
	for _, name := range names {
		if _, is := window[name]; !is {
			t.Errorf("docs/guide.md names %q, and the window shows no such words", name)
		}
	}
	if len(names) < 20 {
		t.Errorf("only %d names were found", len(names))
	}
}
