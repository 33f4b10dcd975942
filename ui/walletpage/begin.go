package walletpage

import (
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// OpenOzone as the argument of the route opens the dialog that buys ozone.
const OpenOzone = "ozone"

// OpenSend, followed by a name of the address book, opens the dialog that sends STOS to it.
const OpenSend = "send "

// begin opens the dialog that the route asks for. An address that is watched
// pays nothing.
func (p *Page) begin(arg string) {
	to, send := strings.CutPrefix(arg, OpenSend)
	switch {
	case !p.known || p.wallet.Watched:
	case arg == OpenOzone:
		p.buyOzone()
	case send:
		p.send(&app.Contact{Name: to})
	}
}
