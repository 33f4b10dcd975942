package chain

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"cosmossdk.io/math"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// unpack writes a packed folder below dir.
func unpack(t *testing.T, packed, dir string) {
	t.Helper()
	file, err := os.Open(packed)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for entries := tar.NewReader(plain); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, filepath.FromSlash(entry.Name))
		if entry.Typeflag == tar.TypeDir {
			err = os.MkdirAll(path, 0o700)
		} else {
			var raw []byte
			if raw, err = io.ReadAll(entries); err == nil {
				err = os.WriteFile(path, raw, 0o600)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// The folder was written by the first version of the chain, which had no
// nodes and no rewards; one credit of 5 STOS was made there. It goes on with
// all that is in it and can do all that a new one can.
func TestFolderOfTheFirstVersion(t *testing.T) {
	dir := t.TempDir()
	unpack(t, filepath.Join("testdata", "first-version.tar.gz"), dir)
	c, err := Start(t.Context(), free(dir))
	if err != nil {
		t.Fatal(err)
	}
	checkUpgraded(t, c)
	w := newWallet(t, c, "100stos")
	w.send(buy(w.address, 1)).must(t)
	if _, err := c.Credit(t.Context(), receiver, big.NewInt(1)); err != nil {
		t.Error(err)
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	c = start(t, free(dir))
	if got := c.balance(t, receiver); !got.Equal(stos(5).AddRaw(1)) {
		t.Errorf("after another start the account has %s", got)
	}
}

func checkUpgraded(t *testing.T, c *Chain) {
	t.Helper()
	if got := c.balance(t, receiver); !got.Equal(stos(5)) {
		t.Errorf("the account has %s", got)
	}
	foundation := authtypes.NewModuleAddress(pot.FoundationAccount).String()
	if got := c.balance(t, foundation); !got.Equal(stos(toMine)) {
		t.Errorf("the foundation account has %s", got)
	}
	var nodes struct{ Number string }
	c.get(t, "/stratos/register/v1/meta_node_count", &nodes)
	if nodes.Number != "1" {
		t.Errorf("%s meta nodes", nodes.Number)
	}
	var price struct{ Price math.LegacyDec }
	c.get(t, "/stratos/sds/v1/noz_price", &price)
	if !price.Price.Equal(math.LegacyNewDec(1_000_000)) {
		t.Errorf("one noz costs %s", price.Price)
	}
	var supply struct {
		Supply []struct{ Amount math.Int } `json:"circulation_supply"`
	}
	c.get(t, "/stratos/pot/v1/circulation_supply", &supply)
	if len(supply.Supply) != 1 || !supply.Supply[0].Amount.Equal(stos(totalSupply-toMine)) {
		t.Errorf("in circulation: %v", supply.Supply)
	}
}
