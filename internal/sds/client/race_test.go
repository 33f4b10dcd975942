//go:build race

package client

// UnderRace tells that everything takes ten times as long.
const UnderRace = true
