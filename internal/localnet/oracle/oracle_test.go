package oracle

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cosmossdk.io/math"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdkkey "github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// source draws random orders from one seed.
type source struct{ *rand.Rand }

func (s source) key(t *testing.T) stratos.PrivateKey {
	t.Helper()
	raw := make([]byte, 32)
	for i := range raw {
		raw[i] = byte(s.Uint32())
	}
	raw[0], raw[31] = raw[0]&0x7f, raw[31]|1
	key, err := stratos.NewPrivateKey(raw)
	ok(t, err)
	return key
}

// words may hold everything that JSON writes in a special way.
func (s source) words(most int) string {
	letters := []rune("abcXYZ 019<>&\"'\\/\n\té漢🙂\u2028")
	var b strings.Builder
	for range s.IntN(most) {
		b.WriteRune(letters[s.IntN(len(letters))])
	}
	return b.String()
}

// pair is one message in both worlds.
type pair struct {
	ours   message.Message
	theirs sdk.Msg
}

func (s source) pair(a, b stratos.Address) pair {
	amount := stratos.WeiAmount(s.Uint64()>>s.IntN(60) + 1)
	wei := sdk.Coin{Denom: stratos.Wei, Amount: math.NewIntFromBigInt(amount.Wei())}
	from, to, val, id := a.String(), b.String(), b.Validator(), s.Uint64()>>s.IntN(60)+1
	note := "n" + s.words(20)
	option := uint32(1 + s.IntN(4))
	part := uint32(1 + s.IntN(9_999))
	all := []pair{
		{message.Transfer{From: a, To: b, Amount: amount}, &banktypes.MsgSend{FromAddress: from, ToAddress: to, Amount: sdk.Coins{wei}}},
		{message.Prepay{Sender: a, Beneficiary: b, Amount: amount}, &sds.MsgPrepay{Sender: from, Beneficiary: to, Amount: sdk.Coins{wei}}},
		{message.Delegate{Delegator: a, Validator: b, Amount: amount}, &stakingtypes.MsgDelegate{DelegatorAddress: from, ValidatorAddress: val, Amount: wei}},
		{message.Undelegate{Delegator: a, Validator: b, Amount: amount}, &stakingtypes.MsgUndelegate{DelegatorAddress: from, ValidatorAddress: val, Amount: wei}},
		{message.Redelegate{Delegator: a, From: a, To: b, Amount: amount}, &stakingtypes.MsgBeginRedelegate{DelegatorAddress: from, ValidatorSrcAddress: a.Validator(), ValidatorDstAddress: val, Amount: wei}},
		{message.CancelUnstake{Delegator: a, Validator: b, Amount: amount, Height: int64(id>>1) + 1}, &stakingtypes.MsgCancelUnbondingDelegation{DelegatorAddress: from, ValidatorAddress: val, Amount: wei, CreationHeight: int64(id>>1) + 1}},
		{message.WithdrawReward{Delegator: a, Validator: b}, &distributiontypes.MsgWithdrawDelegatorReward{DelegatorAddress: from, ValidatorAddress: val}},
		{message.SetPayout{Delegator: a, To: b}, &distributiontypes.MsgSetWithdrawAddress{DelegatorAddress: from, WithdrawAddress: to}},
		{message.Vote{Voter: a, Proposal: id, Option: message.Option(option)}, &govv1.MsgVote{Voter: from, ProposalId: id, Option: govv1.VoteOption(option)}},
		{
			message.WeightedVote{Voter: a, Proposal: id, Shares: []message.Share{{Option: message.Yes, BasisPoints: part}, {Option: message.Veto, BasisPoints: 10_000 - part}}},
			&govv1.MsgVoteWeighted{Voter: from, ProposalId: id, Options: govv1.WeightedVoteOptions{weighted(1, part), weighted(4, 10_000-part)}},
		},
		{message.Deposit{Depositor: a, Proposal: id, Amount: amount}, &govv1.MsgDeposit{Depositor: from, ProposalId: id, Amount: sdk.Coins{wei}}},
		{message.Propose{Proposer: a, Title: note, Summary: note, Metadata: note, Deposit: amount}, &govv1.MsgSubmitProposal{Proposer: from, Title: note, Summary: note, Metadata: note, InitialDeposit: sdk.Coins{wei}}},
		{message.Propose{Proposer: a, Title: note, Summary: note, Metadata: note}, &govv1.MsgSubmitProposal{Proposer: from, Title: note, Summary: note, Metadata: note, InitialDeposit: sdk.Coins{}}},
	}
	all = append(all, s.nodePairs(a, b, amount, wei)...)
	return all[s.IntN(len(all))]
}

// nodePairs are the messages of node owners.
func (s source) nodePairs(a, b stratos.Address, amount stratos.Amount, wei sdk.Coin) []pair {
	seed := make([]byte, ed25519.SeedSize)
	for i := range seed {
		seed[i] = byte(s.Uint32())
	}
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	key, err := codectypes.NewAnyWithValue(&sdkkey.PubKey{Key: public})
	if err != nil {
		panic(err) // a key of the right length always packs
	}
	node, from, to, kinds := stratos.NodeAddressOf(public), a.String(), b.String(), uint32(1+s.IntN(7))
	part := func() string { return "n" + s.words(10) } // amino JSON of empty ones is compared with the published types
	about := message.Description{Moniker: part(), Identity: part(), Website: part(), Contact: part(), Details: part()}
	theirs := register.Description{
		Moniker: about.Moniker, Identity: about.Identity, Website: about.Website, SecurityContact: about.Contact, Details: about.Details,
	}
	return []pair{
		{message.Withdraw{Wallet: a, Target: b, Amount: amount}, &pot.MsgWithdraw{WalletAddress: from, TargetAddress: to, Amount: sdk.Coins{wei}}},
		{message.Gift{From: a, Amount: amount}, &pot.MsgFoundationDeposit{From: from, Amount: sdk.Coins{wei}}},
		{
			message.CreateNode{Owner: a, Beneficiary: b, Node: node, Key: public, Deposit: amount, Description: about, Kinds: kinds},
			&register.MsgCreateResourceNode{
				NetworkAddress: node.String(), Pubkey: key, Value: wei, OwnerAddress: from, BeneficiaryAddress: to, Description: theirs, NodeType: kinds,
			},
		},
		{
			message.UpdateNode{Owner: a, Beneficiary: b, Node: node, Description: about, Kinds: kinds},
			&register.MsgUpdateResourceNode{Description: theirs, BeneficiaryAddress: to, NetworkAddress: node.String(), OwnerAddress: from, NodeType: kinds},
		},
		{
			message.AddNodeDeposit{Owner: a, Node: node, Amount: amount},
			&register.MsgUpdateResourceNodeDeposit{NetworkAddress: node.String(), OwnerAddress: from, DepositDelta: wei},
		},
		{message.RemoveNode{Owner: a, Node: node}, &register.MsgRemoveResourceNode{ResourceNodeAddress: node.String(), OwnerAddress: from}},
	}
}

func weighted(option int32, basisPoints uint32) *govv1.WeightedVoteOption {
	return &govv1.WeightedVoteOption{
		Option: govv1.VoteOption(option), Weight: math.LegacyNewDecWithPrec(int64(basisPoints), 4).String(),
	}
}

func (s source) order(t *testing.T, key stratos.PrivateKey) order {
	t.Helper()
	to := s.key(t).Address()
	var batch message.Batch
	var theirs []sdk.Msg
	for range 1 + s.IntN(3) {
		p := s.pair(key.Address(), to)
		ok(t, p.ours.Check())
		batch, theirs = append(batch, p.ours), append(theirs, p.theirs)
	}
	o := order{messages: theirs, Envelope: message.Envelope{
		ChainID: fmt.Sprintf("chain<%d>-1", s.IntN(100)), Account: s.Uint64() >> s.IntN(64), Sequence: s.Uint64() >> s.IntN(64),
		Message: batch, Memo: s.words(30), Timeout: s.Uint64() >> s.IntN(64), Public: key.Public(),
		Gas: s.Uint64() >> s.IntN(64), Fee: stratos.WeiAmount(s.Uint64()>>s.IntN(60) + 1), Mode: message.Direct,
	}}
	if s.IntN(4) == 0 {
		o.Mode = message.Amino
	}
	if len(batch) == 1 {
		o.Message = batch[0]
	}
	return o
}

// Random transactions have the same sign bytes, the same bytes and the same
// hash as the SDK makes of them, in both modes.
func TestSameAsTheSDK(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	s, theirs := source{rand.New(rand.NewPCG(seed, 1))}, newSDKSigner(t)
	for i := range 10_000 {
		key := s.key(t)
		o := s.order(t, key)
		want, got := theirs.signBytes(&o), o.SignBytes()
		if !bytes.Equal(got, want) {
			t.Fatalf("transaction %d: sign bytes\n%q, want\n%q", i, got, want)
		}
		if here := theirs.handled(&o); !bytes.Equal(here, want) {
			t.Fatalf("transaction %d: the practice chain verifies\n%q, the real one\n%q", i, here, want)
		}
		tx, hash := o.Sign(key)
		if want := theirs.encode(&o, key.Sign(want)); !bytes.Equal(tx, want) || hash != message.Hash(want) {
			t.Fatalf("transaction %d\n%x, want\n%x", i, tx, want)
		}
	}
}

// A node that says little of itself: the real chain writes the empty parts, and
// the practice chain verifies them.
func TestAminoOfEmptyParts(t *testing.T) {
	s, here := source{rand.New(rand.NewPCG(1, 1))}, newSDKSigner(t)
	key := s.key(t)
	for _, p := range s.nodePairs(key.Address(), s.key(t).Address(), stratos.WeiAmount(5), sdk.NewInt64Coin(stratos.Wei, 5))[2:4] {
		o := order{messages: []sdk.Msg{p.theirs}, Envelope: message.Envelope{ChainID: "c-1", Public: key.Public(), Gas: 1, Fee: stratos.WeiAmount(1), Mode: message.Amino}}
		switch m := p.ours.(type) {
		case message.CreateNode:
			m.Description = message.Description{Moniker: "n<>", Details: "é"}
			o.Message = m
			p.theirs.(*register.MsgCreateResourceNode).Description = register.Description{Moniker: "n<>", Details: "é"}
		case message.UpdateNode:
			m.Description = message.Description{Moniker: "n&"}
			o.Message = m
			p.theirs.(*register.MsgUpdateResourceNode).Description = register.Description{Moniker: "n&"}
		}
		if got, want := here.handled(&o), o.SignBytes(); !bytes.Equal(got, want) || !bytes.Contains(want, []byte(`"website":""`)) {
			t.Errorf("verified\n%s, signed\n%s", got, want)
		}
	}
}
