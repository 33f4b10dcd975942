package settings

import (
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// epochCosts says in lines what putting the drive under new keys takes.
func epochCosts(e app.NewEpoch) [][2]string {
	if e.Upload == 0 {
		return [][2]string{{lang.L("Stored anew"), lang.L("All of it already")}}
	}
	lines := [][2]string{
		{lang.L("Stored anew"), lang.L("{{.Size}}, for up to {{.Ozone}}", map[string]any{"Size": say.Size(e.Upload), "Ozone": say.OzoneNamed(e.UploadNoz)})},
	}
	if e.Download > 0 {
		lines = append(lines, [2]string{
			lang.L("Fetched first"),
			lang.L("{{.Size}}, for up to {{.Ozone}}", map[string]any{"Size": say.Size(e.Download), "Ozone": say.OzoneNamed(e.DownloadNoz)}),
		})
	}
	if !e.Buy.IsZero() {
		lines = append(lines, [2]string{lang.L("Your wallet pays for the ozone"), say.STOS(e.Buy)})
	}
	return append(lines, [2]string{lang.L("Left behind in the old account"), say.OzoneNamed(e.OldNoz)})
}

// thief says what who has the device could do with it, and what changes.
func thief() []string {
	return []string{
		lang.L("Until now, whoever has the device can read the files in its folder, unless its disk is encrypted. If the program was running there, he can read, change and delete all of your drive on the network. That moves no STOS."),
		lang.L("From then on he can read nothing that your devices save. What he has copied stays his. Links that you gave away go on working, but he may be able to end them."),
		lang.L("If he knows the password of your wallet, this does not help: make a new wallet, send your STOS there and move your drive to it."),
	}
}

// epochState says where a new epoch stands, empty for nowhere.
func epochState(e app.NewEpoch) string {
	switch {
	case e.Followed:
		return lang.L("Another of your devices has put the drive under new keys, and this one has just followed. If that was for the same device, all is done.")
	case e.Resumed && e.Upload == 0:
		return lang.L("The drive has its new keys. What is left is to delete the old files.")
	case e.Resumed:
		return lang.L("This was begun before and cut off. Nothing is lost: it goes on where it stood, or you give it up.")
	}
	return ""
}

// canGiveUp tells whether the drive still is as it was before.
func canGiveUp(e app.NewEpoch) bool { return e.Resumed && e.Upload > 0 }

// epochStep says what is being done.
func epochStep(step app.EpochStep, done, total int64) string {
	if step == app.EpochDeleting {
		return lang.L("Deleting the old files: {{.Done}} of {{.Total}}", map[string]any{"Done": say.Count(int(done)), "Total": say.Count(int(total))})
	}
	return lang.L("Storing your drive anew: {{.Done}} of {{.Total}}", map[string]any{"Done": say.Size(done), "Total": say.Size(total)})
}

// epochDone says how it ended.
func epochDone(e app.NewEpoch) string {
	text := lang.L("{{.Files}} are stored under new keys, and the old ones are deleted. Your other devices follow as soon as their wallet is unlocked.",
		map[string]any{"Files": say.Files(e.Files)})
	if e.Untold {
		text = lang.L("{{.Files}} are stored under new keys. The old account had no ozone left to tell your other devices; they find out when their wallet is unlocked next.",
			map[string]any{"Files": say.Files(e.Files)})
	}
	return text
}

func givenUp() string {
	return lang.L("The drive stays as it was. Ozone that was bought for the new keys is kept for another try.")
}
