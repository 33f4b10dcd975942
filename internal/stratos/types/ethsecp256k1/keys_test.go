package ethsecp256k1

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// The first key of the published vectors.
const (
	vectorSecret  = "e3df8df9b971c35167691356293a15e511df59520f8ff64a74afbf4293aebadd"
	vectorPublic  = "03258d3a4003527ec82d93553d419c66b976681d09dba38b02a84bb80e45071f27"
	vectorAddress = "39330eb4d159cd194a044041900aef978d7532fa"
)

func fromHex(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestVectorKey(t *testing.T) {
	secret := &PrivKey{Key: fromHex(t, vectorSecret)}
	public := secret.PubKey()
	if !bytes.Equal(public.Bytes(), fromHex(t, vectorPublic)) {
		t.Errorf("public key %x", public.Bytes())
	}
	if !bytes.Equal(public.Address(), fromHex(t, vectorAddress)) {
		t.Errorf("address %x", public.Address())
	}
	if public.Type() != "eth_secp256k1" || public.Equals(&secp256k1.PubKey{Key: public.Bytes()}) {
		t.Error("taken for a key of another type")
	}
}

func TestSignatureForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "secret")
		if _, err := stratos.NewPrivateKey(seed); err != nil {
			t.Skip("not a scalar")
		}
		secret := &PrivKey{Key: seed}
		message := rapid.SliceOf(rapid.Byte()).Draw(t, "message")
		signature, err := secret.Sign(message)
		if err != nil {
			t.Fatal(err)
		}
		public := secret.PubKey()
		if !public.VerifySignature(message, signature) || !public.VerifySignature(message, signature[:64]) {
			t.Fatal("a good signature is refused")
		}
		if public.VerifySignature(append(message, 0), signature) || public.VerifySignature(message, signature[:63]) {
			t.Fatal("a bad signature is accepted")
		}
	})
}

func TestBadKeys(t *testing.T) {
	bad := &PubKey{Key: make([]byte, 33)}
	if bad.Address() != nil || bad.VerifySignature(nil, make([]byte, 64)) {
		t.Error("33 zero bytes are taken for a point")
	}
	if _, err := (&PrivKey{Key: make([]byte, 32)}).Sign(nil); err == nil {
		t.Error("zero signs")
	}
	if text := (&PrivKey{Key: fromHex(t, vectorSecret)}).String(); bytes.Contains([]byte(text), []byte("e3df")) {
		t.Error("the text form shows the secret")
	}
}

// In amino a key is its name and its bytes, as the real chain writes it.
func TestAminoForms(t *testing.T) {
	amino := codec.NewLegacyAmino()
	RegisterLegacyAminoCodec(amino)
	secret := &PrivKey{Key: fromHex(t, vectorSecret)}
	public := secret.PubKey()
	raw, err := amino.Marshal(public)
	if err != nil || hex.EncodeToString(raw) != "e77e4a5921"+vectorPublic {
		t.Errorf("public key %x, %v", raw, err)
	}
	text, err := amino.MarshalJSON(public)
	if err != nil || string(text) != `{"type":"stratos/PubKeyEthSecp256k1","value":"AyWNOkADUn7ILZNVPUGcZrl2aB0J26OLAqhLuA5FBx8n"}` {
		t.Errorf("public key %s, %v", text, err)
	}
	var back PubKey
	if err := errors.Join(amino.Unmarshal(raw, &back), amino.UnmarshalJSON(text, &back)); err != nil || !back.Equals(public) {
		t.Errorf("read back as %v, %v", &back, err)
	}
	if amino.Unmarshal(raw[:20], &back) == nil || back.UnmarshalAmino(raw) == nil {
		t.Error("a key of the wrong length was read")
	}
	raw, err = amino.Marshal(secret)
	var again PrivKey
	if err != nil || amino.Unmarshal(raw, &again) != nil || !again.Equals(secret) || again.UnmarshalAmino(raw) == nil {
		t.Errorf("private key %x, %v", raw, err)
	}
	if text, err = amino.MarshalJSON(secret); err != nil || amino.UnmarshalJSON(text, &again) != nil || !again.Equals(secret) {
		t.Errorf("private key %s, %v", text, err)
	}
}
