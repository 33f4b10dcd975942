package message

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"os"
	"testing"

	bankv1beta1 "cosmossdk.io/api/cosmos/bank/v1beta1"
	basev1beta1 "cosmossdk.io/api/cosmos/base/v1beta1"
	ed25519v1 "cosmossdk.io/api/cosmos/crypto/ed25519"
	distributionv1beta1 "cosmossdk.io/api/cosmos/distribution/v1beta1"
	govv1 "cosmossdk.io/api/cosmos/gov/v1"
	stakingv1beta1 "cosmossdk.io/api/cosmos/staking/v1beta1"
	signingv1beta1 "cosmossdk.io/api/cosmos/tx/signing/v1beta1"
	txv1beta1 "cosmossdk.io/api/cosmos/tx/v1beta1"
	potv1 "github.com/stratosnet/stratos-chain/api/stratos/pot/v1"
	registerv1 "github.com/stratosnet/stratos-chain/api/stratos/register/v1"
	sdsv1 "github.com/stratosnet/stratos-chain/api/stratos/sds/v1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func oneCoin(a stratos.Amount) *basev1beta1.Coin {
	return &basev1beta1.Coin{Denom: stratos.Wei, Amount: a.String()}
}

func coinList(a stratos.Amount) []*basev1beta1.Coin { return []*basev1beta1.Coin{oneCoin(a)} }

// pair is a message and what the generated types make of it.
type pair struct {
	message Message
	oracle  proto.Message
}

// pairs makes one of every type. a signs, b is the other side.
func pairs(t *rapid.T, a, b stratos.Address) []pair {
	amount := stratos.WeiAmount(rapid.Uint64Min(1).Draw(t, "amount"))
	id := rapid.Uint64Min(1).Draw(t, "id")
	words := rapid.StringN(1, 20, 70).Draw(t, "words")
	return append(append(moneyPairs(a, b, amount), stakePairs(a, b, amount, id)...), append(govPairs(t, a, amount, id, words), nodePairs(t, a, b, amount, words)...)...)
}

func moneyPairs(a, b stratos.Address, amount stratos.Amount) []pair {
	return []pair{
		{Transfer{a, b, amount}, &bankv1beta1.MsgSend{FromAddress: a.String(), ToAddress: b.String(), Amount: coinList(amount)}},
		{Prepay{a, b, amount}, &sdsv1.MsgPrepay{Sender: a.String(), Beneficiary: b.String(), Amount: coinList(amount)}},
		{Withdraw{a, b, amount}, &potv1.MsgWithdraw{WalletAddress: a.String(), TargetAddress: b.String(), Amount: coinList(amount)}},
		{Gift{a, amount}, &potv1.MsgFoundationDeposit{From: a.String(), Amount: coinList(amount)}},
	}
}

func stakePairs(a, b stratos.Address, amount stratos.Amount, height uint64) []pair {
	val, h := b.Validator(), int64(height>>1)|1
	return []pair{
		{Delegate{a, b, amount}, &stakingv1beta1.MsgDelegate{DelegatorAddress: a.String(), ValidatorAddress: val, Amount: oneCoin(amount)}},
		{Undelegate{a, b, amount}, &stakingv1beta1.MsgUndelegate{DelegatorAddress: a.String(), ValidatorAddress: val, Amount: oneCoin(amount)}},
		{Redelegate{a, a, b, amount}, &stakingv1beta1.MsgBeginRedelegate{DelegatorAddress: a.String(), ValidatorSrcAddress: a.Validator(), ValidatorDstAddress: val, Amount: oneCoin(amount)}},
		{CancelUnstake{a, b, amount, h}, &stakingv1beta1.MsgCancelUnbondingDelegation{DelegatorAddress: a.String(), ValidatorAddress: val, Amount: oneCoin(amount), CreationHeight: h}},
		{WithdrawReward{a, b, amount}, &distributionv1beta1.MsgWithdrawDelegatorReward{DelegatorAddress: a.String(), ValidatorAddress: val}},
		{SetPayout{a, b}, &distributionv1beta1.MsgSetWithdrawAddress{DelegatorAddress: a.String(), WithdrawAddress: b.String()}},
	}
}

func govPairs(t *rapid.T, a stratos.Address, amount stratos.Amount, id uint64, words string) []pair {
	option := Option(rapid.Uint32Range(1, 4).Draw(t, "option"))
	part := rapid.Uint32Range(1, 9_999).Draw(t, "part")
	weight := func(basisPoints uint32) string { return fmt.Sprintf("0.%04d00000000000000", basisPoints) }
	return []pair{
		{Vote{a, id, option}, &govv1.MsgVote{Voter: a.String(), ProposalId: id, Option: govv1.VoteOption(option)}},
		{WeightedVote{a, id, []Share{{Yes, part}, {No, 10_000 - part}}}, &govv1.MsgVoteWeighted{Voter: a.String(), ProposalId: id, Options: []*govv1.WeightedVoteOption{
			{Option: govv1.VoteOption_VOTE_OPTION_YES, Weight: weight(part)}, {Option: govv1.VoteOption_VOTE_OPTION_NO, Weight: weight(10_000 - part)},
		}}},
		{Deposit{a, id, amount}, &govv1.MsgDeposit{Depositor: a.String(), ProposalId: id, Amount: coinList(amount)}},
		{Propose{a, words, words, words, amount}, &govv1.MsgSubmitProposal{Proposer: a.String(), Title: words, Summary: words, Metadata: words, InitialDeposit: coinList(amount)}},
	}
}

func nodePairs(t *rapid.T, a, b stratos.Address, amount stratos.Amount, words string) []pair {
	key := ed25519.NewKeyFromSeed(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed")).Public().(ed25519.PublicKey)
	node, kinds := stratos.NodeAddressOf(key), rapid.Uint32Range(1, 7).Draw(t, "kinds")
	packed, err := anypb.New(&ed25519v1.PubKey{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	packed.TypeUrl = nodeKeyType
	d, description := Description{Moniker: words, Details: words}, &registerv1.Description{Moniker: words, Details: words}
	return []pair{
		{CreateNode{a, b, node, key, amount, d, kinds}, &registerv1.MsgCreateResourceNode{
			NetworkAddress: node.String(), Pubkey: packed, Value: oneCoin(amount), OwnerAddress: a.String(), BeneficiaryAddress: b.String(), Description: description, NodeType: kinds,
		}},
		{UpdateNode{a, b, node, d, kinds}, &registerv1.MsgUpdateResourceNode{
			NetworkAddress: node.String(), OwnerAddress: a.String(), BeneficiaryAddress: b.String(), Description: description, NodeType: kinds,
		}},
		{AddNodeDeposit{a, node, amount}, &registerv1.MsgUpdateResourceNodeDeposit{NetworkAddress: node.String(), OwnerAddress: a.String(), DepositDelta: oneCoin(amount)}},
		{RemoveNode{a, node}, &registerv1.MsgRemoveResourceNode{ResourceNodeAddress: node.String(), OwnerAddress: a.String()}},
	}
}

// marshal encodes with generated types.
func marshal(t *rapid.T, m proto.Message) []byte {
	out, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func drawKey(t *rapid.T, name string) stratos.PrivateKey {
	raw := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name)
	raw[0], raw[31] = raw[0]&0x7f, raw[31]|1
	key, err := stratos.NewPrivateKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// The bytes written by hand are those of the generated types: every message,
// alone and in a batch, in random transactions: 2,000 of them, and 12,000 with
// STOS_NIGHTLY=1.
func TestAgainstGeneratedTypes(t *testing.T) {
	rounds := 1
	if os.Getenv("STOS_NIGHTLY") != "" {
		rounds = 6
	}
	for range rounds {
		rapid.Check(t, sameAsGenerated)
	}
}

func sameAsGenerated(t *rapid.T) {
	key := drawKey(t, "key")
	all := pairs(t, key.Address(), drawKey(t, "other").Address())
	e := Envelope{
		ChainID: rapid.StringMatching(`[a-z]{1,10}-[0-9]{1,3}`).Draw(t, "chain"), Public: key.Public(),
		Memo: rapid.StringN(0, 30, 256).Draw(t, "memo"), Timeout: rapid.Uint64().Draw(t, "timeout"),
		Account: rapid.Uint64().Draw(t, "account"), Sequence: rapid.Uint64().Draw(t, "sequence"),
		Gas: rapid.Uint64().Draw(t, "gas"), Fee: stratos.WeiAmount(rapid.Uint64().Draw(t, "fee")),
	}
	var batch Batch
	var packed []*anypb.Any
	for _, p := range all {
		if err := p.message.Check(); err != nil {
			t.Fatalf("%T: %v", p.message, err)
		}
		one := &anypb.Any{TypeUrl: p.message.Type(), Value: marshal(t, p.oracle)}
		if want := "/" + string(p.oracle.ProtoReflect().Descriptor().FullName()); one.TypeUrl != want {
			t.Fatalf("%T is %s, want %s", p.message, one.TypeUrl, want)
		}
		compare(t, e, p.message, []*anypb.Any{one}, key)
		batch, packed = append(batch, p.message), append(packed, one)
	}
	compare(t, e, batch, packed, key)
}

func compare(t *rapid.T, e Envelope, m Message, packed []*anypb.Any, key stratos.PrivateKey) {
	e.Message = m
	body := marshal(t, &txv1beta1.TxBody{Messages: packed, Memo: e.Memo, TimeoutHeight: e.Timeout})
	mode := &txv1beta1.ModeInfo_Single{Mode: signingv1beta1.SignMode_SIGN_MODE_DIRECT}
	auth := marshal(t, &txv1beta1.AuthInfo{
		SignerInfos: []*txv1beta1.SignerInfo{{
			PublicKey: &anypb.Any{TypeUrl: stratos.PubKeyType, Value: append([]byte{0x0a, 33}, e.Public[:]...)},
			ModeInfo:  &txv1beta1.ModeInfo{Sum: &txv1beta1.ModeInfo_Single_{Single: mode}}, Sequence: e.Sequence,
		}},
		Fee: &txv1beta1.Fee{Amount: coinList(e.Fee), GasLimit: e.Gas},
	})
	doc := marshal(t, &txv1beta1.SignDoc{BodyBytes: body, AuthInfoBytes: auth, ChainId: e.ChainID, AccountNumber: e.Account})
	if got := e.SignBytes(); !bytes.Equal(got, doc) {
		t.Fatalf("%T: sign bytes\n%x, want\n%x", m, got, doc)
	}
	want := marshal(t, &txv1beta1.TxRaw{BodyBytes: body, AuthInfoBytes: auth, Signatures: [][]byte{key.Sign(doc)}})
	if raw, hash := e.Sign(key); !bytes.Equal(raw, want) || hash != Hash(want) {
		t.Fatalf("%T: transaction\n%x, want\n%x", m, raw, want)
	}
}

// jsonTag is the number of gogoproto's option for the name in JSON, which the
// published types carry without knowing it.
const jsonTag = 65005

// Amino JSON keeps an empty field exactly where the chain's own types do: where
// the published option names it without "omitempty".
func TestAminoKeepsWhatThePublishedTypesKeep(t *testing.T) {
	about := Description{Moniker: "n"}
	for _, c := range []struct {
		fields  []field
		message proto.Message
	}{
		{about.fields(), &registerv1.Description{}},
		{CreateNode{Description: about, Key: make([]byte, 32)}.fields(), &registerv1.MsgCreateResourceNode{}},
		{UpdateNode{Description: about}.fields(), &registerv1.MsgUpdateResourceNode{}},
	} {
		published := c.message.ProtoReflect().Descriptor().Fields()
		for i, f := range c.fields {
			p := published.Get(i)
			tag := optionText(p.Options().ProtoReflect().GetUnknown(), jsonTag)
			if mayBeEmpty := p.Kind() == protoreflect.Uint32Kind || c.message.ProtoReflect().Descriptor().Name() == "Description"; mayBeEmpty && (tag != f.name || !f.always) {
				t.Errorf("%s is published as %q, and kept: %v", p.FullName(), tag, f.always)
			}
			if string(p.Name()) != f.name {
				t.Errorf("field %d is %s, published %s", i, f.name, p.Name())
			}
		}
	}
}

// optionText reads an option of a field that is text.
func optionText(raw []byte, number protowire.Number) string {
	for len(raw) > 0 {
		n, kind, size := protowire.ConsumeTag(raw)
		value := protowire.ConsumeFieldValue(n, kind, raw[size:])
		if n == number {
			text, _ := protowire.ConsumeString(raw[size:])
			return text
		}
		raw = raw[size+value:]
	}
	return ""
}
