package sds_test

import (
	"slices"
	"testing"

	"cosmossdk.io/api/cosmos/base/v1beta1"
	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	gogo "github.com/cosmos/gogoproto/proto"
	oraclekeys "github.com/stratosnet/stratos-chain/api/stratos/crypto/v1/ethsecp256k1"
	oracle "github.com/stratosnet/stratos-chain/api/stratos/sds/v1"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/ethsecp256k1"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// pairs are the same messages in this package's types and in those that the
// makers of the chain publish.
func pairs() map[gogo.Message]proto.Message {
	return map[gogo.Message]proto.Message{
		&sds.MsgPrepay{Sender: "a", Beneficiary: "b", Amount: sdk.NewCoins(sdk.NewInt64Coin("wei", 7), sdk.NewInt64Coin("axe", 1))}: &oracle.MsgPrepay{
			Sender: "a", Beneficiary: "b",
			Amount: []*basev1beta1.Coin{{Denom: "axe", Amount: "1"}, {Denom: "wei", Amount: "7"}},
		},
		&sds.MsgFileUpload{FileHash: "f", From: "a", Reporter: "r", Uploader: "u"}: &oracle.MsgFileUpload{
			FileHash: "f", From: "a", Reporter: "r", Uploader: "u",
		},
		&sds.MsgUpdateParams{Authority: "g", Params: sds.Params{BondDenom: "wei"}}: &oracle.MsgUpdateParams{
			Authority: "g", Params: &oracle.Params{BondDenom: "wei"},
		},
		&sds.EventPrePay{Sender: "a", Beneficiary: "b", Amount: "7wei", PurchasedNoz: "6"}: &oracle.EventPrePay{
			Sender: "a", Beneficiary: "b", Amount: "7wei", PurchasedNoz: "6",
		},
		&sds.QueryNozPriceResponse{Price: math.LegacyNewDecWithPrec(15, 1)}:           &oracle.QueryNozPriceResponse{Price: "1500000000000000000"},
		&sds.QueryNozSupplyResponse{Remaining: math.NewInt(5), Total: math.NewInt(9)}: &oracle.QueryNozSupplyResponse{Remaining: "5", Total: "9"},
		&sds.QuerySimPrepayRequest{Amount: "7wei"}:                                    &oracle.QuerySimPrepayRequest{Amount: "7wei"},
		&sds.QuerySimPrepayResponse{Noz: math.NewInt(5)}:                              &oracle.QuerySimPrepayResponse{Noz: "5"},
		&sds.QueryParamsResponse{Params: &sds.Params{BondDenom: "wei"}}:               &oracle.QueryParamsResponse{Params: &oracle.Params{BondDenom: "wei"}},
		&sds.QueryFileUploadRequest{FileHash: "f"}:                                    &oracle.QueryFileUploadRequest{FileHash: "f"},
		&sds.FileInfo{Height: math.NewInt(3), Reporters: []byte{1}, Uploader: "u"}:    &oracle.FileInfo{Height: "3", Reporters: []byte{1}, Uploader: "u"},
		&ethsecp256k1.PubKey{Key: []byte{2, 1}}:                                       &oraclekeys.PubKey{Key: []byte{2, 1}},
		&ethsecp256k1.PrivKey{Key: []byte{3, 1}}:                                      &oraclekeys.PrivKey{Key: []byte{3, 1}},
	}
}

func TestSameBytesAsThePublishedTypes(t *testing.T) {
	for ours, theirs := range pairs() {
		name := string(theirs.ProtoReflect().Descriptor().FullName())
		if got := gogo.MessageName(ours); got != name {
			t.Errorf("%s is called %s here", name, got)
		}
		raw, err := gogo.Marshal(ours)
		if err != nil {
			t.Fatal(name, err)
		}
		read := theirs.ProtoReflect().New().Interface()
		if err := (proto.UnmarshalOptions{DiscardUnknown: false}).Unmarshal(raw, read); err != nil || !proto.Equal(read, theirs) {
			t.Errorf("%s: theirs read %v, %v", name, read, err)
		}
		back, err := proto.MarshalOptions{Deterministic: true}.Marshal(theirs)
		if err != nil {
			t.Fatal(name, err)
		}
		if string(back) != string(raw) {
			t.Errorf("%s: ours %x, theirs %x", name, raw, back)
		}
	}
}

// captured is the description of a service that something registered.
type captured struct{ desc *grpc.ServiceDesc }

func (c *captured) RegisterService(desc *grpc.ServiceDesc, _ any) { c.desc = desc }

// The services must have the same methods with the same names, since a wallet
// calls them by name.
func TestSameServices(t *testing.T) {
	var messages, queries captured
	sds.RegisterMsgServer(&messages, nil)
	sds.RegisterQueryServer(&queries, nil)
	for ours, theirs := range map[*grpc.ServiceDesc]grpc.ServiceDesc{
		messages.desc: oracle.Msg_ServiceDesc, queries.desc: oracle.Query_ServiceDesc,
	} {
		if got, want := methods(*ours), methods(theirs); !slices.Equal(got, want) {
			t.Errorf("ours %v, theirs %v", got, want)
		}
	}
}

func methods(desc grpc.ServiceDesc) []string {
	var names []string
	for _, m := range desc.Methods {
		names = append(names, desc.ServiceName+"/"+m.MethodName)
	}
	slices.Sort(names)
	return names
}
