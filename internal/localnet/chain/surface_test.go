package chain

import (
	"encoding/base64"
	"net/http"
	"testing"

	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/codec"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

func TestAccountShowsItsKey(t *testing.T) {
	c := common(t)
	if status := c.try("/cosmos/auth/v1beta1/accounts/st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k", nil); status != http.StatusNotFound {
		t.Errorf("an account that does not exist: status %d", status)
	}
	w := newWallet(t, c, "10stos")
	var reply struct {
		Account struct {
			Type   string `json:"@type"`
			PubKey *struct {
				Type string `json:"@type"`
				Key  []byte `json:"key"`
			} `json:"pub_key"`
		}
	}
	c.get(t, "/cosmos/auth/v1beta1/accounts/"+w.address, &reply)
	if reply.Account.Type != "/cosmos.auth.v1beta1.BaseAccount" || reply.Account.PubKey != nil {
		t.Errorf("before the first signature: %+v", reply.Account)
	}
	w.send(transfer(t, w.address, receiver, "1stos")).must(t)
	c.get(t, "/cosmos/auth/v1beta1/accounts/"+w.address, &reply)
	public := w.key.Public()
	if k := reply.Account.PubKey; k == nil || k.Type != "/stratos.crypto.v1.ethsecp256k1.PubKey" || string(k.Key) != string(public[:]) {
		t.Errorf("after the first signature: %+v", k)
	}
}

func TestNodeInfoNamesTheChain(t *testing.T) {
	c := common(t)
	var info struct {
		Node struct{ Network string } `json:"default_node_info"`
	}
	c.get(t, "/cosmos/base/tendermint/v1beta1/node_info", &info)
	if info.Node.Network != ChainID {
		t.Errorf("REST says %q", info.Node.Network)
	}
	var result struct {
		Result struct {
			Node struct{ Network string } `json:"node_info"`
		}
	}
	var rpc Chain
	rpc.at = &listeners{rest: c.at.rpc}
	rpc.get(t, "/status", &result)
	if result.Result.Node.Network != ChainID {
		t.Errorf("RPC says %q", result.Result.Node.Network)
	}
	if status := c.try("/cosmos/base/node/v1beta1/config", nil); status != http.StatusInternalServerError {
		t.Errorf("the settings of the node: status %d", status)
	}
}

// The search takes events, page, limit and order; the real chain knows no
// query.
func TestSearchByEvents(t *testing.T) {
	c := common(t)
	w := newWallet(t, c, "10stos")
	first := w.send(transfer(t, w.address, receiver, "1stos")).must(t)
	second := w.send(transfer(t, w.address, receiver, "1stos")).must(t)
	type found struct {
		Txs   []answer `json:"tx_responses"`
		Total string
	}
	filter := "message.sender='" + w.address + "'"
	for name, s := range map[string]struct {
		query string
		total string
		want  []string
	}{
		"newest first": {query("events", filter, "order_by", "ORDER_BY_DESC"), "2", []string{second.Hash, first.Hash}},
		"second page":  {query("events", filter, "order_by", "ORDER_BY_ASC", "limit", "1", "page", "2"), "2", []string{second.Hash}},
		"two events":   {query("events", filter, "events", "tx.height="+first.Height), "1", []string{first.Hash}},
	} {
		var got found
		c.get(t, "/cosmos/tx/v1beta1/txs"+s.query, &got)
		var hashes []string
		for _, tx := range got.Txs {
			hashes = append(hashes, tx.Hash)
		}
		if got.Total != s.total || len(hashes) != len(s.want) || hashes[0] != s.want[0] {
			t.Errorf("%s: %v of %s, want %v", name, hashes, got.Total, s.want)
		}
	}
	for name, path := range map[string]string{
		"a query": query("query", filter), "nothing": "",
		"two dots": query("events", "stratos.sds.v1.EventPrePay.sender='x'"),
	} {
		if status := c.try("/cosmos/tx/v1beta1/txs"+path, nil); status != http.StatusBadRequest {
			t.Errorf("%s: status %d", name, status)
		}
	}
}

// The estimate is too low without a fee and enough with one, whether the key is
// given or not.
func TestSimulation(t *testing.T) {
	c := common(t)
	w := newWallet(t, c, "10stos")
	d := w.draft(transfer(t, w.address, receiver, "1stos"))
	d.auth.Fee = &txtypes.Fee{Amount: weiCoins(math.OneInt())}
	withFee := w.simulate(d)
	d.auth.SignerInfos[0].PublicKey = nil
	if noKey := w.simulate(d); noKey+2_000 < withFee {
		t.Errorf("%d gas with the key, %d without", withFee, noKey)
	}
	d.auth.Fee.Amount = nil
	if noFee := w.simulate(d); noFee > withFee-10_000 {
		t.Errorf("%d gas with a fee, %d without", withFee, noFee)
	}
	full := w.draft(transfer(t, w.address, receiver, "1stos"))
	full.auth.Fee = &txtypes.Fee{GasLimit: withFee * 12 / 10, Amount: weiCoins(math.NewIntFromUint64(withFee * 12 / 10).MulRaw(1e9))}
	c.broadcast(t, w.sign(full)).must(t)
	eventually(t, "the account has its key", func() bool {
		account, err := c.account(w.key.Address())
		return err == nil && account.GetSequence() == 1
	})
	d.auth.SignerInfos[0].Sequence = 1
	d.auth.Fee.Amount = weiCoins(math.OneInt())
	if known := w.simulate(d); known > withFee || known < withFee-20_000 {
		t.Errorf("%d gas for a new account, %d for a known one", withFee, known)
	}
	d.auth.SignerInfos[0].Sequence = 9
	c.post(t, "/cosmos/tx/v1beta1/simulate", map[string]any{"tx_bytes": w.sign(d)}, http.StatusInternalServerError, nil)
}

// simulate returns the gas that a draft without signature would use.
func (w *wallet) simulate(d draft) uint64 {
	w.t.Helper()
	body, err := d.body.Marshal()
	if err != nil {
		w.t.Fatal(err)
	}
	auth, err := d.auth.Marshal()
	if err != nil {
		w.t.Fatal(err)
	}
	raw, err := (&txtypes.TxRaw{BodyBytes: body, AuthInfoBytes: auth, Signatures: [][]byte{{}}}).Marshal()
	if err != nil {
		w.t.Fatal(err)
	}
	var reply struct {
		Gas struct {
			Used uint64 `json:"gas_used,string"`
		} `json:"gas_info"`
	}
	w.chain.post(w.t, "/cosmos/tx/v1beta1/simulate", map[string]any{"tx_bytes": raw}, http.StatusOK, &reply)
	return reply.Gas.Used
}

func TestBlockModeIsRefused(t *testing.T) {
	c := common(t)
	c.post(t, "/cosmos/tx/v1beta1/txs", map[string]string{
		"tx_bytes": base64.StdEncoding.EncodeToString([]byte("x")), "mode": "BROADCAST_MODE_BLOCK",
	}, http.StatusInternalServerError, nil)
}

func TestGRPC(t *testing.T) {
	c := common(t)
	connection, err := grpc.NewClient(c.at.grpc.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(codec.NewProtoCodec(c.engine.app.registry).GRPCCodec())))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if reply, err := sds.NewQueryClient(connection).NozSupply(t.Context(), &sds.QueryNozSupplyRequest{}); err != nil || !reply.Total.Equal(math.NewInt(1e16)) {
		t.Errorf("ozone: %v, %v", reply, err)
	}
	accounts := authtypes.NewQueryClient(connection)
	_, err = accounts.Account(t.Context(), &authtypes.QueryAccountRequest{Address: "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"})
	if status.Code(err) != codes.NotFound {
		t.Errorf("an account that does not exist: %v", err)
	}
	_, err = txtypes.NewServiceClient(connection).GetTxsEvent(t.Context(), &txtypes.GetTxsEventRequest{Query: "tx.height>0"})
	if status.Code(err) != codes.InvalidArgument {
		t.Errorf("a query: %v", err)
	}
}
