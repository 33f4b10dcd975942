package house

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/stratosdrive/stratosdrive"

// floors gives every room its floor; the longest matching prefix wins. An
// arrow points down, or stays within one room.
var floors = map[string]int{
	"cmd":                    50,
	"ui":                     40,
	"internal/app":           30,
	"sync":                   20,
	"player":                 20,
	"wallet":                 20,
	"network":                20,
	"internal/sds":           10,
	"internal/stratos":       10,
	"internal/fault":         0,
	"internal/lean":          0,
	"assets":                 0,
	"internal/testvideo":     0,
	"internal/playback":      0,
	"internal/picture":       0,
	"internal/span":          0,
	"internal/sqlfile":       0,
	"internal/desktop":       0,
	"internal/update":        0,
	"internal/release":       60, // signs releases; in no package
	"internal/manual":        0,
	"internal/localnet":      20, // a tower of its own, see towers
	"internal/testnet":       60, // tests only
	"internal/testmemory":    60, // tests only
	"internal/testscreen":    60, // tests only
	"internal/testbus":       60, // tests only
	"internal/testlink":      60, // tests and measurements only
	"internal/testworld":     60, // tests and measurements only
	"internal/house":         60, // tests only
	"internal/bench":         60, // measures from outside
	"packaging":              60, // makes packages
	"internal/stratos/types": 11,
}

// sides may not see each other although they stand on one floor.
var sides = []string{"sync", "player", "wallet", "network", "internal/localnet", "internal/sds", "internal/stratos"}

// forbidden lists what a room must not import, by prefix of the import path.
var forbidden = map[string][]string{
	"ui": {
		module + "/internal/sds", module + "/internal/stratos/types", module + "/wallet", module + "/sync",
		module + "/player", module + "/network", "google.golang.org/grpc", "github.com/cosmos", "cosmossdk.io",
	},
	"sync": {"fyne.io"}, "player": {"fyne.io"}, "wallet": {"fyne.io"}, "network": {"fyne.io"}, "internal": {"fyne.io"},
}

// alone lists rooms that stand for themselves, with all they may import besides
// the standard library.
var alone = map[string][]string{
	// A reader that shares code with the writer proves nothing about the format.
	"sync/restore":        {"github.com/klauspost/compress/zstd"},
	"sync/restore/folder": {module + "/sync/restore"},
}

// server lists the server parts of the chain, which only the local network has.
var server = []string{
	"github.com/cosmos/cosmos-sdk", "cosmossdk.io/store", "cosmossdk.io/depinject", "github.com/cometbft/cometbft",
	module + "/internal/stratos/types",
}

// serverRooms may import them.
var serverRooms = []string{"internal/localnet", "internal/stratos/types", "cmd/stosnet", "internal/testnet"}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestArrowsPointDown(t *testing.T) {
	packages := list(t)
	if len(packages) < 5 {
		t.Fatalf("only %d packages listed", len(packages))
	}
	for _, p := range packages {
		from := room(p.ImportPath)
		if _, known := floorOf(from); !known {
			t.Errorf("%s stands on no floor: give it one in %s", from, "internal/house/imports_test.go")
		}
		for _, imp := range p.Imports {
			if reason := judge(from, imp); reason != "" {
				t.Errorf("%s imports %s: %s", from, imp, reason)
			}
		}
	}
}

// TestJudgeRefuses makes sure that the rules can fail.
func TestJudgeRefuses(t *testing.T) {
	for from, imp := range map[string]string{
		"sync/engine":       module + "/internal/app",
		"player/source":     module + "/sync/repo",
		"ui/drive":          module + "/internal/sds/client",
		"internal/app":      module + "/internal/localnet",
		"wallet/chain":      "github.com/cosmos/cosmos-sdk/types",
		"internal/sds":      "fyne.io/fyne/v2",
		"internal/fault":    module + "/internal/stratos",
		"wallet/keys":       module + "/ui/theme",
		"internal/sds/wire": module + "/internal/stratos/types/sds",
		"sync/restore":      module + "/sync/pack",
	} {
		if judge(from, imp) == "" {
			t.Errorf("%s may import %s, but must not", from, imp)
		}
	}
	if reason := judge("ui/drive", module+"/internal/app"); reason != "" {
		t.Errorf("ui may stand on internal/app: %s", reason)
	}
}

func judge(from, imp string) string {
	if few, stands := alone[from]; stands && strings.Contains(imp, ".") && !slices.Contains(few, imp) {
		return "it stands alone"
	}
	for prefix, banned := range forbidden {
		if within(from, prefix) && slices.ContainsFunc(banned, func(b string) bool { return within(imp, b) }) {
			return "not for " + prefix
		}
	}
	if slices.ContainsFunc(server, func(s string) bool { return within(imp, s) }) &&
		!slices.ContainsFunc(serverRooms, func(r string) bool { return within(from, r) }) {
		return "server parts of the chain belong to the local network"
	}
	if !strings.HasPrefix(imp, module+"/") {
		return ""
	}
	return judgeOwn(from, room(imp))
}

func judgeOwn(from, to string) string {
	if within(to, "internal/localnet") && !within(from, "internal/localnet") && from != "cmd/stosnet" {
		return "only cmd/stosnet and tests import the local network"
	}
	if within(from, "internal/localnet") && within(to, "internal/sds") && !within(to, "internal/sds/wire") {
		return "the local network shares only wire facts with the client"
	}
	lower, _ := floorOf(to)
	upper, _ := floorOf(from)
	if lower > upper {
		return fmt.Sprintf("floor %d is above floor %d", lower, upper)
	}
	if a, b := side(from), side(to); a != b && a != "" && b != "" && lower == upper && lower >= 20 {
		return a + " and " + b + " do not know each other"
	}
	return ""
}

func side(path string) string {
	for _, s := range sides {
		if within(path, s) {
			return s
		}
	}
	return ""
}

func floorOf(path string) (floor int, known bool) {
	best := ""
	for prefix := range floors {
		if within(path, prefix) && len(prefix) > len(best) {
			best = prefix
		}
	}
	return floors[best], best != ""
}

func room(path string) string { return strings.TrimPrefix(path, module+"/") }

func within(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

func list(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if p.ImportPath != module { // the module's root holds no code
			all = append(all, p)
		}
	}
}
