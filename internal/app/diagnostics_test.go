package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

func TestHidingKeepsTheSentence(t *testing.T) {
	for text, want := range map[string]string{
		"The disk is full. Nothing was lost; make room and sync again.": "The disk is full. Nothing was lost; make room and sync again.",
		`"Plans for May" was changed just now. Nothing was replaced.`:   `[hidden] was changed just now. Nothing was replaced.`,
		"a/holiday plans: The disk is full.":                            "[file]: The disk is full.",
		"notes: of Ana: The disk is full.":                              "[file]: The disk is full.",
		"/home/ana/Stratos Drive/x cannot be read.":                     "[hidden] [hidden] cannot be read.",
		`C:\Users\ana is full.`:                                         "[hidden] is full.",
		"plan.odt cannot be read.":                                      "[hidden] cannot be read.",
		"dial tcp 10.0.0.7:9090: connect: connection refused":           "dial tcp [hidden]: connect: connection refused",
		"lookup node.example.org: no such host":                         "lookup [hidden]: no such host",
		`Get "https://a.example/secret/token": EOF`:                     `[file]: EOF`,
		"st1c74wqyh7zn0e5a8m2rk3h2p6dxs4uvt9fgj9x80p has nothing.":      "[hidden] has nothing.",
		"0x8F3a1C52b7D94e60aB1E4f7c93D2586e0A7b91F4 has nothing.":       "[hidden] has nothing.",
		"sds://ana@example/abc is no link":                              "[hidden] is no link",
	} {
		if got := hide(text); got != want {
			t.Errorf("%s\n is %s\nnot %s", text, got, want)
		}
	}
}

// Whatever a file is called, its name before a sentence or in quotes is gone.
func TestNamesOfFilesAreHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := "q" + rapid.StringMatching(`[A-Za-zéß中 .:,'/#%-]{0,30}`).Draw(t, "name") + "zxq"
		for _, text := range []string{name + ": The disk is full.", fmt.Sprintf("%q is not kept any more.", name), fmt.Sprintf("open %q: The disk is full.", name)} {
			if got := hide(text); strings.Contains(got, "zxq") || !strings.HasSuffix(got, ".") {
				t.Fatalf("%s: %s", text, got)
			}
		}
	})
}

func TestDiagnosticsHoldNoSecret(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	a := openTest(t, home)
	made, err := a.AddWallet(ctx, "Savings of Ana", testWords, []byte("secret password"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.Diagnostics(ctx, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw) + strings.Join(d.Lines(), "\n")
	for _, secret := range append(strings.Fields(testWords), made.Address, made.Hex, made.Storage, "Savings", "secret password", home, deviceName()+" ") {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the report:\n%s", secret, text)
		}
	}
	if d.Version != "1.2.3" || d.Profile.Wallets != 1 || d.Profile.Locked || len(d.Problems) == 0 {
		t.Errorf("%+v", d)
	}
}

func TestServersAreDiagnosed(t *testing.T) {
	a := openTest(t, t.TempDir())
	late := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(-10*time.Minute).UTC().Format(http.TimeFormat))
	}))
	defer late.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	var d Diagnostics
	a.diagnoseServers(context.Background(), network.Network{REST: gone.URL, RESTMore: []string{late.URL}, Gateways: []network.Gateway{{RPC: gone.URL}}}, &d)
	if len(d.Chain) != 2 || d.Chain[0].Works || !d.Chain[1].Works || len(d.Gateways) != 1 || d.Gateways[0].Works {
		t.Fatalf("%+v", d)
	}
	if d.ClockAhead == nil || *d.ClockAhead < 590 || *d.ClockAhead > 700 {
		t.Errorf("the clock is ahead by %v", d.ClockAhead)
	}
	if p := d.Chain[0].Problem; p == "" || strings.Contains(p, "127.0.0.1") {
		t.Error(p)
	}
}

func TestClocks(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 700_000_000, time.UTC)
	for _, c := range []struct {
		told time.Time
		took time.Duration
		want float64
	}{
		{now.Truncate(time.Second), 0, 0}, {now.Add(9 * time.Second), 20 * time.Second, 0}, {now.Add(-time.Minute), time.Second, 61}, {now.Add(time.Hour), 0, -3600},
	} {
		if got := clockAhead(now, c.told, c.took); got != c.want {
			t.Errorf("told %v within %v: %v", c.told, c.took, got)
		}
	}
}

func TestDiagnosticsInWords(t *testing.T) {
	ahead := -3.0
	d := Diagnostics{
		Version: "1", Made: time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC), System: DiagnosedSystem{"linux", "amd64", 2}, Profile: DiagnosedUse{Network: "mainnet", Wallets: 1, Locked: true},
		Gateways: []DiagnosedServer{{Works: true, Millis: 12}}, ClockAhead: &ahead, Disk: DiagnosedDisk{-1, 0, 4 << 30},
		Drive:    DiagnosedDrive{Running: true, Phase: PhaseSyncing, Files: 3, Stopped: "deleted", LastSync: time.Unix(0, 0)},
		Problems: []string{"Something."},
	}
	text := strings.Join(d.Lines(), "\n")
	for _, want := range []string{
		"Stratos Drive 1, 2026-11-22T15:00:00Z", "linux, amd64, 2 processors", "Network: mainnet", "1, locked", "Clock: 3 s behind the network",
		"Gateway 1: works, 12 ms", "Chain: none", "Room on the disk: not known", "3 files", "brake: deleted", "1970-01-01", "Problem: Something.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	for want, d := range map[string]Diagnostics{"right": {ClockAhead: new(float64)}, "no server told": {}} {
		if !strings.Contains(d.clock(), want) {
			t.Error(d.clock())
		}
	}
	for want, u := range map[string]DiagnosedUse{"only watching": {Watched: true}, "unlocked": {}} {
		if lockWord(u) != want {
			t.Error(lockWord(u))
		}
	}
	for name, want := range map[string]string{"local": "practice", "mainnet": "mainnet", "/home/ana/x.json": "own", "firma": "own"} {
		if networkKind(name) != want {
			t.Errorf("%s is %s", name, networkKind(name))
		}
	}
	if s := diagnosed(time.Second, errors.New("dial tcp 1.2.3.4:5: refused")); s.Millis != 1000 || strings.Contains(s.Problem, "1.2.3.4") {
		t.Errorf("%+v", s)
	}
}
