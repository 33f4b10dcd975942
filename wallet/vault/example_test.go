package vault_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// A vault gives its words only to who knows the password.
func Example() {
	dir, err := os.MkdirTemp("", "vault")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	words := []byte("legal winner thank year wave sausage worth useful legal winner thank yellow")
	key, err := keys.FromWords(words, nil, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	path := filepath.Join(dir, "savings.vault")
	cheap := vault.Params{MemoryKiB: 64, Time: 1, Threads: 1} // for the example; a program takes DefaultParams
	if err := vault.Create(path, key.Public(), &vault.Content{Words: words, Name: "Savings"}, []byte("correct horse"), cheap); err != nil {
		fmt.Println(err)
		return
	}
	_, err = vault.Open(path, []byte("wrong horse"))
	fmt.Println(errors.Is(err, vault.ErrPassword))
	content, err := vault.Open(path, []byte("correct horse"))
	fmt.Println(content.Name, string(content.Words) == string(words), err)
	content.Wipe()
	// Output:
	// true
	// Savings true <nil>
}
