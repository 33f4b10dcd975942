package chain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/sdsmodule"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

func (l *ledger) node(address string) register.ResourceNode {
	l.t.Helper()
	answer := &register.QueryResourceNodeResponse{}
	l.ask("/stratos.register.v1.Query/ResourceNode", &register.QueryResourceNodeRequest{NetworkAddr: address}, answer)
	return *answer.Node
}

func (l *ledger) market() sdsmodule.Market {
	l.t.Helper()
	market, err := l.app.own.sds.Market(l.ctx)
	if err != nil {
		l.t.Fatalf("%v", err)
	}
	return market
}

// fails tells whether err is want, with part in its text.
func fails(t *testing.T, what string, err, want error, part string) {
	t.Helper()
	if !errors.Is(err, want) || !strings.Contains(err.Error(), part) {
		t.Errorf("%s: %v", what, err)
	}
}

func TestLifeOfAStorageNode(t *testing.T) {
	l := newLedger(t, Periods{NodeAge: 20 * time.Second, NodeUnbonding: time.Minute})
	owner, other := l.fund("owner", 100), l.fund("other", 100)
	node := l.create(owner, "n", 5)
	address := node.NetworkAddress
	first := l.registers(t, node)
	l.changes(t, address, owner, other)
	l.servesAndIsSuspended(t, address, owner, other)
	debt := l.debt(owner)
	l.do(l.activate(address, stos(7)))
	l.leaves(t, address, owner)
	l.depositComesBack(t, first.CreationTime.Add(80*time.Second), owner, debt)
	l.do(l.create(owner, "n", 5)) // the address is free again
}

// registers makes a node and returns it as it is before it serves.
func (l *ledger) registers(t *testing.T, node *register.MsgCreateResourceNode) register.ResourceNode {
	t.Helper()
	owner, address := node.OwnerAddress, node.NetworkAddress
	small := l.create(owner, "small", 1)
	small.Value.Amount = small.Value.Amount.SubRaw(1)
	fails(t, "too small a deposit", l.try(small), register.ErrRegisterResourceNode, "insufficient deposit")
	l.do(node)
	fails(t, "the same node again", l.try(node), register.ErrRegisterResourceNode, "already exist")
	first := l.node(address)
	if first.Status != stakingtypes.Bonded || !first.Suspend || !first.EffectiveTokens.IsZero() || first.BeneficiaryAddress != owner {
		t.Errorf("a new node is %+v", first)
	}
	if m := l.market(); !m.Total().Equal(math.NewInt(1e16)) {
		t.Errorf("a node that waits counts: %s noz", m.Total())
	}
	return first
}

// changes has the owner change what a node says and deposits, and nobody else.
func (l *ledger) changes(t *testing.T, address, owner, other string) {
	t.Helper()
	l.do(&register.MsgUpdateResourceNode{
		Description: about("new"), BeneficiaryAddress: other, NetworkAddress: address, OwnerAddress: owner, NodeType: 3,
	}, &register.MsgUpdateResourceNodeDeposit{NetworkAddress: address, OwnerAddress: owner, DepositDelta: sdk.NewCoin(stratos.Wei, stos(2))})
	fails(t, "another's node", l.try(&register.MsgUpdateResourceNodeDeposit{
		NetworkAddress: address, OwnerAddress: other, DepositDelta: sdk.NewCoin(stratos.Wei, stos(2)),
	}), register.ErrUpdateResourceDeposit, "invalid owner")
}

// servesAndIsSuspended puts a node into service and takes it out again.
func (l *ledger) servesAndIsSuspended(t *testing.T, address, owner, other string) {
	t.Helper()
	fails(t, "more than the deposit", l.try(l.activate(address, stos(8))), register.ErrUpdateResourceDeposit, "insufficient")
	stranger := l.activate(address, stos(7))
	stranger.ReporterOwner[0] = owner
	fails(t, "a stranger's activation", l.try(stranger), register.ErrReporterOrOwner, "")
	l.do(l.activate(address, stos(7)))
	if n := l.node(address); n.Suspend || n.BeneficiaryAddress != other || n.Description.Moniker != "new" || n.NodeType != 3 || !n.Tokens.Equal(stos(7)) {
		t.Errorf("in service: %+v", n)
	}
	if m := l.market(); !m.Deposit.Equal(stos(10_007)) || !m.Remaining.Equal(math.NewInt(10_007e12)) || !m.Price().Equal(math.LegacyNewDec(1_000_000)) {
		t.Errorf("the market with the node: %+v", m)
	}

	l.do(l.slash(address, owner, 1e12, true))
	if n := l.node(address); !n.Suspend || !n.EffectiveTokens.IsZero() || !l.market().Deposit.Equal(stos(10_000)) {
		t.Errorf("suspended: %+v", n)
	}
}

func (l *ledger) leaves(t *testing.T, address, owner string) {
	t.Helper()
	l.do(&register.MsgRemoveResourceNode{ResourceNodeAddress: address, OwnerAddress: owner})
	fails(t, "removed again", l.try(&register.MsgRemoveResourceNode{ResourceNodeAddress: address, OwnerAddress: owner}),
		register.ErrUnbondResourceNode, "invalid node status")
	fails(t, "a deposit on its way back", l.try(&register.MsgUpdateResourceNodeDeposit{
		NetworkAddress: address, OwnerAddress: owner, DepositDelta: sdk.NewCoin(stratos.Wei, stos(2)),
	}), register.ErrUpdateResourceDeposit, "unbonding node")
	l.check()
}

// depositComesBack passes the time until a deposit of 7 STOS is back, less what
// its owner owes.
func (l *ledger) depositComesBack(t *testing.T, want time.Time, owner string, debt math.Int) {
	t.Helper()
	due, err := l.app.own.register.NextDue(l.ctx)
	if err != nil || due == nil || !due.Equal(want) {
		t.Fatalf("due %v, not %s", due, want)
	}
	had := l.held(owner)
	l.pass(79 * time.Second)
	l.pass(time.Second)
	if !l.held(owner).Equal(had) {
		t.Error("the deposit is back too early")
	}
	events := l.pass(time.Second)
	if got := l.held(owner).Sub(had); !got.Equal(stos(7).Sub(debt)) || !debt.IsPositive() {
		t.Errorf("back came %s, owed was %s", got, debt)
	}
	last := events[len(events)-1]
	if last.Type != "stratos.register.v1.EventCompleteUnBondingResourceNode" || last.Attributes[0].Value != `"7000000000000000000wei"` {
		t.Errorf("the event of the return: %v", last)
	}
	l.check()
}

func TestMetaNodesVote(t *testing.T) {
	l := newLedger(t, Periods{})
	owner := l.fund("owner", 50_000)
	vote := func(candidate, voter, voterOwner string, yes bool) error {
		return l.try(&register.MsgMetaNodeRegistrationVote{
			CandidateNetworkAddress: candidate, CandidateOwnerAddress: owner, Opinion: yes,
			VoterNetworkAddress: voter, VoterOwnerAddress: voterOwner,
		})
	}
	home := l.k.metaAddress()
	one, two := l.createMeta(owner, "m1", 1000), l.createMeta(owner, "m2", 2000)
	l.do(one, two)
	fails(t, "a vote of one that is not in service", vote(two.NetworkAddress, one.NetworkAddress, owner, true), register.ErrVoteMetaNode, "voter status")
	fails(t, "a vote of a stranger", vote(one.NetworkAddress, home, owner, true), register.ErrVoteMetaNode, "owner")
	if err := vote(one.NetworkAddress, home, l.owner(), true); err != nil {
		t.Fatal(err)
	}
	if m := l.market(); !m.Deposit.Equal(stos(11_000)) {
		t.Errorf("the market with the second meta node: %+v", m)
	}
	fails(t, "a second vote", vote(one.NetworkAddress, home, l.owner(), true), register.ErrVoteMetaNode, "duplicate")
	// Two are in service: both must agree.
	if err := vote(two.NetworkAddress, home, l.owner(), true); err != nil {
		t.Fatal(err)
	}
	if !l.market().Deposit.Equal(stos(11_000)) {
		t.Error("one vote of two was enough")
	}
	if err := vote(two.NetworkAddress, one.NetworkAddress, owner, true); err != nil {
		t.Fatal(err)
	}
	if !l.market().Deposit.Equal(stos(13_000)) {
		t.Error("two votes of two were not enough")
	}
	l.check()
	l.metaNodesLeave(t, owner, one.NetworkAddress, two.NetworkAddress)
}

// metaNodesLeave has the second of three meta nodes voted on, and leave.
func (l *ledger) metaNodesLeave(t *testing.T, owner, one, two string) {
	t.Helper()
	kick := func(target, voter, voterOwner string) error {
		return l.try(&register.MsgKickMetaNodeVote{TargetNetworkAddress: target, Opinion: true, VoterNetworkAddress: voter, VoterOwnerAddress: voterOwner})
	}
	home := l.k.metaAddress()
	// Three of three are needed to remove one of them.
	if err := kick(two, home, l.owner()); err != nil {
		t.Fatal(err)
	}
	fails(t, "a node's vote on itself", kick(two, two, owner), register.ErrSameAddr, "")
	if err := kick(two, one, owner); err != nil {
		t.Fatal(err)
	}
	if !l.market().Deposit.Equal(stos(13_000)) {
		t.Error("two votes of three removed a meta node")
	}
	l.do(&register.MsgRemoveMetaNode{MetaNodeAddress: two, OwnerAddress: owner})
	had := l.held(owner)
	l.pass(2 * time.Minute)
	l.pass(time.Second)
	if got := l.held(owner).Sub(had); !got.Equal(stos(2000)) || !l.market().Deposit.Equal(stos(11_000)) {
		t.Errorf("back came %s", got)
	}
	l.check()
	// The ozone that the last one stands for is sold.
	l.do(buy(owner, 40_000))
	fails(t, "sold ozone", l.try(&register.MsgRemoveMetaNode{MetaNodeAddress: home, OwnerAddress: l.owner()}), register.ErrUnbondMetaNode, "insufficient balance")
}

func TestMetaNodesReportFiles(t *testing.T) {
	l := newLedger(t, Periods{})
	uploader := l.fund("uploader", 10)
	file := &sds.MsgFileUpload{
		FileHash: "v05j1m54t3iqc1kqthe7bcmg3o4qkvu5t12ujk40", From: l.owner(), Reporter: l.k.metaAddress(), Uploader: uploader,
	}
	l.do(file)
	answer := &sds.QueryFileUploadResponse{}
	l.ask("/stratos.sds.v1.Query/Fileupload", &sds.QueryFileUploadRequest{FileHash: file.FileHash}, answer)
	if i := answer.FileInfo; i.Uploader != uploader || len(i.Reporters) != 1 || i.Reporters[0] != 1 || !i.Height.Equal(math.NewInt(l.ctx.BlockHeight())) {
		t.Errorf("the record is %+v", i)
	}
	stranger := *file
	stranger.From = uploader
	fails(t, "a stranger", l.try(&stranger), sds.ErrReporterOrOwner, "")
	bad := *file
	bad.FileHash = "v05"
	fails(t, "no file id", l.try(&bad), sds.ErrInvalidFileHash, "")
}
