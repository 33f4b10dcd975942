package desktop

import (
	"encoding/xml"
	"io"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func program() Program {
	return Program{ID: "io.github.stratosdrive", Name: "Stratos Drive", Path: "/opt/Stratos Drive/stratosdrive"}
}

// Each file is compared with one that was read by a person against its
// specification.
func TestFilesAreAsTheyShouldBe(t *testing.T) {
	other := program()
	other.Path, other.Args = `/home/ana/100% "new"/$x\stratosdrive`, []string{"--home", "/home/ana/pro file"}
	for name, got := range map[string]string{
		"autostart.desktop": autostartEntry(program()), "application.desktop": applicationEntry(program()),
		"autostart-other.desktop": autostartEntry(other), "agent.plist": agent(program()), "agent-other.plist": agent(other),
	} {
		want, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func TestProfilesAreKeptApart(t *testing.T) {
	one, two := program(), program()
	one.Args, two.Args = []string{"--home", "/a"}, []string{"--home", "/b"}
	if program().id() != "io.github.stratosdrive" || one.id() == two.id() || one.id() == program().id() {
		t.Errorf("%s %s %s", program().id(), one.id(), two.id())
	}
}

func TestWhatOpensLinks(t *testing.T) {
	const kind, mine = "x-scheme-handler/stos", "io.github.stratosdrive.desktop"
	for _, c := range []struct{ before, after string }{
		{"", "[Default Applications]\n" + kind + "=" + mine + ";\n"},
		{"[Default Applications]\ntext/plain=gedit.desktop", "[Default Applications]\n" + kind + "=" + mine + ";\ntext/plain=gedit.desktop\n"},
		{
			"[Added Associations]\n" + kind + "=a.desktop;\n\n[Default Applications]\n" + kind + "=gone.desktop\nimage/png=eog.desktop;\n",
			"[Added Associations]\n" + kind + "=a.desktop;\n\n[Default Applications]\n" + kind + "=" + mine + ";\nimage/png=eog.desktop;\n",
		},
		{"[Added Associations]\na/b=c.desktop;\n", "[Added Associations]\na/b=c.desktop;\n[Default Applications]\n" + kind + "=" + mine + ";\n"},
	} {
		if got := withOpener(c.before, kind, mine); got != c.after {
			t.Errorf("%q became\n%s", c.before, got)
		}
	}
	if got := opener("[Added Associations]\n"+kind+"=a.desktop\n[Default Applications]\n "+kind+" = b.desktop;c.desktop;\n", kind); got != "b.desktop" {
		t.Error(got)
	}
}

// Whatever was in a list stays in it, and what was chosen is read back.
func TestOpenersAreKept(t *testing.T) {
	line := rapid.SampledFrom([]string{"[Default Applications]", "[Added Associations]", "text/plain=gedit.desktop;", "# a word", "", "image/png=eog.desktop", "x-scheme-handler/stos=old.desktop"})
	rapid.Check(t, func(t *rapid.T) {
		before := strings.Join(rapid.SliceOf(line).Draw(t, "lines"), "\n")
		after := withOpener(before, "x-scheme-handler/stos", "new.desktop")
		if got := opener(after, "x-scheme-handler/stos"); got != "new.desktop" {
			t.Fatalf("%q opens links in\n%s", got, after)
		}
		for _, kind := range []string{"text/plain", "image/png"} {
			if opener(before, kind) != opener(after, kind) {
				t.Fatalf("%s is opened otherwise in\n%s", kind, after)
			}
		}
		if again := withOpener(after, "x-scheme-handler/stos", "new.desktop"); again != after {
			t.Fatalf("done twice:\n%s", again)
		}
	})
}

func FuzzOpener(f *testing.F) {
	f.Add("[Default Applications]\nx-scheme-handler/stos=a.desktop;\n")
	f.Add("x-scheme-handler/stos=a\n[Default Applications]\r\n=\n")
	f.Fuzz(func(t *testing.T, list string) {
		if got := opener(withOpener(list, "x-scheme-handler/stos", "new.desktop"), "x-scheme-handler/stos"); got != "new.desktop" {
			t.Errorf("%q opens links", got)
		}
	})
}

func TestSwitchedOffByTheDesktop(t *testing.T) {
	for content, want := range map[string]bool{
		"": false, "[Desktop Entry]\nExec=x\n": true, "[Desktop Entry]\nHidden=true\n": false, "[Desktop Entry]\nHidden = False\n": true,
		"[Desktop Entry]\nX-GNOME-Autostart-enabled=false\n": false, autostartEntry(program()): true,
	} {
		if startsFrom(content) != want {
			t.Errorf("%q: %v", content, !want)
		}
	}
}

func TestRegistry(t *testing.T) {
	p := Program{ID: "io.github.stratosdrive", Name: "Stratos Drive", Path: `C:\Program Files\Stratos\stratosdrive.exe`, Args: []string{"--home", `D:\`}}
	if got, want := atStart(p).text, `"C:\Program Files\Stratos\stratosdrive.exe" "--home" "D:\\" "--hidden"`; got != want {
		t.Errorf("%s\n%s", got, want)
	}
	values := linkValues(p)
	last := values[len(values)-1]
	if last.key != `Software\Classes\stos\shell\open\command` || last.text != `"C:\Program Files\Stratos\stratosdrive.exe" "--home" "D:\\" "%1"` {
		t.Errorf("%+v", last)
	}
	if got := windowsWord(`a\"b\`); got != `"a\\\"b\\"` {
		t.Error(got)
	}
}

// The agents are XML that can be read, and so is the Info.plist of the bundle,
// which names the links that the program opens.
func TestPropertyLists(t *testing.T) {
	info, err := os.ReadFile("../../packaging/Info.plist")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(info), "<key>CFBundleURLSchemes</key>\n\t\t\t<array>\n\t\t\t\t<string>"+Scheme+"</string>") {
		t.Error("the bundle opens no links")
	}
	p := program()
	p.Args = []string{"--home", "/a&b<c>"}
	for _, list := range []string{agent(p), string(info)} {
		for d := xml.NewDecoder(strings.NewReader(list)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v\n%s", err, list)
			}
		}
	}
}
