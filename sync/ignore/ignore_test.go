package ignore

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// What git itself said about rules and paths.
type verdict struct {
	Rules []string
	Dir   string
	Below []string
	Paths []struct {
		Path    string
		Dir     bool
		Ignored bool
		File    string
		Line    int
	}
}

func rulesOf(v verdict) *Rules {
	top := &Level{}
	root := top.In("", []byte(strings.Join(v.Rules, "\n")))
	if v.Below == nil {
		return NewRules(top, []*Level{root})
	}
	return NewRules(top, []*Level{root, root.In(v.Dir, []byte(strings.Join(v.Below, "\n")))})
}

func TestSameAsGit(t *testing.T) {
	text, err := os.ReadFile("testdata/git.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []verdict
	if err := json.Unmarshal(text, &all); err != nil || len(all) < 100 {
		t.Fatal(len(all), err)
	}
	ignored := 0
	for _, v := range all {
		r := rulesOf(v)
		for _, p := range v.Paths {
			by, _, got := r.Match(p.Path, p.Dir)
			file := strings.ReplaceAll(p.File, ".gitignore", FileName)
			if got != p.Ignored || got && (by.File != file || by.Line != p.Line) {
				t.Errorf("%q below %q %q: %q (folder %v) is %v by %+v; git says %v by %s:%d", v.Rules, v.Dir, v.Below, p.Path, p.Dir, got, by, p.Ignored, file, p.Line)
			}
			if got {
				ignored++
			}
		}
	}
	if ignored < 100 {
		t.Error("hardly anything is left out:", ignored)
	}
}

func TestBuiltIn(t *testing.T) {
	for p, want := range map[string]bool{
		".DS_Store": true, "a/Thumbs.db": true, "~$plan.docx": true, ".~lock.plan.odt#": true, "x.swp": true, "4913": true,
		"film.mkv.part": true, "a.crdownload": true, "._photo.jpg": true, "a/.nfs0001": true, ".Trash-1000/x": true,
		"plan.docx": false, "part": false, "a.party": false, ".hidden": false, "49131": false, "swp": false, ".stosignore": false,
	} {
		by, _, got := BuiltIn().Match(p, false)
		if got != want || got && (by.File != "" || by.Line == 0) {
			t.Errorf("%q: %v by %+v", p, got, by)
		}
	}
}

func TestRulesTakeBackWhatIsBuiltIn(t *testing.T) {
	top := Top()
	r := NewRules(top, []*Level{top.In("", []byte("!*.part\n*\n!*.part\n"))})
	if _, _, out := r.Match("a.part", false); out {
		t.Error("left out although it was taken back")
	}
	if by, at, out := r.Match("dir/a.part", false); !out || at != "dir" || by.Line != 2 || by.File != FileName {
		t.Error(by, at, out)
	}
	if _, _, out := r.Match(FileName, false); out {
		t.Error("the file of rules itself is left out")
	}
}

func TestRemarksAndOddLines(t *testing.T) {
	got := parse("f", []byte("\xef\xbb\xbf*.a\r\n# no\r\n\r\n   \n[z\n/\n!\nb\\ \nc  \n"))
	var texts []string
	for _, r := range got {
		texts = append(texts, r.pattern)
	}
	if want := ".a|b\\ |c"; strings.Join(texts, "|") != want {
		t.Errorf("%q, want %q", texts, want)
	}
}

func TestEqual(t *testing.T) {
	a, b := BuiltIn(), BuiltIn()
	c := NewRules(Top(), []*Level{Top().In("a", []byte("x"))})
	if !a.Equal(b) || a.Equal(c) || c.Equal(a) || c.Equal(NewRules(Top(), []*Level{Top().In("a", []byte("y"))})) {
		t.Error("not told apart")
	}
}

// No file of rules makes the program fail or hang.
func FuzzRules(f *testing.F) {
	f.Add("*.log\n!a/**/b\n[x-", "a/b.log")
	f.Add("**/**/**/x\n{a}", "a/a/a/a/x")
	f.Fuzz(func(t *testing.T, text, path string) {
		path = strings.Trim(path, "/")
		if path == "" || len(path) > 200 || len(text) > 1000 || strings.Contains(path, "//") {
			return
		}
		top := Top()
		NewRules(top, []*Level{top.In("", []byte(text))}).Match(path, false)
	})
}

func BenchmarkMatch(b *testing.B) {
	l := Top().In("", []byte("*.log\nnode_modules/\n/build\n"))
	for b.Loop() {
		l.Match("some/folder/file-000123.txt", false)
	}
}
