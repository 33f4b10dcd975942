// Package settings is the page of what a person may choose: the look, the
// folder, the network, and locking the wallet.
//
// Nothing that is chosen here is held by the page: it orders, and shows what
// was kept. An order goes on when the page is left.
package settings
