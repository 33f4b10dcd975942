package channel_test

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/channel"
)

// Who paid for a period opens its items; a stranger with the same files does not.
func ExampleGrants() {
	artist, fan, stranger := person(1), person(2), person(3)
	key, period, film := channel.NewKey(), channel.NewID(), channel.NewID()
	sealed, err := key.Seal(film, "stos://0123456789abcdef_0123456789_012345#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	if err != nil {
		fmt.Println(err)
		return
	}
	grants := channel.Grants{Owner: artist.Address().String(), Period: period}
	if err := grants.Add(fan.Public(), key); err != nil {
		fmt.Println(err)
		return
	}
	his, err := grants.Open(fan)
	if err != nil {
		fmt.Println(err)
		return
	}
	link, err := his.Open(film, sealed)
	fmt.Println(link[:13], err)
	_, err = grants.Open(stranger)
	fmt.Println(errors.Is(err, channel.ErrNoGrant))
	// Output:
	// stos://012345 <nil>
	// true
}

func person(n byte) stratos.PrivateKey {
	key, err := stratos.NewPrivateKey(bytes.Repeat([]byte{n}, 32))
	if err != nil {
		panic(err)
	}
	return key
}
