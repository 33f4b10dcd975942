package keys_test

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// The same words lead to the same wallet and to the same account of its files,
// on every computer.
func ExampleFromWords() {
	words := []byte("legal winner thank year wave sausage worth useful legal winner thank yellow")
	wallet, err := keys.FromWords(words, nil, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	files, err := keys.StorageAccount(wallet, keys.FirstEpoch)
	fmt.Println(wallet.Address(), err)
	fmt.Println(files.Address() != wallet.Address())
	// Output:
	// st1nfvtkfup03pp8ztdqwagcx3ky7997ps6pnvahv <nil>
	// true
}

func ExampleCheckWords() {
	check := keys.CheckWords([]byte("legal winer thank"))
	fmt.Println(check.Wrong, check.Sentence)
	// Output: [2] A wallet has 12, 15, 18, 21 or 24 words; these are 3.
}
