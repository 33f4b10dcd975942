package papers

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../../.."

func read(t *testing.T) []Paper {
	t.Helper()
	all, err := All(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d documents were found", len(all))
	}
	return all
}

// TestLinksLead follows every link and picture that stays in the repository.
func TestLinksLead(t *testing.T) {
	all := read(t)
	for _, p := range all {
		for _, link := range p.Links {
			if problem := follow(p, link, all); problem != "" {
				t.Errorf("%s: the link %s %s", p.Path, link, problem)
			}
		}
	}
}

// follow tells what is wrong with a link, or nothing.
func follow(from Paper, link string, all []Paper) string {
	u, err := url.Parse(link)
	if err != nil {
		return "cannot be read"
	}
	if u.Scheme != "" {
		if u.Scheme != "https" && u.Scheme != "mailto" {
			return "is not https"
		}
		return ""
	}
	to := from.Path
	if u.Path != "" {
		to = path.Join(path.Dir(from.Path), u.Path)
	}
	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(to))); err != nil || strings.HasPrefix(to, "..") {
		return "leads nowhere"
	}
	for _, p := range all {
		if u.Fragment != "" && p.Path == to && !p.Anchors[u.Fragment] {
			return "names no heading of " + to
		}
	}
	return ""
}

// TestFollowRefuses makes sure that a dead link is seen.
func TestFollowRefuses(t *testing.T) {
	all := read(t)
	from := Paper{Path: "docs/guide.md"}
	for _, dead := range []string{"nothing.md", "cli.md#nothing", "img/nothing.png", "../../outside", "http://example.org"} {
		if follow(from, dead, all) == "" {
			t.Errorf("%s is taken for a good link", dead)
		}
	}
	for _, good := range []string{"cli.md", "cli.md#rules", "../README.md", "https://example.org", "network.md#--faithful"} {
		if problem := follow(from, good, all); problem != "" {
			t.Errorf("%s %s", good, problem)
		}
	}
}

// TestEveryPictureIsShown finds pictures that no document shows any more.
func TestEveryPictureIsShown(t *testing.T) {
	shown := map[string]bool{}
	for _, p := range read(t) {
		for _, link := range p.Links {
			shown[path.Join(path.Dir(p.Path), link)] = true
		}
	}
	pictures, err := filepath.Glob(filepath.Join(root, "docs/img/*"))
	if err != nil || len(pictures) == 0 {
		t.Fatal("there are no pictures", err)
	}
	for _, file := range pictures {
		if name := "docs/img/" + filepath.Base(file); !shown[name] {
			t.Errorf("no document shows %s", name)
		}
	}
}

// TestDecisionsAreListed compares the pages of docs/adr with their list.
func TestDecisionsAreListed(t *testing.T) {
	listed := map[string]bool{}
	for _, p := range read(t) {
		if p.Path == "docs/adr/README.md" {
			for _, link := range p.Links {
				listed[link] = true
			}
		}
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs/adr/[0-9]*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal("there are no decisions", err)
	}
	numbers := map[string]string{}
	for _, page := range pages {
		name := filepath.Base(page)
		if !listed[name] {
			t.Errorf("docs/adr/README.md does not list %s", name)
		}
		if other := numbers[name[:4]]; other != "" {
			t.Errorf("%s and %s have one number", name, other)
		}
		numbers[name[:4]] = name
	}
}

// TestAllNeedsNoGit reads a folder that is under no version control.
func TestAllNeedsNoGit(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.md", "b/c.md", ".hidden/d.md", "bin/e.md", "dist/f.md", "b/g.txt"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("# x\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all, err := All(dir)
	if err != nil || len(all) != 2 || all[0].Path != "a.md" || all[1].Path != "b/c.md" {
		t.Errorf("%+v %v", all, err)
	}
}

func TestRead(t *testing.T) {
	p := Read("a.md", []byte("# A `b`: c, *d*\n\n[x](y.md#z) ![p](q.png)\n\n| `a\\|b` and `c` | `no` |\n| - | - |\n| `d\\|e` | `f` |\n\n```sh\nstos ls\n```\n\n# A b c d\n"))
	if len(p.Links) != 2 || p.Links[0] != "y.md#z" || p.Links[1] != "q.png" {
		t.Errorf("links %q", p.Links)
	}
	if !p.Anchors["a-b-c-d"] || !p.Anchors["a-b-c-d-1"] {
		t.Errorf("anchors %v", p.Anchors)
	}
	if len(p.Blocks) != 1 || p.Blocks[0].Language != "sh" || p.Blocks[0].Lines[0] != "stos ls" {
		t.Errorf("blocks %v", p.Blocks)
	}
	if len(p.Rows) != 1 || len(p.Rows[0]) != 1 || p.Rows[0][0] != "d|e" {
		t.Errorf("rows %q", p.Rows)
	}
}
