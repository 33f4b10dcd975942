package keys

import (
	"bytes"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// Imported is what [Import] found. Either Words or RawKey is set, or neither
// for an address to watch.
type Imported struct {
	Kind       Kind
	Words      []byte // as [ParseWords] returns them
	Passphrase []byte // of the words, where the file holds one
	Index      uint32 // account of the words that the file was about
	RawKey     []byte // 32 bytes
	Name       string // what the file calls the wallet; may be empty
	Address    stratos.Address
}

// Wipe overwrites the secrets.
func (i *Imported) Wipe() { secret.Wipe(i.Words, i.Passphrase, i.RawKey) }

// Import reads any text or file of a [Kind]. The password is that of the file,
// for kinds that need one. Errors are sentences for people; those about files
// wrap [ErrPassword], [ErrDamaged] or [ErrUnsupported], those about words
// [ErrWords], and none repeats a secret. The caller wipes data, password and
// the result. It takes up to some seconds, as long as the file's own
// protection makes it.
func Import(data, password []byte) (*Imported, error) {
	kind := Detect(data)
	data = trim(data)
	found := &Imported{Kind: kind}
	var err error
	secret.Do(func() { err = found.read(data, password) })
	if err == nil && kind != KindAddress {
		err = found.fillAddress()
	}
	if err != nil {
		found.Wipe()
		return nil, err
	}
	return found, nil
}

func (i *Imported) read(data, password []byte) error {
	switch i.Kind {
	case KindWords:
		return i.readWords(data)
	case KindRawKey:
		return i.readRaw(data)
	case KindAddress:
		return i.readAddress(data)
	case KindKeystore, KindNodeKey:
		return i.readWeb3(data, password)
	case KindArmor:
		return i.readArmor(data, password)
	case KindSDKFile:
		return i.readSDKFile(data, password)
	}
	if len(data) > 0 && data[0] == '{' {
		return unsupported("This file is not a wallet that can be imported. There are: words, a private key, a node key file, an Ethereum keystore, or an export of the chain's command line.")
	}
	return fault.Wrong(ErrUnsupported, "This is neither words, nor a private key, nor an address, nor a key file.")
}

func (i *Imported) readWords(data []byte) error {
	var err error
	tidy := bytes.Join(bytes.FieldsFunc(data, betweenWords), []byte{' '})
	defer Wipe(tidy)
	i.Words, err = ParseWords(tidy)
	return err
}

func (i *Imported) readRaw(data []byte) error {
	key, err := ParseRaw(data)
	if err != nil {
		return err
	}
	defer key.Wipe()
	i.RawKey = key.Bytes()
	return nil
}

func (i *Imported) readAddress(data []byte) error {
	a, err := stratos.ParseAddress(string(data))
	if err != nil {
		return fault.Wrong(err, "This address has a typing error. Please copy it again as a whole; it begins with st1 or 0x.")
	}
	i.Address = a
	return nil
}

// Key derives the key that was found, to be wiped by the caller.
func (i *Imported) Key() (stratos.PrivateKey, error) {
	switch {
	case len(i.Words) > 0:
		return FromWords(i.Words, i.Passphrase, i.Index)
	case len(i.RawKey) > 0:
		return stratos.NewPrivateKey(i.RawKey)
	}
	return stratos.PrivateKey{}, fmt.Errorf("derive key: only an address was imported")
}

// SetPassphrase puts a passphrase to imported words, which makes them another
// wallet with another address. The passphrase is copied.
func (i *Imported) SetPassphrase(passphrase []byte) error {
	if len(i.Words) == 0 {
		return fault.Wrong(nil, "Only words can have a passphrase.")
	}
	Wipe(i.Passphrase)
	i.Passphrase = bytes.Clone(passphrase)
	return i.fillAddress()
}

func (i *Imported) fillAddress() error {
	key, err := i.Key()
	if err != nil {
		return damagedFile(err)
	}
	defer key.Wipe()
	i.Address = key.Address()
	return nil
}
