package rules

import "unicode"

// Order is what a key asks for.
type Order int

// What keys ask for.
const (
	NoOrder Order = iota
	PlayPause
	BackTen
	OnTen
	BackFive
	OnFive
	FrameBack
	FrameOn
	ToStart
	ToEnd
	ToPart // a digit says which tenth
	ChapterBack
	ChapterOn
	PreviousItem
	NextItem
	VolumeUp
	VolumeDown
	Mute
	SpeedDown
	SpeedUp
	SpeedHalf
	SpeedDouble
	SpeedNormal
	NextSubtitles
	ShowSubtitles
	SubtitlesEarlier
	SubtitlesLater
	NextSound
	SoundEarlier
	SoundLater
	FullScreen
	SmallWindow
	LoopWhole
	LoopPart
	ShowFigures
	ShowKeys
	Leave
)

// Group gathers keys in the list of keys.
type Group int

// The groups of the list of keys, in its order.
const (
	Playing Group = iota
	Moving
	Hearing
	Tracks
	Window
)

// Key says which keys ask for an order.
type Key struct {
	Order Order
	Group Group
	Runes string   // letters and signs, wherever the keyboard has them
	Names []string // keys without a letter, as the toolkit calls them
}

// Keys are all keys, in the order of the list that people see. Letters mean
// the same with and without Shift, unless both are listed.
var Keys = []Key{
	{PlayPause, Playing, " k", nil},
	{FrameBack, Playing, ",", nil},
	{FrameOn, Playing, ".", nil},
	{SpeedDown, Playing, "[", nil},
	{SpeedUp, Playing, "]", nil},
	{SpeedHalf, Playing, "{", nil},
	{SpeedDouble, Playing, "}", nil},
	{SpeedNormal, Playing, "", []string{"BackSpace"}},
	{LoopWhole, Playing, "L", nil},
	{LoopPart, Playing, "a", nil},

	{BackFive, Moving, "", []string{"Left"}},
	{OnFive, Moving, "", []string{"Right"}},
	{BackTen, Moving, "j", nil},
	{OnTen, Moving, "l", nil},
	{ToPart, Moving, "0123456789", nil},
	{ToStart, Moving, "", []string{"Home"}},
	{ToEnd, Moving, "", []string{"End"}},
	{ChapterBack, Moving, "", []string{"Prior"}},
	{ChapterOn, Moving, "", []string{"Next"}},
	{PreviousItem, Moving, "<p", nil},
	{NextItem, Moving, ">n", nil},

	{VolumeUp, Hearing, "", []string{"Up"}},
	{VolumeDown, Hearing, "", []string{"Down"}},
	{Mute, Hearing, "m", nil},
	{NextSound, Hearing, "#", nil},
	{SoundEarlier, Hearing, "-", nil},
	{SoundLater, Hearing, "+", nil},

	{NextSubtitles, Tracks, "c", nil},
	{ShowSubtitles, Tracks, "v", nil},
	{SubtitlesEarlier, Tracks, "z", nil},
	{SubtitlesLater, Tracks, "x", nil},

	{FullScreen, Window, "f", []string{"F11"}},
	{SmallWindow, Window, "t", nil},
	{ShowFigures, Window, "i", nil},
	{ShowKeys, Window, "?", nil},
	{Leave, Window, "", []string{"Escape"}},
}

// OfRune is what a typed letter or sign asks for.
func OfRune(r rune) Order {
	for _, wanted := range []rune{r, unicode.ToLower(r)} {
		for _, k := range Keys {
			for _, each := range k.Runes {
				if each == wanted {
					return k.Order
				}
			}
		}
	}
	return NoOrder
}

// OfName is what a key without a letter asks for.
func OfName(name string) Order {
	for _, k := range Keys {
		for _, each := range k.Names {
			if each == name {
				return k.Order
			}
		}
	}
	return NoOrder
}
