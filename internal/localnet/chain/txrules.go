package chain

import (
	"bytes"

	storetypes "cosmossdk.io/store/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/wirefield"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/ethsecp256k1"
)

// ethSignatureGas is what the check of one eth_secp256k1 signature costs.
const ethSignatureGas = 21_000

// simulationKey stands for a missing public key in a simulation; the SDK
// charges it as its own key type, this chain as eth_secp256k1.
var simulationKey = []byte{
	0x03, 0x5a, 0xd6, 0x81, 0x0a, 0x47, 0xf0, 0x73, 0x55, 0x3f, 0xf3, 0x0d, 0x2f, 0xcc, 0x7e, 0x0d, 0x3b,
	0x1c, 0x0b, 0x74, 0xb6, 0x1a, 0x1a, 0xaa, 0x25, 0x82, 0x34, 0x40, 0x37, 0x15, 0x1e, 0x14, 0x3a,
}

// signatureGas charges for the check of one signature.
func signatureGas(meter storetypes.GasMeter, sig signing.SignatureV2, params authtypes.Params) error {
	switch key := sig.PubKey.(type) {
	case *ethsecp256k1.PubKey:
		meter.ConsumeGas(ethSignatureGas, "ante verify: eth_secp256k1")
		return nil
	case *secp256k1.PubKey:
		if bytes.Equal(key.Key, simulationKey) {
			meter.ConsumeGas(ethSignatureGas, "ante verify: eth_secp256k1")
			return nil
		}
	}
	return ante.DefaultSigVerificationGasConsumer(meter, sig, params)
}

// laterBodyFields are fields of a transaction body that this SDK knows and the
// real chain does not: unordered and timeout_timestamp, with their wire types.
var laterBodyFields = map[protowire.Number]string{4: "varint", 5: "bytes"}

// laterMessages are messages that this SDK knows and the real chain does not.
var laterMessages = map[string]bool{
	"/cosmos.gov.v1.MsgCancelProposal":                            true,
	"/cosmos.distribution.v1beta1.MsgDepositValidatorRewardsPool": true,
}

// laterMessageFields are later fields of messages that the real chain knows.
var laterMessageFields = map[string]struct {
	name   string
	fields map[protowire.Number]string
}{
	"/cosmos.gov.v1.MsgSubmitProposal": {"*v1.MsgSubmitProposal", map[protowire.Number]string{7: "varint"}}, // expedited
}

// refuseUnknownFields wraps decode so that a transaction which uses a field or
// a message that the real chain does not know is refused in the same words.
func refuseUnknownFields(decode sdk.TxDecoder) sdk.TxDecoder {
	return func(raw []byte) (sdk.Tx, error) {
		tx, err := decode(raw)
		if err != nil {
			return nil, err
		}
		body := wirefield.Bytes(raw, 1)
		if number, found := wirefield.First(body, laterBodyFields); found {
			return nil, unknownField("*tx.TxBody", number, laterBodyFields)
		}
		for _, message := range wirefield.All(body, 1) {
			if err := refuseLater(string(wirefield.Bytes(message, 1)), wirefield.Bytes(message, 2)); err != nil {
				return nil, err
			}
		}
		return tx, nil
	}
}

func refuseLater(typeURL string, message []byte) error {
	if laterMessages[typeURL] {
		return sdkerrors.ErrTxDecode.Wrapf("unable to resolve type URL %s", typeURL)
	}
	later := laterMessageFields[typeURL]
	if number, found := wirefield.First(message, later.fields); found {
		return unknownField(later.name, number, later.fields)
	}
	return nil
}

func unknownField(name string, number protowire.Number, kinds map[protowire.Number]string) error {
	return sdkerrors.ErrTxDecode.Wrapf("errUnknownField %q: {TagNum: %d, WireType:%q}", name, number, kinds[number])
}
