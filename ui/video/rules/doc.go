// Package rules decides what the controls of a video do: when they are shown
// and when they go, what a key means, where a jump leads, what comes next and
// what is said of a wait. It knows neither the toolkit nor the player, and no
// clock but the one it is handed.
package rules
