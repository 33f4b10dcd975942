//go:build race

package wire

// underRace tells that everything takes ten times as long.
const underRace = true
