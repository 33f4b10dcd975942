//go:build !race

package client_test

// underRace tells that everything takes ten times as long.
const underRace = false
