// Package linux has the files of the Linux packages; its tests say that they
// are well formed and agree with the program and with each other.
package linux

import (
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/desktop"
)

const id = "io.github.stratosdrive"

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// keys are the keys of a desktop file, all in one section.
func keys(t *testing.T, text string) map[string]string {
	t.Helper()
	all := map[string]string{}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if lines[0] != "[Desktop Entry]" {
		t.Errorf("begins with %q", lines[0])
	}
	for _, line := range lines[1:] {
		key, value, ok := strings.Cut(line, "=")
		if _, twice := all[key]; !ok || twice || key != strings.TrimSpace(key) {
			t.Errorf("%q is no line of a desktop file, or comes twice", line)
		}
		all[key] = value
	}
	return all
}

func TestDesktopFile(t *testing.T) {
	got := keys(t, read(t, id+".desktop"))
	for key, want := range map[string]string{
		"Type": "Application", "Name": "Stratos Drive", "Icon": id, "Exec": "stratosdrive %u", "TryExec": "stratosdrive",
		"Terminal": "false", "StartupWMClass": "Stratos Drive",
	} {
		if got[key] != want {
			t.Errorf("%s=%s, want %s", key, got[key], want)
		}
	}
	for _, kind := range []string{"x-scheme-handler/" + desktop.Scheme, "application/x-stos-link"} {
		if !slices.Contains(strings.Split(got["MimeType"], ";"), kind) {
			t.Errorf("%s is not opened", kind)
		}
	}
	for _, key := range []string{"MimeType", "Categories", "Keywords"} {
		if !strings.HasSuffix(got[key], ";") {
			t.Errorf("the list %s does not end with a semicolon", key)
		}
	}
}

// words reads a file of XML whole, and lists the texts of its elements by name.
func words(t *testing.T, name string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	element := ""
	for d := xml.NewDecoder(strings.NewReader(read(t, name))); ; {
		switch token, err := d.Token(); token := token.(type) {
		case nil:
			if err != io.EOF {
				t.Fatal(err)
			}
			return found
		case xml.StartElement:
			element = token.Name.Local
			for _, a := range token.Attr {
				found[element+"@"+a.Name.Local] = append(found[element+"@"+a.Name.Local], a.Value)
			}
		case xml.CharData:
			if text := strings.TrimSpace(string(token)); text != "" {
				found[element] = append(found[element], text)
			}
		}
	}
}

func TestMetainfo(t *testing.T) {
	got := words(t, id+".metainfo.xml")
	if !slices.Equal(got["id"], []string{id}) || !slices.Equal(got["launchable"], []string{id + ".desktop"}) {
		t.Errorf("%q %q", got["id"], got["launchable"])
	}
	if !slices.Equal(got["release@version"], []string{"@VERSION@"}) || !slices.Equal(got["release@date"], []string{"@DATE@"}) {
		t.Error("the version is not put in by tree.sh")
	}
	opened := strings.Split(strings.TrimSuffix(keys(t, read(t, id+".desktop"))["MimeType"], ";"), ";")
	if !slices.Equal(got["mediatype"], opened) {
		t.Errorf("what it opens: %q, and in the desktop file %q", got["mediatype"], opened)
	}
	for _, picture := range got["image"] {
		if _, err := os.Stat("../../docs/img/" + picture[strings.LastIndex(picture, "/")+1:]); err != nil {
			t.Error(err)
		}
	}
}

func TestFileType(t *testing.T) {
	got := words(t, id+".mime.xml")
	if !slices.Equal(got["mime-type@type"], []string{"application/x-stos-link"}) || !slices.Equal(got["glob@pattern"], []string{"*.stos"}) ||
		!slices.Equal(got["match@value"], []string{desktop.Scheme + "://"}) {
		t.Errorf("%q", got)
	}
}

// A pre-release is older for Debian than its release, and what follows a tag is newer.
func TestVersionForDebian(t *testing.T) {
	script := read(t, "../env.sh")
	for version, want := range map[string]string{
		"v1.0.0": "1.0.0", "v1.0.0-rc.1": "1.0.0~rc.1", "v1.0.0-rc.1-3-g0123abc": "1.0.0~rc.1+3+g0123abc",
		"v1.0.0-3-g0123abc-dirty": "1.0.0+3+g0123abc+dirty", "v1.0.0-dirty": "1.0.0+dirty",
		"0123abc": "0~20261123.0123abc", "0123abc-dirty": "0~20261123.0123abc+dirty", "dev": "0~20261123.dev",
	} {
		cmd := exec.Command("sh", "-euc", script+`debian "$1"`, "sh", version)
		cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1795455265")
		if got, err := cmd.Output(); err != nil || strings.TrimSpace(string(got)) != want {
			t.Errorf("%s becomes %s, want %s: %v", version, got, want, err)
		}
	}
}

// Hosts of releases change what is not a letter, digit or one of . _ + - in the name
// of a file; the index would then name one that is not there.
func TestNameOfTheDeb(t *testing.T) {
	script := read(t, "../env.sh")
	for version, want := range map[string]string{
		"v1.0.0": "stratosdrive_1.0.0_amd64.deb", "v1.0.0-rc.1": "stratosdrive_1.0.0-rc.1_amd64.deb",
		"v1.0.0-rc.1-3-g0123abc": "stratosdrive_1.0.0-rc.1+3+g0123abc_amd64.deb", "0123abc": "stratosdrive_0-20261123.0123abc_amd64.deb",
	} {
		cmd := exec.Command("sh", "-euc", script+`deb_name "$1" amd64`, "sh", version)
		cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1795455265")
		got, err := cmd.Output()
		name := strings.TrimSpace(string(got))
		if err != nil || name != want || !regexp.MustCompile(`^[A-Za-z0-9._+-]+$`).MatchString(name) {
			t.Errorf("%s is packed as %s, want %s: %v", version, name, want, err)
		}
	}
	if !strings.Contains(read(t, "deb.sh"), `package=$(deb_name "$version" "$arch")`) {
		t.Error("deb.sh calls the package something else")
	}
}

// What tree.sh and deb.sh put in stands in their templates, and nothing else.
func TestTemplates(t *testing.T) {
	hole := regexp.MustCompile(`@[A-Z]+@`)
	control := read(t, "debian/control")
	if got := hole.FindAllString(control, -1); !slices.Equal(got, []string{"@VERSION@", "@ARCH@", "@SIZE@", "@LINKED@"}) {
		t.Errorf("%q", got)
	}
	script := read(t, "deb.sh")
	for _, name := range hole.FindAllString(control, -1) {
		if !strings.Contains(script, "s/"+name+"/") {
			t.Errorf("nothing is put in for %s", name)
		}
	}
	if !strings.Contains(control, "libmpv2 | libmpv1") {
		t.Error("the package does not ask for libmpv, which the program loads")
	}
}
