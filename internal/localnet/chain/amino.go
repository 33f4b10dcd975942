package chain

import (
	"cosmossdk.io/x/tx/signing/aminojson"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/types/registry"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// aminoMode verifies amino JSON as the real chain writes it.
func aminoMode() *aminojson.SignModeHandler {
	files := registry.MergedProtoRegistry()
	enc := register.DefineAmino(aminojson.NewEncoder(aminojson.EncoderOptions{FileResolver: files}))
	return aminojson.NewSignModeHandler(aminojson.SignModeHandlerOptions{FileResolver: files, Encoder: &enc})
}

// withoutAmino are the messages that the real chain registers no amino name
// for: what a device shows of them cannot be what it signs.
var withoutAmino = map[string]bool{
	"/stratos.register.v1.MsgUpdateEffectiveDeposit": true,
	"/stratos.register.v1.MsgKickMetaNodeVote":       true,
}

// directOnly refuses messages without an amino name that are signed as amino
// JSON, before anything else is checked.
func directOnly(next sdk.AnteHandler) sdk.AnteHandler {
	return func(ctx sdk.Context, tx sdk.Tx, simulate bool) (sdk.Context, error) {
		signed, ok := tx.(authsigning.SigVerifiableTx)
		if !ok {
			return next(ctx, tx, simulate)
		}
		signatures, err := signed.GetSignaturesV2()
		if err != nil {
			return ctx, err
		}
		for _, s := range signatures {
			if !anyAmino(s.Data) {
				continue
			}
			for _, msg := range tx.GetMsgs() {
				if url := sdk.MsgTypeURL(msg); withoutAmino[url] {
					return ctx, sdkerrors.ErrUnauthorized.Wrapf("signature verification failed; %s has no amino name", url)
				}
			}
		}
		return next(ctx, tx, simulate)
	}
}

// anyAmino tells whether any part of a signature is of amino JSON.
func anyAmino(data signing.SignatureData) bool {
	switch d := data.(type) {
	case *signing.SingleSignatureData:
		return d.SignMode == signing.SignMode_SIGN_MODE_LEGACY_AMINO_JSON
	case *signing.MultiSignatureData:
		for _, part := range d.Signatures {
			if anyAmino(part) {
				return true
			}
		}
	}
	return false
}
