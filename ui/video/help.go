package video

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// keyColumns is the list of keys: pairs of columns, what a key is called and
// what it does.
func keyColumns() []column {
	halves := [2][]rules.Group{{rules.Playing, rules.Hearing, rules.Tracks}, {rules.Moving, rules.Window}}
	var out []column
	for _, groups := range halves {
		var keys, what column
		for i, g := range groups {
			if i > 0 {
				keys, what = append(keys, ""), append(what, "")
			}
			for _, k := range rules.Keys {
				if k.Group == g {
					keys, what = append(keys, keyName(k)), append(what, sayOrder(k.Order))
				}
			}
		}
		out = append(out, keys, what)
	}
	return out
}

// keyName is what stands on the keys of an order.
func keyName(k rules.Key) string {
	if k.Order == rules.ToPart {
		return "0 – 9"
	}
	var names []string
	for _, r := range k.Runes {
		switch r {
		case ' ':
			names = append(names, lang.L("Space"))
		case 'L':
			names = append(names, lang.L("Shift")+" L")
		default:
			names = append(names, strings.ToUpper(string(r)))
		}
	}
	for _, n := range k.Names {
		names = append(names, namedKey(n))
	}
	return strings.Join(names, "  ")
}

// namedKey is what stands on a key without a letter.
func namedKey(name string) string {
	known := map[string]string{
		"Left": "←", "Right": "→", "Up": "↑", "Down": "↓",
		"BackSpace": lang.L("Backspace"), "Prior": lang.L("Page up"), "Next": lang.L("Page down"), "Escape": lang.L("Esc"),
	}
	if said, ok := known[name]; ok {
		return said
	}
	return name
}

// sayOrder says what a key does.
func sayOrder(o rules.Order) string {
	return map[rules.Order]string{
		rules.PlayPause: lang.L("Play or pause"), rules.FrameBack: lang.L("One picture back"), rules.FrameOn: lang.L("One picture on"),
		rules.SpeedDown: lang.L("Slower"), rules.SpeedUp: lang.L("Faster"), rules.SpeedHalf: lang.L("Half as fast"),
		rules.SpeedDouble: lang.L("Twice as fast"), rules.SpeedNormal: lang.L("Speed as recorded"),
		rules.LoopWhole: lang.L("Repeat the video"), rules.LoopPart: lang.L("Repeat a part: start, end, off"),
		rules.BackFive: lang.L("5 s back"), rules.OnFive: lang.L("5 s on"), rules.BackTen: lang.L("10 s back"), rules.OnTen: lang.L("10 s on"),
		rules.ToPart: lang.L("Jump to that tenth"), rules.ToStart: lang.L("To the start"), rules.ToEnd: lang.L("To the end"),
		rules.ChapterBack: lang.L("Chapter before"), rules.ChapterOn: lang.L("Next chapter"),
		rules.PreviousItem: lang.L("Video before"), rules.NextItem: lang.L("Next video"),
		rules.VolumeUp: lang.L("Louder"), rules.VolumeDown: lang.L("Softer"), rules.Mute: lang.L("Sound off or on"),
		rules.NextSound: lang.L("Next sound track"), rules.SoundEarlier: lang.L("Sound earlier"), rules.SoundLater: lang.L("Sound later"),
		rules.NextSubtitles: lang.L("Next subtitles"), rules.ShowSubtitles: lang.L("Subtitles off or on"),
		rules.SubtitlesEarlier: lang.L("Subtitles earlier"), rules.SubtitlesLater: lang.L("Subtitles later"),
		rules.FullScreen: lang.L("Full screen"), rules.SmallWindow: lang.L("Small window on top"),
		rules.ShowFigures: lang.L("Figures"), rules.ShowKeys: lang.L("These keys"), rules.Leave: lang.L("Leave"),
	}[o]
}
