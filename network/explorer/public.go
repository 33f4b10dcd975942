package explorer

import "strings"

// publicPaths are where the public explorer of Stratos, which is a Big Dipper,
// shows each kind of thing.
var publicPaths = map[Kind]string{
	BlockKind: "/blocks/", TxKind: "/transactions/", Account: "/accounts/", Validator: "/validators/", Proposal: "/proposals/",
}

// PublicLink is where a public explorer shows a thing; "" where it does not, or
// there is none.
func PublicLink(base string, t Target) string {
	path, shown := publicPaths[t.Kind]
	if base == "" || !shown || t.ID == Latest || !strings.HasPrefix(base, "https://") {
		return ""
	}
	return strings.TrimRight(base, "/") + path + t.ID
}
