package stratos

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"
)

type vectors struct {
	Keys []struct {
		AddressHex string `json:"address_hex"`
		Algo       string `json:"algo"`
		EthAddress string `json:"eth_address"`
		PrivHex    string `json:"private_key_hex"`
		PubHex     string `json:"pubkey_compressed_hex"`
		St         string `json:"st"`
		StpubRaw   string `json:"stpub_raw"`
		Stvaloper  string `json:"stvaloper"`
	} `json:"keys"`
	Txs []struct {
		Name      string `json:"name"`
		SignBytes string `json:"sign_bytes_hex"`
		SignHash  string `json:"sign_hash_keccak256_hex"`
		Signature string `json:"signature_hex"`
	} `json:"txs"`
	Addresses []struct {
		Input  string `json:"input"`
		Wallet string `json:"wallet"`
	} `json:"addresses"`
	AmountFormat []struct{ Wei, Stos, Gwei string } `json:"amount_format"`
	AmountParse  []struct {
		Input string  `json:"input"`
		Wei   *string `json:"wei"`
	} `json:"amount_parse_stos"`
	SameBytes map[string]string `json:"same_20_bytes_under_every_prefix"`
	Variants  struct {
		Accepted64  string `json:"accepted_64_bytes"`
		HighS       string `json:"rejected_high_s_64_bytes"`
		AnyLastByte string `json:"accepted_any_last_byte"`
	} `json:"signature_variants"`
}

func loadVectors(t *testing.T) vectors {
	t.Helper()
	raw, err := os.ReadFile("testdata/chain-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func fromHex(t *testing.T, s string) []byte {
	t.Helper()
	raw, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestKeyVectors(t *testing.T) {
	for _, k := range loadVectors(t).Keys {
		if k.Algo != "eth_secp256k1" {
			continue // plain Cosmos keys are not made by this wallet
		}
		key, err := NewPrivateKey(fromHex(t, k.PrivHex))
		if err != nil {
			t.Fatal(err)
		}
		public := key.Public()
		for got, want := range map[string]string{
			hex.EncodeToString(public[:]): k.PubHex,
			key.Address().String():        k.St,
			key.Address().Hex():           k.EthAddress,
			key.Address().Validator():     k.Stvaloper,
			public.String():               k.StpubRaw,
		} {
			if got != want {
				t.Errorf("%s: got %s, want %s", k.St, got, want)
			}
		}
		if back, err := ParsePublicKeyText(k.StpubRaw); err != nil || back != public {
			t.Errorf("%s: read back %x, %v", k.StpubRaw, back, err)
		}
		for _, form := range []string{k.St, k.EthAddress} {
			if a, err := ParseAddress(form); err != nil || a != key.Address() {
				t.Errorf("%s: %v, %v", form, a, err)
			}
		}
	}
}

func TestPrefixVectors(t *testing.T) {
	v := loadVectors(t)
	raw := fromHex(t, v.Keys[0].AddressHex)
	for prefix, want := range v.SameBytes {
		if got := EncodeBech32(prefix, raw); got != want {
			t.Errorf("%s: got %s, want %s", prefix, got, want)
		}
	}
}

func TestSignatureVectors(t *testing.T) {
	v := loadVectors(t)
	key, err := NewPrivateKey(fromHex(t, v.Keys[0].PrivHex))
	if err != nil {
		t.Fatal(err)
	}
	for _, tx := range v.Txs {
		message := fromHex(t, tx.SignBytes)
		if got := hex.EncodeToString(Keccak256(message)); got != tx.SignHash {
			t.Errorf("%s: hash %s, want %s", tx.Name, got, tx.SignHash)
		}
		if got := hex.EncodeToString(key.Sign(message)); got != tx.Signature {
			t.Errorf("%s: signature %s, want %s", tx.Name, got, tx.Signature)
		}
	}
	first := fromHex(t, v.Txs[0].SignBytes)
	for signature, want := range map[string]bool{
		v.Variants.Accepted64: true, v.Variants.AnyLastByte: true, v.Variants.HighS: false, "": false,
	} {
		if got := key.Public().Verify(first, fromHex(t, signature)); got != want {
			t.Errorf("verify %s: %v, want %v", signature, got, want)
		}
	}
}

func TestAddressVectors(t *testing.T) {
	for _, c := range loadVectors(t).Addresses {
		if len(c.Input) > 1 && c.Input[:2] == "0x" {
			continue // refused as bech32 by the vector, read as 0x form by the wallet
		}
		if _, err := ParseAddress(c.Input); (err == nil) != (c.Wallet == "accept") {
			t.Errorf("%q: %v, want %s", c.Input, err, c.Wallet)
		}
	}
}

func TestAmountVectors(t *testing.T) {
	v := loadVectors(t)
	for _, c := range v.AmountFormat {
		a, err := ParseWei(c.Wei)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Format(STOS); got != c.Stos {
			t.Errorf("%s wei: %s stos, want %s", c.Wei, got, c.Stos)
		}
		if got := a.Format(Gwei); got != c.Gwei {
			t.Errorf("%s wei: %s gwei, want %s", c.Wei, got, c.Gwei)
		}
	}
	for _, c := range v.AmountParse {
		a, err := ParseDecimal(c.Input, STOS)
		if (err == nil) != (c.Wei != nil) || (err == nil && a.String() != *c.Wei) {
			t.Errorf("%q: %s, %v", c.Input, a, err)
		}
	}
}
