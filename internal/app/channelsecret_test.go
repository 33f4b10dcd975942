package app

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// findsNoSecret looks for the keys of periods and private links in everything
// that the network stores, and in all transactions.
func (w *channelWorld) findsNoSecret(fan *App) {
	w.Helper()
	desk, err := fan.channelDesk()
	w.must(err)
	var secrets [][]byte
	for _, key := range desk.Keys {
		secrets = append(secrets, key)
	}
	r, err := w.creator.readRegister()
	w.must(err)
	for _, l := range r.Links {
		if _, key, private := strings.Cut(l.Link.Link, "#"); private {
			raw, err := base64.RawURLEncoding.DecodeString(key)
			w.must(err)
			secrets = append(secrets, raw)
		}
	}
	if len(secrets) < 3 {
		w.Fatalf("%d secrets to look for", len(secrets))
	}
	stored := w.stored()
	if !bytes.Contains(stored, []byte(`"title":"Boats"`)) || !bytes.Contains(stored, []byte("stos-subscribe/1 ")) {
		w.Fatal("not even what is public is found")
	}
	for _, s := range secrets {
		for _, form := range [][]byte{s, []byte(hex.EncodeToString(s)), []byte(base64.StdEncoding.EncodeToString(s)), []byte(base64.RawURLEncoding.EncodeToString(s))} {
			if bytes.Contains(stored, form) {
				w.Error("a key lies open on the network")
			}
		}
	}
}

// stored is everything that lies in the folder of the network, and all
// transactions of its people as a node tells them.
func (w *channelWorld) stored() []byte {
	w.Helper()
	var all bytes.Buffer
	w.must(filepath.WalkDir(w.net.Dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil //nolint:nilerr // a database may replace its files meanwhile
		}
		raw, err := os.ReadFile(path)
		all.Write(raw)
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return err
	}))
	c, err := w.creator.chain()
	w.must(err)
	owner, err := stratos.ParseAddress(w.owner)
	w.must(err)
	for _, filter := range []string{chain.BySender, chain.ByRecipient} {
		found, err := c.Search(w.Context(), filter, owner, 1, 100)
		w.must(err)
		raw, err := json.Marshal(found)
		w.must(err)
		all.Write(raw)
	}
	return all.Bytes()
}
