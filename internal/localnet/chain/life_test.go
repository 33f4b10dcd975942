package chain

import (
	"maps"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// metaOwner signs what the meta node reports.
func metaOwner(t *testing.T, c *Chain) *wallet {
	t.Helper()
	m, err := c.MetaNode()
	if err != nil {
		t.Fatal(err)
	}
	account, err := c.account(m.Owner.Address())
	if err != nil {
		t.Fatal(err)
	}
	return &wallet{
		t: t, chain: c, key: m.Owner, address: m.Owner.Address().String(),
		number: account.GetAccountNumber(), sequence: account.GetSequence(),
	}
}

// sameEvents fails unless a has the events that were recorded, in that order,
// with the same attributes. Values are compared where fixed says what stands
// for a recorded one, or where the value is the same for everybody.
func (a answer) sameEvents(t *testing.T, what string, v answerVector, fixed map[string]string) {
	t.Helper()
	var got []int
	for i, e := range a.Events {
		for _, attribute := range e.Attributes {
			if attribute.Key == "msg_index" {
				got = append(got, i)
				break
			}
		}
	}
	if len(got) != len(v.Events) {
		t.Errorf("%s: %d events, recorded %d", what, len(got), len(v.Events))
		return
	}
	for i, want := range v.Events {
		e := a.Events[got[i]]
		if e.Type != want.Type {
			t.Errorf("%s: event %d is %s, recorded %s", what, i, e.Type, want.Type)
			continue
		}
		values := map[string]string{}
		for _, attribute := range e.Attributes {
			if attribute.Key != "msg_index" {
				values[attribute.Key] = attribute.Value
			}
		}
		if !slices.Equal(slices.Sorted(maps.Keys(values)), slices.Sorted(maps.Keys(want.Attributes))) {
			t.Errorf("%s: %s has %v, recorded %v", what, e.Type, values, want.Attributes)
		}
		for key, value := range want.Attributes {
			if key == "unbonding_mature_time" {
				continue
			}
			for from, to := range fixed {
				value = strings.ReplaceAll(value, from, to)
			}
			if values[key] != value {
				t.Errorf("%s: %s.%s is %s, recorded %s", what, e.Type, key, values[key], value)
			}
		}
	}
}

// The recorded life of a node: its transactions have the events of the real
// chain, with the same numbers in them, and what it earned outlives a restart.
func TestRecordedLifeOfANode(t *testing.T) {
	cfg := free(t.TempDir())
	cfg.Periods.NodeUnbonding = 3 * time.Second
	c := start(t, cfg)
	alice, bob := newWallet(t, c, "100stos"), newWallet(t, c, "2000stos")
	for _, stos := range []int64{1, 2, 1} {
		alice.send(buy(alice.address, stos)).must(t)
	}
	vectors := recorded(t)
	node, key := nodeKey(t, "node")
	owner := metaOwner(t, c)
	names := map[string]string{
		"st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx": alice.address, "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k": bob.address,
		"st1s2apcy0q9wnra2pppehe2sdsavmteddk0xpnkj": owner.address, "stsds1x36slx9at870e9rd53d2405n80s4ff9404ajpl": c.keys.metaAddress(),
		"stsds1kchgvlaz7va0uck466ckgtsky825xvrc5r590k":                     node,
		"ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1": hexKey(key.GetCachedValue()),
	}
	one := sdk.NewCoin(stratos.Wei, stos(1))
	for _, step := range []struct {
		name string
		by   *wallet
		msg  proto.Message
	}{
		{"create_resource_node", bob, &register.MsgCreateResourceNode{
			NetworkAddress: node, Pubkey: key, Value: sdk.NewCoin(stratos.Wei, stos(5)), OwnerAddress: bob.address,
			BeneficiaryAddress: bob.address, Description: about("rn1"), NodeType: 7,
		}},
		{"update_resource_node_deposit", bob, &register.MsgUpdateResourceNodeDeposit{NetworkAddress: node, OwnerAddress: bob.address, DepositDelta: one}},
		{"update_resource_node", bob, &register.MsgUpdateResourceNode{
			Description: about("rn1b"), BeneficiaryAddress: alice.address, NetworkAddress: node, OwnerAddress: bob.address, NodeType: 7,
		}},
		{"foundation", bob, &pot.MsgFoundationDeposit{Amount: weiCoins(stos(1000)), From: bob.address}},
		{"volume_report_1", owner, &pot.MsgVolumeReport{
			WalletVolumes: []pot.SingleWalletVolume{volume(alice.address, 1e9), volume(bob.address, 3e9)}, Reporter: c.keys.metaAddress(),
			Epoch: math.OneInt(), ReportReference: "report-ref", ReporterOwner: owner.address,
			BLSSignature: pot.BLSSignatureInfo{PubKeys: [][]byte{[]byte("pk")}, Signature: []byte("sig")},
		}},
		{"update_effective_is_file_upload", owner, &sds.MsgFileUpload{
			FileHash: "v05j1m54t3iqc1kqthe7bcmg3o4qkvu5t12ujk40", From: owner.address, Reporter: c.keys.metaAddress(), Uploader: bob.address,
		}},
	} {
		step.by.send(step.msg).must(t).sameEvents(t, step.name, vectors[step.name], names)
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	c = start(t, cfg)
	alice.chain, bob.chain, owner.chain = c, c, c
	withdraw := reportAndWithdraw(t, alice, bob, owner)
	withdraw.sameEvents(t, "pot_withdraw", vectors["pot_withdraw"], names)
	bob.send(&register.MsgRemoveResourceNode{ResourceNodeAddress: node, OwnerAddress: bob.address}).must(t)
	before := c.balance(t, bob.address)
	eventually(t, "the deposit is back, at rest", func() bool { return c.balance(t, bob.address).Equal(before.Add(stos(6))) })
	atRest(t, c)
}

// reportAndWithdraw makes the reward of the first report mature, and takes one
// STOS of what alice got; bob asks for more than he has.
func reportAndWithdraw(t *testing.T, alice, bob, owner *wallet) answer {
	t.Helper()
	c := owner.chain
	owner.send(&pot.MsgVolumeReport{
		WalletVolumes: []pot.SingleWalletVolume{volume(bob.address, 5)}, Reporter: c.keys.metaAddress(), Epoch: math.NewInt(2),
		ReportReference: "next", ReporterOwner: owner.address, BLSSignature: pot.BLSSignatureInfo{PubKeys: [][]byte{[]byte("pk")}},
	}).must(t)
	paid := alice.send(&pot.MsgWithdraw{Amount: weiCoins(stos(1)), WalletAddress: alice.address, TargetAddress: bob.address}).must(t)
	nothingMature := bob.send(&pot.MsgWithdraw{Amount: weiCoins(stos(1000)), WalletAddress: bob.address, TargetAddress: bob.address})
	for _, v := range deliverErrors(t) {
		if v.Codespace == "pot" {
			v.Log = ": "
			nothingMature.Log += ": "
			v.check(t, nothingMature)
		}
	}
	return paid
}

func deliverErrors(t *testing.T) []errorVector {
	t.Helper()
	var vectors struct {
		Errors []errorVector `json:"delivertx_errors"`
	}
	readVectors(t, &vectors)
	return vectors.Errors
}

// Every query of the real chain about nodes and rewards is answered over REST,
// with the members that it has there.
func TestQueriesOfNodesAndRewards(t *testing.T) {
	c := start(t, free(t.TempDir()))
	owner := metaOwner(t, c)
	meta := c.keys.metaAddress()
	for path, members := range map[string]string{
		"/stratos/pot/v1/params":                                       "params.mature_epoch params.community_tax params.mining_reward_params",
		"/stratos/pot/v1/metrics":                                      "metrics.total_supply metrics.total_bonded_delegation metrics.circulation_supply",
		"/stratos/pot/v1/circulation_supply":                           "circulation_supply",
		"/stratos/pot/v1/total_mined_token":                            "total_mined_token.amount",
		"/stratos/pot/v1/total_reward/1":                               "total_reward.mining_reward is_legacy",
		"/stratos/pot/v1/volume_report/0":                              "report_info.epoch report_info.tx_hash",
		"/stratos/pot/v1/rewards/epoch/1":                              "rewards pagination",
		"/stratos/pot/v1/rewards/wallet/" + owner.address:              "rewards.mature_total_reward rewards.immature_total_reward",
		"/stratos/pot/v1/rewards/wallet/" + owner.address + "/epoch/1": "rewards pagination",
		"/stratos/pot/v1/slashing/" + owner.address:                    "slashing",
		"/stratos/register/v1/params":                                  "params.unbonding_threashold_time params.resource_node_min_deposit",
		"/stratos/register/v1/meta_node/" + meta:                       "node.owner_address node.pubkey.@type node.status",
		"/stratos/register/v1/deposit_by_owner/" + owner.address:       "deposit_infos pagination",
		"/stratos/register/v1/deposit_by_node/" + meta + "/0":          "deposit_info.bonded_deposit",
		"/stratos/register/v1/deposit_by_node/" + meta + "/2":          "deposit_info.tokens",
		"/stratos/register/v1/deposit_total":                           "total_bonded_deposit.amount",
		"/stratos/register/v1/resource_node_count":                     "number",
		"/stratos/register/v1/meta_node_count":                         "number",
		"/stratos/register/v1/remaining_ozone_limit":                   "ozone_limit",
		"/stratos/sds/v1/params":                                       "params.bond_denom",
		"/stratos/sds/v1/sim_prepay/1000000000000000000wei":            "noz",
	} {
		var reply map[string]any
		c.get(t, path, &reply)
		for _, member := range strings.Fields(members) {
			at := any(reply)
			for _, name := range strings.Split(member, ".") {
				inner, _ := at.(map[string]any)
				if at = inner[name]; at == nil {
					t.Errorf("%s has no %s: %v", path, member, reply)
					break
				}
			}
		}
	}
	var node struct {
		Node struct{ Tokens, Status string }
	}
	c.get(t, "/stratos/register/v1/meta_node/"+meta, &node)
	if node.Node.Tokens != stos(metaDeposit).String() || node.Node.Status != "BOND_STATUS_BONDED" {
		t.Errorf("the meta node: %+v", node)
	}
	for path, want := range map[string]int{
		"/stratos/register/v1/resource_node/" + meta: http.StatusNotFound,
		"/stratos/register/v1/resource_node/nobody":  http.StatusBadRequest,
		"/stratos/pot/v1/rewards/epoch/0":            http.StatusBadRequest,
		"/stratos/pot/v1/rewards/wallet/nobody":      http.StatusBadRequest,
	} {
		if status := c.try(path, nil); status != want {
			t.Errorf("%s: status %d", path, status)
		}
	}
}

// A fee may be in gwei, as on the real chain; it is paid in wei.
func TestFeeInGwei(t *testing.T) {
	c := common(t)
	w := newWallet(t, c, "10stos")
	d := w.draft(transfer(t, w.address, receiver, "1stos"))
	d.auth.Fee.Amount = sdk.NewCoins(sdk.NewInt64Coin("gwei", 400_000))
	before := c.balance(t, w.address)
	first := c.broadcast(t, w.sign(d)).must(t)
	w.sequence++
	eventually(t, "the transaction is in a block", func() bool {
		return c.try("/cosmos/tx/v1beta1/txs/"+first.Hash, nil) == http.StatusOK
	})
	paid := before.Sub(c.balance(t, w.address)).Sub(coin(t, "1stos").Amount)
	if want := math.NewIntFromBigInt(big.NewInt(400_000 * 1e9)); !paid.Equal(want) {
		t.Errorf("paid %s, not %s", paid, want)
	}
	d = w.draft(transfer(t, w.address, receiver, "1stos"))
	d.auth.Fee.Amount = sdk.NewCoins(sdk.NewInt64Coin("gwei", 399_999))
	if got := c.broadcast(t, w.sign(d)); got.Code != 13 || got.Codespace != "sdk" {
		t.Errorf("too little gwei: %s %d %s", got.Codespace, got.Code, got.Log)
	}
}
