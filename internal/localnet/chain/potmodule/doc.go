// Package potmodule is the part of the practice chain that turns traffic into
// rewards: it takes the volume reports of meta nodes, pays from the prepaid
// coins and from the foundation account, lets rewards mature and pays them out,
// and holds the supply of coins at its size.
package potmodule
