package qr_test

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/qr"
)

// What one wallet shows as a picture, another one reads.
func Example() {
	to, err := stratos.ParseAddress("st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k")
	if err != nil {
		fmt.Println(err)
		return
	}
	amount, err := stratos.ParseDecimal("12.5", stratos.STOS)
	if err != nil {
		fmt.Println(err)
		return
	}
	picture, err := qr.PNG(qr.Request{Address: to, Amount: amount, Memo: "rent"}.Text(), 300)
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := qr.ReadImage(picture)
	if err != nil {
		fmt.Println(err)
		return
	}
	asked, err := qr.Parse(text)
	fmt.Println(asked.Address == to, asked.Amount.Format(stratos.STOS), asked.Memo, err)
	// Output: true 12.5 rent <nil>
}
