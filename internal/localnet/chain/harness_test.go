package chain

import (
	"math/big"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"cosmossdk.io/math"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/ethsecp256k1"
)

// free lets the system choose the ports.
func free(dir string) Config {
	return Config{Dir: dir, RPC: "127.0.0.1:0", REST: "127.0.0.1:0", GRPC: "127.0.0.1:0"}
}

// start runs a chain until the test ends.
func start(t *testing.T, cfg Config) *Chain {
	t.Helper()
	c, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	})
	return c
}

var shared struct {
	sync.Mutex
	chain *Chain
	dir   string
}

// common returns a chain that many tests use, each with accounts of its own.
func common(t *testing.T) *Chain {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.chain == nil {
		dir, err := os.MkdirTemp("", "chain")
		if err != nil {
			t.Fatal(err)
		}
		shared.dir = dir
		if shared.chain, err = Start(t.Context(), free(dir)); err != nil {
			t.Fatal(err)
		}
	}
	return shared.chain
}

func TestMain(m *testing.M) {
	if dir := os.Getenv("CHAIN_TEST_DIR"); dir != "" {
		runUntilKilled(dir)
	}
	code := m.Run()
	if shared.chain != nil {
		shared.chain.Stop()
	}
	os.RemoveAll(shared.dir)
	os.Exit(code)
}

// wallet is an account with coins that signs transactions.
type wallet struct {
	t        *testing.T
	chain    *Chain
	key      stratos.PrivateKey
	address  string
	number   uint64
	sequence uint64
}

// newWallet makes an account with an amount such as 100stos.
func newWallet(t *testing.T, c *Chain, amount string) *wallet {
	t.Helper()
	key, err := stratos.NewPrivateKey(randomScalar())
	if err != nil {
		t.Fatal(err)
	}
	w := &wallet{t: t, chain: c, key: key, address: key.Address().String()}
	if _, err := c.Credit(t.Context(), w.address, wei(t, amount)); err != nil {
		t.Fatal(err)
	}
	account, err := c.account(key.Address())
	if err != nil {
		t.Fatal(err)
	}
	w.number = account.GetAccountNumber()
	return w
}

func wei(t *testing.T, text string) *big.Int {
	t.Helper()
	amount, err := stratos.ParseAmount(text)
	if err != nil {
		t.Fatal(err)
	}
	return amount.Wei()
}

func coin(t *testing.T, text string) sdk.Coin {
	t.Helper()
	return sdk.NewCoin(stratos.Wei, math.NewIntFromBigInt(wei(t, text)))
}

// draft is a transaction before it is signed.
type draft struct {
	body txtypes.TxBody
	auth txtypes.AuthInfo
}

// draft puts messages into a transaction that would succeed.
func (w *wallet) draft(messages ...proto.Message) draft {
	w.t.Helper()
	var d draft
	for _, m := range messages {
		packed, err := codectypes.NewAnyWithValue(m)
		if err != nil {
			w.t.Fatal(err)
		}
		d.body.Messages = append(d.body.Messages, packed)
	}
	public := w.key.Public()
	key, err := codectypes.NewAnyWithValue(&ethsecp256k1.PubKey{Key: public[:]})
	if err != nil {
		w.t.Fatal(err)
	}
	d.auth.SignerInfos = []*txtypes.SignerInfo{{
		PublicKey: key, Sequence: w.sequence,
		ModeInfo: &txtypes.ModeInfo{Sum: &txtypes.ModeInfo_Single_{
			Single: &txtypes.ModeInfo_Single{Mode: signing.SignMode_SIGN_MODE_DIRECT},
		}},
	}}
	d.auth.Fee = &txtypes.Fee{GasLimit: 400_000, Amount: weiCoins(math.NewInt(400_000).MulRaw(1e9))}
	return d
}

func (w *wallet) sign(d draft) []byte {
	w.t.Helper()
	raw, err := signAll([]stratos.PrivateKey{w.key}, []uint64{w.number}, &d.body, &d.auth)
	if err != nil {
		w.t.Fatal(err)
	}
	return raw
}

// eventually waits until ok, for what happens in another goroutine or process.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("waited in vain until " + what)
}

func query(pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return "?" + values.Encode()
}
