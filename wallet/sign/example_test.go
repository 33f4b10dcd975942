package sign_test

import (
	"bytes"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/sign"
)

func ExampleVerify() {
	key, err := stratos.NewPrivateKey(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		fmt.Println(err)
		return
	}
	signature, err := sign.Text(key, "This channel is mine.")
	if err != nil {
		fmt.Println(err)
		return
	}
	mine, err := sign.Verify(key.Address().String(), "This channel is mine.", signature)
	fmt.Println(mine, err)
	other, err := sign.Verify(key.Address().String(), "This channel is yours.", signature)
	fmt.Println(other, err)
	// Output:
	// true <nil>
	// false <nil>
}
