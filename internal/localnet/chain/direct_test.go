package chain

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"testing"
	"time"

	"cosmossdk.io/log"
	"cosmossdk.io/math"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/privval"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdkkey "github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// ledger is an application without a chain around it: messages are executed
// one after the other on its state, whoever signed them.
type ledger struct {
	t   failer
	app *app
	ctx sdk.Context
	k   keys
}

// failer is a test of either kind.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func newLedger(t *testing.T, periods Periods) *ledger {
	t.Helper()
	dir := t.TempDir()
	k, err := loadKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	signer := privval.GenFilePV(filepath.Join(dir, "key"), filepath.Join(dir, "state"))
	a, err := newApp(dbm.NewMemDB(), k, periods, sdk.ConsAddress(signer.GetAddress()), log.NewNopLogger())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := a.makeGenesis(k, signer, a.periods)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := cmttypes.GenesisDocFromJSON(raw)
	if err != nil {
		t.Fatal(err)
	}
	rules := doc.ConsensusParams.ToProto()
	_, err = a.InitChain(&abci.RequestInitChain{
		ChainId: ChainID, ConsensusParams: &rules, AppStateBytes: doc.AppState, InitialHeight: 1, Time: doc.GenesisTime,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.FinalizeBlock(&abci.RequestFinalizeBlock{Height: 1, Time: doc.GenesisTime}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Commit(); err != nil {
		t.Fatal(err)
	}
	ctx := a.NewUncachedContext(false, cmtproto.Header{ChainID: ChainID, Height: 2, Time: doc.GenesisTime.Add(time.Second)})
	return &ledger{t: t, app: a, ctx: ctx, k: k}
}

// try executes a message: wholly, or not at all.
func (l *ledger) try(msg sdk.Msg) error {
	l.t.Helper()
	if checked, ok := msg.(sdk.HasValidateBasic); ok {
		if err := checked.ValidateBasic(); err != nil {
			return err
		}
	}
	branch, write := l.ctx.CacheContext()
	_, err := l.app.MsgServiceRouter().Handler(msg)(branch.WithEventManager(sdk.NewEventManager()), msg)
	if err == nil {
		write()
	}
	return err
}

func (l *ledger) do(msgs ...sdk.Msg) {
	l.t.Helper()
	for _, msg := range msgs {
		if err := l.try(msg); err != nil {
			l.t.Fatalf("%T: %v", msg, err)
		}
	}
}

// pass ends a block and begins the next one some time later.
func (l *ledger) pass(d time.Duration) []abci.Event {
	l.t.Helper()
	events, err := l.app.own.endBlock(l.ctx)
	if err != nil {
		l.t.Fatalf("end of block %d: %v", l.ctx.BlockHeight(), err)
	}
	l.ctx = l.ctx.WithBlockHeight(l.ctx.BlockHeight() + 1).WithBlockTime(l.ctx.BlockTime().Add(d))
	return events
}

// fund makes an account with n STOS.
func (l *ledger) fund(secret string, n int64) string {
	l.t.Helper()
	seed := sha256.Sum256([]byte(secret))
	to := sdk.AccAddress(seed[:20])
	if err := l.app.bank.SendCoins(l.ctx, addressOf(l.t, l.k.Faucet), to, weiCoins(stos(n))); err != nil {
		l.t.Fatalf("fund: %v", err)
	}
	return to.String()
}

func addressOf(t failer, secret []byte) sdk.AccAddress {
	key, err := stratos.NewPrivateKey(secret)
	if err != nil {
		t.Fatalf("%v", err)
	}
	address := key.Address()
	return address[:]
}

func (l *ledger) owner() string { return addressOf(l.t, l.k.MetaOwner).String() }

func (l *ledger) held(address string) math.Int {
	return l.app.bank.GetBalance(l.ctx, sdk.MustAccAddressFromBech32(address), stratos.Wei).Amount
}

func (l *ledger) pool(name string) math.Int {
	return l.held(authtypes.NewModuleAddress(name).String())
}

// nodeKey makes the key of a node and its address.
func nodeKey(t failer, seed string) (address string, key *codectypes.Any) {
	hash := sha256.Sum256([]byte(seed))
	public := ed25519.NewKeyFromSeed(hash[:]).Public().(ed25519.PublicKey)
	packed, err := codectypes.NewAnyWithValue(&sdkkey.PubKey{Key: public})
	if err != nil {
		t.Fatalf("%v", err)
	}
	id := sha256.Sum256(public)
	return stratos.EncodeBech32(stratos.PrefixNode, id[:20]), packed
}

func about(name string) register.Description { return register.Description{Moniker: name} }

func (l *ledger) create(owner, seed string, deposit int64) *register.MsgCreateResourceNode {
	node, key := nodeKey(l.t, seed)
	return &register.MsgCreateResourceNode{
		NetworkAddress: node, Pubkey: key, Value: sdk.NewCoin(stratos.Wei, stos(deposit)),
		OwnerAddress: owner, Description: about(seed), NodeType: register.Storage,
	}
}

func (l *ledger) createMeta(owner, seed string, deposit int64) *register.MsgCreateMetaNode {
	node, key := nodeKey(l.t, seed)
	return &register.MsgCreateMetaNode{
		NetworkAddress: node, Pubkey: key, Value: sdk.NewCoin(stratos.Wei, stos(deposit)),
		OwnerAddress: owner, Description: about(seed),
	}
}

func (l *ledger) activate(node string, wei math.Int) *register.MsgUpdateEffectiveDeposit {
	return &register.MsgUpdateEffectiveDeposit{
		Reporters: []string{l.k.metaAddress()}, ReporterOwner: []string{l.owner()}, NetworkAddress: node, EffectiveTokens: wei,
	}
}

func (l *ledger) slash(node, wallet string, noz int64, suspend bool) *pot.MsgSlashingResourceNode {
	return &pot.MsgSlashingResourceNode{
		Reporters: []string{l.k.metaAddress()}, ReporterOwner: []string{l.owner()},
		NetworkAddress: node, WalletAddress: wallet, Slashing: math.NewInt(noz), Suspend: suspend,
	}
}

func (l *ledger) report(epoch int64, volumes ...pot.SingleWalletVolume) *pot.MsgVolumeReport {
	return &pot.MsgVolumeReport{
		WalletVolumes: volumes, Reporter: l.k.metaAddress(), Epoch: math.NewInt(epoch), ReportReference: "ref",
		ReporterOwner: l.owner(), BLSSignature: pot.BLSSignatureInfo{PubKeys: [][]byte{{1}}},
	}
}

func volume(wallet string, noz int64) pot.SingleWalletVolume {
	return pot.SingleWalletVolume{WalletAddress: wallet, Volume: math.NewInt(noz)}
}

func buy(wallet string, n int64) *sds.MsgPrepay {
	return &sds.MsgPrepay{Sender: wallet, Beneficiary: wallet, Amount: weiCoins(stos(n))}
}

// hexKey is a public key as events show it.
func hexKey(key any) string { return hex.EncodeToString(key.(*sdkkey.PubKey).Key) }
