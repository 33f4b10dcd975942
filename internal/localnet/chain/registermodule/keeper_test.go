package registermodule

import (
	"encoding/hex"
	"errors"
	"os"
	"testing"
	"time"

	"cosmossdk.io/math"
	storetypes "cosmossdk.io/store/types"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptocodec "github.com/cosmos/cosmos-sdk/crypto/codec"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// The node, its key and its owner of the transactions that were recorded on a
// real chain.
const (
	rn1     = "stsds1kchgvlaz7va0uck466ckgtsky825xvrc5r590k"
	rn1Key  = "ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1"
	owner   = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"
	another = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("st", "stpub")
	os.Exit(m.Run())
}

// bench is a module alone, with an owner who has 10 STOS.
type bench struct {
	*testing.T
	keeper *Keeper
	server msgServer
	purse  purse
	market *counted
	ctx    sdk.Context
}

func stos(n int64) math.Int { return math.NewInt(n).MulRaw(1e18) }

func newBench(t *testing.T) *bench {
	t.Helper()
	key := storetypes.NewKVStoreKey("register")
	b := &bench{T: t, purse: purse{owner: stos(10)}, market: &counted{math.ZeroInt()}}
	b.ctx = testutil.DefaultContext(key, storetypes.NewTransientStoreKey("t")).WithBlockTime(time.Date(2026, 11, 22, 16, 23, 19, 0, time.UTC)).WithEventManager(sdk.NewEventManager())
	registry := codectypes.NewInterfaceRegistry()
	cryptocodec.RegisterInterfaces(registry)
	var err error
	b.keeper, err = NewKeeper(codec.NewProtoCodec(registry), runtime.NewKVStoreService(key), b.purse, b.purse, b.market, "gov")
	if err == nil {
		err = b.keeper.params.Set(b.ctx, register.DefaultParams())
	}
	if err != nil {
		t.Fatal(err)
	}
	b.server = msgServer{b.keeper}
	return b
}

// node is the message that registers the recorded node.
func (b *bench) node(wei math.Int) *register.MsgCreateResourceNode {
	raw, err := hex.DecodeString(rn1Key)
	if err != nil {
		b.Fatal(err)
	}
	key, err := codectypes.NewAnyWithValue(&ed25519.PubKey{Key: raw})
	if err != nil {
		b.Fatal(err)
	}
	return &register.MsgCreateResourceNode{
		NetworkAddress: rn1, Pubkey: key, Value: sdk.NewCoin("wei", wei), OwnerAddress: owner, Description: register.Description{Moniker: "rn1"}, NodeType: 7,
	}
}

func (b *bench) register() {
	b.Helper()
	if _, err := b.server.HandleMsgCreateResourceNode(b.ctx, b.node(stos(5))); err != nil {
		b.Fatal(err)
	}
}

// said compares the newest event with what a real chain said.
func (b *bench) said(kind string, want map[string]string) {
	b.Helper()
	events := b.ctx.EventManager().Events()
	last := events[len(events)-1]
	if last.Type != "stratos.register.v1."+kind || len(last.Attributes) != len(want) {
		b.Fatalf("said %+v", last)
	}
	for _, a := range last.Attributes {
		if a.Value != `"`+want[a.Key]+`"` {
			b.Errorf("%s of %s is %s, want %q", a.Key, kind, a.Value, want[a.Key])
		}
	}
}

// The events are those that a real chain recorded for the same messages.
func TestEventsAsRecorded(t *testing.T) {
	b := newBench(t)
	b.register()
	b.said("EventCreateResourceNode", map[string]string{
		"initial_deposit": "5000000000000000000wei", "network_address": rn1, "ozone_limit_changes": "0", "pubkey": rn1Key, "sender": owner,
	})
	_, err := b.server.HandleMsgUpdateResourceNodeDeposit(b.ctx, &register.MsgUpdateResourceNodeDeposit{
		NetworkAddress: rn1, OwnerAddress: owner, DepositDelta: sdk.NewCoin("wei", stos(1)),
	})
	if err != nil {
		t.Fatal(err)
	}
	b.said("EventUpdateResourceNodeDeposit", map[string]string{
		"available_token_after": "6000000000000000000wei", "available_token_before": "5000000000000000000wei", "current_deposit": "5000000000000000000wei",
		"deposit_delta": "1000000000000000000wei", "network_address": rn1, "ozone_limit_changes": "0", "sender": owner, "unbonding_mature_time": "2026-11-22T16:23:19Z",
	})
	if got := b.purse.of(register.ResourceBondedPool); !got.Equal(stos(6)) || !b.purse.of(owner).Equal(stos(4)) || !b.market.wei.IsZero() {
		t.Errorf("%s in deposit, %s left, %s count", got, b.purse.of(owner), b.market.wei)
	}
}

// What is refused changes neither coins nor nodes.
func TestRefusedRegistrations(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*bench, *register.MsgCreateResourceNode)
		want  error
	}{
		"too small":      {func(_ *bench, m *register.MsgCreateResourceNode) { m.Value.Amount = stos(1).SubRaw(1) }, register.ErrRegisterResourceNode},
		"more than held": {func(_ *bench, m *register.MsgCreateResourceNode) { m.Value.Amount = stos(11) }, register.ErrRegisterResourceNode},
		"other coins":    {func(_ *bench, m *register.MsgCreateResourceNode) { m.Value.Denom = "stos" }, register.ErrRegisterResourceNode},
		"no key":         {func(_ *bench, m *register.MsgCreateResourceNode) { m.Pubkey = &codectypes.Any{} }, register.ErrEmptyPubKey},
		"closed": {func(b *bench, _ *register.MsgCreateResourceNode) {
			p := register.DefaultParams()
			p.ResourceNodeRegEnabled = false
			if err := b.keeper.params.Set(b.ctx, p); err != nil {
				b.Fatal(err)
			}
		}, register.ErrRegistrationDisabled},
	} {
		b := newBench(t)
		msg := b.node(stos(5))
		c.spoil(b, msg)
		if _, err := b.server.HandleMsgCreateResourceNode(b.ctx, msg); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := b.keeper.resource(b.ctx, rn1); !errors.Is(err, register.ErrNoResourceNode) || !b.purse.of(owner).Equal(stos(10)) || len(b.ctx.EventManager().Events()) != 0 {
			t.Errorf("%s: something is left of it: %v, %s", name, err, b.purse.of(owner))
		}
	}
}

// Only its owner changes a node, and rewards go to the owner unless he names
// somebody else, who stays named.
func TestWhoGetsRewards(t *testing.T) {
	b := newBench(t)
	b.register()
	update := &register.MsgUpdateResourceNode{NetworkAddress: rn1, OwnerAddress: another, BeneficiaryAddress: another}
	if _, err := b.server.HandleMsgUpdateResourceNode(b.ctx, update); !errors.Is(err, register.ErrUpdateResourceNode) {
		t.Errorf("a stranger's change: %v", err)
	}
	for _, c := range []struct{ named, want string }{{"", owner}, {another, another}, {"", another}} {
		update = &register.MsgUpdateResourceNode{NetworkAddress: rn1, OwnerAddress: owner, BeneficiaryAddress: c.named}
		if _, err := b.server.HandleMsgUpdateResourceNode(b.ctx, update); err != nil {
			t.Fatal(err)
		}
		if n, err := b.keeper.resource(b.ctx, rn1); err != nil || n.BeneficiaryAddress != c.want {
			t.Errorf("named %q: paid to %s, %v", c.named, n.BeneficiaryAddress, err)
		}
	}
}

// A young node waits for 180 days of age and 14 more, an old one for 14; then
// the owner has his deposit back, less what he owes, to the wei.
func TestWhenADepositIsBack(t *testing.T) {
	const day = 24 * time.Hour
	for age, wait := range map[time.Duration]time.Duration{0: 194 * day, 100 * day: 94 * day, 180 * day: 14 * day, 400 * day: 14 * day} {
		b := newBench(t)
		b.register()
		if _, err := b.keeper.setEffective(b.ctx, rn1, stos(5)); err != nil || !b.market.wei.Equal(stos(5)) {
			t.Fatalf("in service: %v, %s count", err, b.market.wei)
		}
		if _, err := b.keeper.Slash(b.ctx, rn1, owner, math.NewInt(7), false); err != nil {
			t.Fatal(err)
		}
		removed := b.ctx.BlockTime().Add(age)
		b.ctx = b.ctx.WithBlockTime(removed)
		if _, err := b.server.HandleMsgRemoveResourceNode(b.ctx, &register.MsgRemoveResourceNode{ResourceNodeAddress: rn1, OwnerAddress: owner}); err != nil {
			t.Fatal(err)
		}
		b.said("EventUnBondingResourceNode", map[string]string{
			"deposit_to_remove": "5000000000000000000wei", "resource_node": rn1, "sender": owner, "unbonding_mature_time": removed.Add(wait).Format(time.RFC3339),
		})
		b.ctx = b.ctx.WithBlockTime(removed.Add(wait - time.Second))
		if err := b.keeper.EndBlock(b.ctx); err != nil || !b.purse.of(owner).Equal(stos(5)) {
			t.Errorf("age %s: back too early: %v, %s", age, err, b.purse.of(owner))
		}
		b.ctx = b.ctx.WithBlockTime(removed.Add(wait))
		if err := b.keeper.EndBlock(b.ctx); err != nil || !b.purse.of(owner).Equal(stos(10).SubRaw(7)) || !b.purse.of("community").Equal(math.NewInt(7)) || !b.market.wei.IsZero() {
			t.Errorf("age %s: %v, owner %s, community %s", age, err, b.purse.of(owner), b.purse.of("community"))
		}
		if debt, err := b.keeper.Debt(b.ctx, owner); err != nil || !debt.IsZero() {
			t.Errorf("age %s: still owes %s, %v", age, debt, err)
		}
	}
}

// A node out of service counts nothing, and only a deposit that counts brings it
// back; a deposit whose ozone is sold cannot leave.
func TestSuspension(t *testing.T) {
	b := newBench(t)
	b.register()
	if _, err := b.keeper.setEffective(b.ctx, rn1, stos(6)); !errors.Is(err, register.ErrInsufficientBalance) {
		t.Errorf("more than the deposit: %v", err)
	}
	steps := []struct {
		do      func() error
		suspend bool
		counts  int64
	}{
		{func() error { _, err := b.keeper.setEffective(b.ctx, rn1, stos(4)); return err }, false, 4},
		{func() error { _, err := b.keeper.Slash(b.ctx, rn1, owner, stos(1), true); return err }, true, 0},
		{func() error { _, err := b.keeper.Slash(b.ctx, rn1, owner, stos(1), false); return err }, true, 0},
		{func() error { _, err := b.keeper.setEffective(b.ctx, rn1, stos(2)); return err }, false, 2},
	}
	for i, s := range steps {
		if err := s.do(); err != nil {
			t.Fatal(err)
		}
		n, err := b.keeper.resource(b.ctx, rn1)
		if err != nil || n.Suspend != s.suspend || !n.EffectiveTokens.Equal(stos(s.counts)) || !b.market.wei.Equal(stos(s.counts)) || n.Status != stakingtypes.Bonded {
			t.Errorf("step %d: %+v, %s count, %v", i, n, b.market.wei, err)
		}
	}
	if debt, err := b.keeper.Debt(b.ctx, owner); err != nil || !debt.Equal(stos(2)) {
		t.Errorf("owes %s, %v", debt, err)
	}
	b.market.wei = stos(1)
	if _, err := b.server.HandleMsgRemoveResourceNode(b.ctx, &register.MsgRemoveResourceNode{ResourceNodeAddress: rn1, OwnerAddress: owner}); !errors.Is(err, register.ErrUnbondResourceNode) {
		t.Errorf("its ozone is sold, and it leaves: %v", err)
	}
}
