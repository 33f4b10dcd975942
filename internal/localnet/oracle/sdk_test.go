package oracle

import (
	"testing"

	"cosmossdk.io/math"
	txsigning "cosmossdk.io/x/tx/signing"
	"cosmossdk.io/x/tx/signing/aminojson"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptocodec "github.com/cosmos/cosmos-sdk/crypto/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	"github.com/cosmos/cosmos-sdk/x/auth/migrations/legacytx"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/ethsecp256k1"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// sdkSigner builds, signs and encodes transactions as the SDK does.
type sdkSigner struct {
	t      *testing.T
	config client.TxConfig
	cdc    codec.Codec
}

func newSDKSigner(t *testing.T) *sdkSigner {
	t.Helper()
	global := sdk.GetConfig()
	global.SetBech32PrefixForAccount(stratos.PrefixAccount, stratos.PrefixPubKey)
	global.SetBech32PrefixForValidator(stratos.PrefixValidator, stratos.PrefixValidator+"pub")
	registry, err := codectypes.NewInterfaceRegistryWithOptions(codectypes.InterfaceRegistryOptions{
		ProtoFiles: proto.HybridResolver,
		SigningOptions: txsigning.Options{
			AddressCodec:          address.NewBech32Codec(stratos.PrefixAccount),
			ValidatorAddressCodec: address.NewBech32Codec(stratos.PrefixValidator),
		},
	})
	ok(t, err)
	for _, add := range []func(codectypes.InterfaceRegistry){
		cryptocodec.RegisterInterfaces, ethsecp256k1.RegisterInterfaces, banktypes.RegisterInterfaces, stakingtypes.RegisterInterfaces,
		distributiontypes.RegisterInterfaces, govv1.RegisterInterfaces, sds.RegisterInterfaces, pot.RegisterInterfaces, register.RegisterInterfaces,
	} {
		add(registry)
	}
	amino := codec.NewLegacyAmino()
	sdk.RegisterLegacyAminoCodec(amino)
	cryptocodec.RegisterCrypto(amino)
	for _, add := range []func(*codec.LegacyAmino){
		banktypes.RegisterLegacyAminoCodec, stakingtypes.RegisterLegacyAminoCodec, distributiontypes.RegisterLegacyAminoCodec,
		govv1.RegisterLegacyAminoCodec, sds.RegisterLegacyAminoCodec, pot.RegisterLegacyAminoCodec, register.RegisterLegacyAminoCodec,
	} {
		add(amino)
	}
	legacytx.RegressionTestingAminoCodec = amino
	cdc := codec.NewProtoCodec(registry)
	enc := register.DefineAmino(aminojson.NewEncoder(aminojson.EncoderOptions{}))
	modes := []signing.SignMode{signing.SignMode_SIGN_MODE_DIRECT}
	return &sdkSigner{t, authtx.NewTxConfig(cdc, modes, aminojson.NewSignModeHandler(aminojson.SignModeHandlerOptions{Encoder: &enc})), cdc}
}

// order is a transaction in the SDK's words.
type order struct {
	message.Envelope
	messages []sdk.Msg
}

func (o *order) fee() sdk.Coins {
	return sdk.Coins{{Denom: stratos.Wei, Amount: math.NewIntFromBigInt(o.Fee.Wei())}}
}

// build makes the transaction, with a signature or with an empty one.
func (s *sdkSigner) build(o *order, signature []byte) client.TxBuilder {
	s.t.Helper()
	b := s.config.NewTxBuilder()
	ok(s.t, b.SetMsgs(o.messages...))
	b.SetMemo(o.Memo)
	b.SetTimeoutHeight(o.Timeout)
	b.SetGasLimit(o.Gas)
	b.SetFeeAmount(o.fee())
	ok(s.t, b.SetSignatures(signing.SignatureV2{
		PubKey: &ethsecp256k1.PubKey{Key: o.Public[:]}, Sequence: o.Sequence,
		Data: &signing.SingleSignatureData{SignMode: mode(o), Signature: signature},
	}))
	return b
}

func mode(o *order) signing.SignMode {
	if o.Mode == message.Amino {
		return signing.SignMode_SIGN_MODE_LEGACY_AMINO_JSON
	}
	return signing.SignMode_SIGN_MODE_DIRECT
}

// signBytes is what the SDK signs. In amino JSON it is the way of the version
// that the real chain runs.
func (s *sdkSigner) signBytes(o *order) []byte {
	s.t.Helper()
	if o.Mode == message.Amino {
		//lint:ignore SA1019 it is what the real chain verifies with
		fee := legacytx.NewStdFee(o.Gas, o.fee())
		//lint:ignore SA1019 it is what the real chain verifies with
		return legacytx.StdSignBytes(o.ChainID, o.Account, o.Sequence, o.Timeout, fee, o.messages, o.Memo)
	}
	return s.handled(o)
}

// handled is what this SDK, and so the practice chain, verifies a signature of.
func (s *sdkSigner) handled(o *order) []byte {
	s.t.Helper()
	data := authsigning.SignerData{
		Address: o.Public.Address().String(), ChainID: o.ChainID, AccountNumber: o.Account, Sequence: o.Sequence,
		PubKey: &ethsecp256k1.PubKey{Key: o.Public[:]},
	}
	out, err := authsigning.GetSignBytesAdapter(s.t.Context(), s.config.SignModeHandler(), mode(o), data, s.build(o, nil).GetTx())
	ok(s.t, err)
	return out
}

func (s *sdkSigner) encode(o *order, signature []byte) []byte {
	s.t.Helper()
	out, err := s.config.TxEncoder()(s.build(o, signature).GetTx())
	ok(s.t, err)
	return out
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
